import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserKinds, type View } from './harness/launch.ts';
import { type Fitness, looks, looksRight } from './looks-right.ts';
import { defaultFile, type Scene, setScene } from './scene.ts';
import { askInfo, flash, stopWatching } from './steps.ts';

describe.each(browserKinds)('how it looks in %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene(kind);
  });
  afterAll(() => scene.close());

  const isFit = (view: View, name: string, fitness?: Fitness) => looksRight(view, `${kind}-${name}`, fitness);

  it('is fit to be seen at every stage', async () => {
    const view = await scene.openPage();
    await isFit(view, '00-empty', { next: 'Info' });

    await askInfo(view, scene.freeAddress());
    await view.see('does not listen on port 8081');
    await isFit(view, '01-nobody-there', { next: 'Info' });

    const device = await scene.device({
      profile: '3.6.0',
      speed: 100_000,
      vendorDelayMs: 3_000,
      faults: [{ kind: 'slow', on: 'info', number: 120_000, times: 1 }],
    });
    await askInfo(view, device.address);
    await view.see('Asking the device…');
    await isFit(view, '02-asking', { next: 'Info' });
    await view.click('button', 'Cancel');
    await view.waitFor('button', 'Info', { state: 'enabled' });
    await view.click('button', 'Info');
    await view.see('Tasmota 8.5.0 lite');
    await isFit(view, '03-locked', { next: 'Unlock', wide: true });

    await view.click('button', 'Unlock');
    await view.see('Unlocking for');
    await view.screenshot(`${looks}/${kind}-04-unlocking.png`);
    await view.see('The device is unlocked.');

    scene.mirror.breakPath(`/${defaultFile}`, { kind: 'ignores-range' });
    await view.click('button', 'Fetch firmware');
    await view.see('How to set up a server that works');
    await isFit(view, '05-bad-mirror', { next: 'Fetch firmware', mayScroll: true });
    scene.mirror.mend();

    await view.click('button', 'Fetch firmware');
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    await isFit(view, '06-ready', { next: 'Flash', wide: true });
    await view.click('button', /^Device /);
    await isFit(view, '07-device-again', { next: 'Info', mayScroll: true });
    await view.click('button', /^Firmware /);
    await isFit(view, '08-firmware-again', { next: 'Fetch firmware', mayScroll: true });
    await view.click('button', /^Flash /);

    await view.click('button', 'Flash');
    await view.waitFor('dialog', /^Flash /);
    await isFit(view, '09-question');
    expect(await view.focused()).toMatchObject({ name: 'Cancel' });
    await view.press('Escape');
    await view.waitFor('dialog', /^Flash /, { state: 'gone' });
    expect(device.otaFlashCount).toBe(0);

    await flash(view);
    await view.see('The device is downloading');
    await isFit(view, '10-downloading', { wide: true });
    await device.waitUntil('tasmota', { timeoutMs: 60_000 });
    await stopWatching(view);
    await isFit(view, '11-stopped', { next: 'Info' });
    await view.click('button', 'Start over');
    await view.gone('Watching was stopped');
    await view.close();
  });

  it('opens as a tab from the popup, with the same run, and forgets a device', async () => {
    const first = await scene.browser.openPopup();
    await askInfo(first, scene.freeAddress());
    await first.see('does not listen on port 8081');
    await first.click('link', 'More about this');
    const guide = await scene.browser.waitForTab('guide.html#troubles/info-refused');
    await expect.poll(async () => (await guide.focused()).name).toContain('does not listen on port 8081');
    await guide.close();
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    const popup = await scene.browser.openPopup();
    await askInfo(popup, device.address);
    await popup.waitFor('button', 'Flash', { state: 'enabled' });
    const { width, height, contentHeight } = await popup.size();
    expect([width, height, contentHeight]).toEqual([360, 600, 600]);
    await popup.click('button', 'Open in a tab');
    const tab = await scene.browser.waitForTab('popup/index.html');
    await tab.see('Firmware version');
    expect(await tab.read('Device address')).toBe(device.address);

    const other = await scene.device({ profile: '3.5.0', unlocked: true });
    await askInfo(tab, other.address);
    await tab.see('3.5.0');
    await tab.click('button', /^Device /);
    await tab.click('button', /^Devices seen before/);
    await tab.see(device.address);
    await tab.click('button', `Forget ${device.address}`);
    await tab.gone(device.address);
    await tab.close();
  });
});
