import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserKinds, type View } from './harness/launch.ts';
import { type Scene, setScene } from './scene.ts';

const folder = 'test-results/guide';

describe.each(browserKinds)('the guide in %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    scene = await setScene(kind);
  });
  afterAll(() => scene?.close());

  /** Nothing for axe to complain about in light and dark, and nothing beyond the edge at 360 px. */
  async function isFit(view: View, name: string): Promise<void> {
    for (const scheme of ['light', 'dark'] as const) {
      await view.setColorScheme(scheme);
      expect((await view.size()).contentWidth, name).toBeLessThanOrEqual(360);
      expect(await view.axe(), `${name} in ${scheme}`).toEqual([]);
      await view.screenshot(`${folder}/${kind}-${name}-${scheme}.png`);
    }
    await view.setColorScheme('light');
  }

  const open = (hash = '') => scene.browser.openTab(`popup/guide.html${hash}`, { width: 360, height: 600 });

  /** Goes on by the Tab key until the focus is on what is wanted. */
  async function tabTo(view: View, role: string, name: string): Promise<void> {
    for (let presses = 0; presses < 40; presses++) {
      const focused = await view.focused();
      if (focused.role === role && focused.name === name) return;
      await view.press('Tab');
    }
    throw new Error(`Tab does not lead to the ${role} ${name}`);
  }

  it('leads into DIY mode by keyboard, one step at a time', async () => {
    const page = await scene.openPage();
    await page.click('button', 'Guide');
    const view = await scene.browser.waitForTab('popup/guide.html');
    await view.setViewport(360, 600);
    await view.see('Step 1 of 6');
    await view.waitFor('heading', 'Mains voltage');
    await tabTo(view, 'link', 'Next');
    await view.press('Enter');
    await view.waitFor('heading', 'Update it once');
    await expect.poll(() => view.focused()).toEqual({ role: 'heading', name: 'Update it once' });
    await view.press('ArrowRight');
    await view.see('The LED blinks fast and without a pause.');
    await isFit(view, 'button');
    expect(await view.url()).toMatch(/#pairing\/button\/button$/);
    await view.press('ArrowRight');
    await view.waitFor('button', 'Copy 12345678');
    await view.press('ArrowLeft');
    await view.waitFor('heading', 'Hold the button twice');
    await view.click('link', 'Firmware 3.3 and 3.4: the jumper');
    await view.see('Step 1 of 4');
    await view.press('ArrowRight');
    await view.see('sonoffDiy');
    await isFit(view, 'jumper');
    await view.close();
    await page.close();
  });

  it('asks the device itself and tells the road', async () => {
    const view = await open('#road');
    await view.waitFor('heading', 'Which model is it?');
    await isFit(view, 'road');
    await view.click('button', /^An older one, such as Basic/);
    await view.click('button', 'From 1.6 to 1.9, or 2.6 or later');
    await view.waitFor('heading', 'A serial cable');
    await isFit(view, 'road-serial');
    await view.click('button', /^Change Which firmware version/);
    await view.click('button', 'I do not know');
    await view.click('button', 'One that begins with ITEAD-');
    await view.click('button', 'Let the extension ask');
    await view.see('Nothing answered at http://10.10.7.1.', 30_000);
    await view.waitFor('heading', 'The page of the device does not open');
    await view.close();
  });

  it('shows devices and troubles, and finds one by a number', async () => {
    const view = await open('#devices');
    await view.see('MINIR4');
    await isFit(view, 'devices');
    await view.click('link', 'When it goes wrong');
    await expect.poll(() => view.focused()).toEqual({ role: 'heading', name: 'When it goes wrong' });
    await isFit(view, 'troubles');
    await view.type('What do you see?', '409 digest');
    await view.see(/What fits: 1 of \d+\./);
    await view.see('The device holds a damaged image, so do not restart it');
    await view.close();
    const linked = await open('#troubles/no-own-network');
    await expect.poll(async () => (await linked.focused()).role).toBe('heading');
    await linked.close();
  });

  it('coaches through the set-up, and gives the beat of the power cycles', async () => {
    const view = await open('#afterwards');
    await view.see('Join the network of Tasmota');
    await view.click('button', 'Count 3 minutes down');
    await view.see('2:59');
    await view.click('button', 'Start the beat');
    await view.see('Leave the power off.');
    await isFit(view, 'afterwards');
    await view.click('button', 'Stop the beat');
    await view.gone('Leave the power off.');
    await view.click('link', 'ESPHome');
    await view.gone('Start the beat');
    await view.close();
    const upgrade = await open('#afterwards/tasmota/tasmota-upgrade');
    await upgrade.type('Version of Tasmota that runs now', '8.5.0');
    await upgrade.see('Tasmota 9.1.0');
    await upgrade.press('Tab');
    await upgrade.press('ArrowRight');
    await upgrade.choose('Name on the device', 'MINIR2');
    await upgrade.waitFor('button', 'Copy the template of MINIR2');
    await isFit(upgrade, 'template');
    await upgrade.close();
    expect(await scene.browser.errors()).toEqual([]);
  });
});
