import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserKinds, type View } from './harness/launch.ts';
import { defaultFile, type Scene, setScene } from './scene.ts';
import { askInfo, flash, getInfo, stopWatching } from './steps.ts';

const folder = 'test-results/looks';

describe.each(browserKinds)('how it looks and is used in %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    scene = await setScene(kind);
  });
  afterAll(() => scene.close());

  /** Nothing for axe to complain about, in light and dark, and nothing beyond the edge of the popup. */
  async function isFit(view: View, name: string): Promise<void> {
    for (const scheme of ['light', 'dark'] as const) {
      await view.setColorScheme(scheme);
      for (const [width, height] of [
        [360, 600],
        [1100, 800],
      ] as const) {
        await view.setViewport(width, height);
        const { contentWidth } = await view.size();
        expect(contentWidth, `${name} at ${width} px`).toBeLessThanOrEqual(width);
        await view.screenshot(`${folder}/${kind}-${name}-${scheme}-${width}.png`);
      }
      expect(await view.axe(), `${name} in ${scheme}`).toEqual([]);
    }
    await view.setColorScheme('light');
    await view.setViewport(360, 600);
  }

  it('is fit to be seen at every stage', async () => {
    const view = await scene.openPage();
    await isFit(view, '0-empty');

    await askInfo(view, scene.freeAddress());
    await view.see('does not listen on port 8081');
    await isFit(view, '1-nobody-there');

    const device = await scene.device({ profile: '3.6.0', speed: 100_000, vendorDelayMs: 3_000 });
    await getInfo(view, device);
    await view.see('Tasmota 8.5.0 lite');
    await isFit(view, '2-locked');

    await view.click('button', 'Unlock');
    await view.see('Unlocking for');
    await isFit(view, '3-unlocking');
    await view.see('The device is unlocked.');

    scene.mirror.breakPath(`/${defaultFile}`, { kind: 'ignores-range' });
    await view.click('button', 'Fetch firmware');
    await view.see('How to set up a server that works');
    await isFit(view, '4-bad-mirror');
    scene.mirror.mend();

    await view.click('button', 'Fetch firmware');
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    await isFit(view, '5-ready');
    await view.click('button', 'Flash');
    await view.waitFor('dialog', /^Flash /);
    await isFit(view, '6-question');
    expect(await view.focused()).toMatchObject({ name: 'Cancel' });
    await view.press('Escape');
    await view.waitFor('dialog', /^Flash /, { state: 'gone' });
    expect(device.otaFlashCount).toBe(0);

    await flash(view);
    await view.see('The device is downloading');
    await isFit(view, '7-downloading');
    await device.waitUntil('tasmota', { timeoutMs: 60_000 });
    await stopWatching(view);
    await isFit(view, '8-ended');
    await view.click('button', 'Start over');
    await view.gone('Watching was stopped');
    await view.close();
  });

  it('works by keyboard alone', async () => {
    const device = await scene.device({ profile: '3.6.0' });
    const view = await scene.openPage();
    await tabTo(view, 'textbox', 'Device address');
    await view.keys(device.address);
    await view.press('Enter');
    await view.see('Firmware version');
    // Until the firmware is there too: a page that is being filled in is no place to count key presses on.
    await view.see(/Firmware Tasmota.*checks passed/);
    await tabTo(view, 'button', 'Unlock');
    await view.press('Enter');
    await view.see('The device is unlocked.');
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    await tabTo(view, 'button', 'Flash');
    await view.press('Enter');
    // It rests for a second, and so long there is nothing for Tab to stop at.
    await view.waitFor('button', /^Flash \S+\.bin$/, { state: 'enabled' });
    await tabTo(view, 'button', /^Flash \S+\.bin$/);
    await view.press('Enter');
    await device.waitUntil('tasmota');
    expect(device.otaFlashCount).toBe(1);
    await stopWatching(view);
    await view.close();
  });

  it('opens as a tab from the popup, with the same run, and forgets a device', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    const popup = await scene.browser.openPopup();
    await getInfo(popup, device);
    await popup.click('button', 'Open in a tab');
    const tab = await scene.browser.waitForTab('popup/index.html');
    await tab.see('Firmware version');
    expect(await tab.read('Device address')).toBe(device.address);

    const other = await scene.device({ profile: '3.5.0', unlocked: true });
    await getInfo(tab, other);
    await tab.see('3.5.0');
    await tab.click('button', /^Devices seen before/);
    await tab.see(device.address);
    await tab.click('button', `Forget ${device.address}`);
    await tab.gone(device.address);
    await tab.close();
  });
});

/** Presses Tab until the focus is where it is wanted, as a person without a mouse does. */
async function tabTo(view: View, role: string, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    const focused = await view.focused();
    passed.push(focused.name);
    const isName = name instanceof RegExp ? name.test(focused.name) : focused.name === name;
    if (focused.role === role && isName) return;
    await view.press('Tab');
  }
  throw new Error(`${role} ${String(name)} cannot be reached with Tab, only ${passed.join(', ')}`);
}
