import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserKinds, type View } from './harness/launch.ts';
import { defaultFile, type Scene, setScene } from './scene.ts';
import { itIn } from './shares.ts';
import { flash, getInfo } from './steps.ts';

const folder = 'test-results/guide';

const asked = { method: 'POST', url: 'http://192.168.1.104:8081/zeroconf/info' } as const;
/** A run as it lies in the storage. */
const keptRun = {
  version: 1,
  began: 1_700_000_000_000,
  ended: 1_700_000_100_000,
  host: '192.168.1.104',
  fwVersion: '3.6.0',
  url: 'http://nas.test/a.bin',
  digest: 'ab'.repeat(32),
  outcome: 'not-flashed',
  events: [
    { kind: 'request', at: 1_700_000_000_000, ...asked, headers: {}, body: '{"data":{}}', attempt: 1 },
    {
      ...{ kind: 'reply', at: 1_700_000_000_045, ...asked, ms: 45, status: 200, headers: {} },
      ...{ body: '{"seq":2,"error":0}', bytes: null, fault: null },
    },
  ],
};

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
      // In the dark nothing but colours is another.
      const rules = scheme === 'light' ? undefined : ['color-contrast'];
      expect(await view.axe(rules), `${name} in ${scheme}`).toEqual([]);
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

  it('keeps still, and leaves the colours to the browser, for those who want that', async () => {
    const view = await open('#pairing/button/button');
    await view.see('Stop the blinking');
    await view.setPreference('reduced-motion', true);
    await view.setPreference('forced-colors', true);
    await view.reload();
    await view.see('Let it blink');
    await view.gone('Stop the blinking');
    expect(await view.axe()).toEqual([]);
    expect((await view.size()).contentWidth).toBeLessThanOrEqual(360);
    await view.screenshot(`${folder}/${kind}-forced-colors.png`);
    await view.setPreference('forced-colors', false);
    await view.setPreference('reduced-motion', false);
    await view.close();
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

  itIn('chromium', kind, 'shows devices and troubles, and finds one by a number', async () => {
    const view = await open('#devices');
    await view.see('MINIR4');
    await isFit(view, 'devices');
    await view.click('link', 'When it goes wrong');
    await expect.poll(() => view.focused()).toEqual({ role: 'heading', name: 'When it goes wrong' });
    await isFit(view, 'troubles');
    await view.type('What do you see?', 'tells mirror 409');
    await view.see(/What fits: 1 of \d+\./);
    await view.see('The device holds a damaged image, so do not restart it');
    await view.close();
    const linked = await open('#troubles/no-own-network');
    await expect.poll(async () => (await linked.focused()).role).toBe('heading');
    // A group that is folded opens for the row that is asked for.
    await linked.gone('could not download the file (424)');
    await linked.close();
    const folded = await open('#troubles/ota_flash-download-failed-424');
    await expect
      .poll(() => folded.focused())
      .toMatchObject({ role: 'heading', name: expect.stringContaining('(424)') });
    await isFit(folded, 'trouble');
    await folded.close();
  });

  itIn('firefox', kind, 'coaches through the set-up, and gives the beat of the power cycles', async () => {
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
  });

  itIn(
    'chromium',
    kind,
    'records runs, gives no beat while a device is in doubt, and forgets on demand',
    async () => {
      const device = await scene.device({ profile: '3.6.0', unlocked: true, completion: 'late' });
      const page = await scene.openPage();
      await getInfo(page, device);
      await page.waitFor('button', 'Flash', { state: 'enabled' });
      // From the fourth request on: the last look has been had by then, so nothing before the flash can see it.
      scene.mirror.breakPath(`/${defaultFile}`, { kind: 'changes', number: 4 });
      await flash(page);
      await page.see('Do not restart the device');
      scene.mirror.mend();

      const view = await open('#record');
      await view.click('link', /, must not be restarted$/);
      await view.waitFor('button', 'Save as JSON');
      await view.see('ota_flash');
      await isFit(view, 'record');
      expect(await view.text()).not.toContain(device.settings.deviceid);
      await view.click('link', 'Afterwards');
      await view.see(`Do not cut any power now: the device at ${device.address} may be downloading`);
      await view.waitFor('button', 'Start the beat', { state: 'disabled' });

      await view.store('local', { runs: [keptRun, 'damaged'] });
      await view.click('link', 'Record');
      await view.see('Runs that are damaged and cannot be shown: 1.');
      await view.click('link', /: 192\.168\.1\.104, not flashed$/);
      await view.click('button', 'Copy as curl');
      await view.see('Copied.');
      await view.waitFor('button', 'Copy as PowerShell');
      await isFit(view, 'kept');
      await view.close();

      const options = await scene.browser.openTab('options/index.html', { width: 1100, height: 900 });
      await options.click('button', 'Erase the record (2)');
      await options.see('The record is erased.');
      await options.click('checkbox', 'Keep the last 20 runs');
      await options.see('No runs are kept any more');
      await options.reload();
      await options.waitFor('checkbox', 'Keep the last 20 runs', { state: 'unchecked' });
      await options.close();
      await page.close();
      expect(await scene.browser.errors()).toEqual([]);
    },
  );
});
