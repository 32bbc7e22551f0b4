import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserKinds, type View } from './harness/launch.ts';
import { defaultFile, type Scene, setScene } from './scene.ts';
import { itIn } from './shares.ts';
import { flash, getInfo, stopWatching } from './steps.ts';

/** The extension itself or its permission goes away in the middle: no second ota_flash, no stuck page, no false calm. */
describe.each(browserKinds)('what is taken away in the middle in %s', (kind) => {
  let scene: Scene;
  let view: View;
  beforeAll(async () => {
    scene = await setScene(kind);
  });
  afterEach(() => scene.mirror.mend());
  afterAll(() => scene.close());

  async function reloaded(): Promise<View> {
    await scene.browser.reloadExtension();
    return scene.openPage();
  }

  async function lookOnce(): Promise<void> {
    scene.mirror.breakPath(`/${defaultFile}`, { kind: 'silent' });
    await flash(view);
    await view.see('Nothing has been sent yet.');
  }

  async function ready(speed?: number) {
    const device = await scene.device({
      profile: '3.6.0',
      unlocked: true,
      ...(speed === undefined ? {} : { speed }),
    });
    view = await scene.openPage();
    await getInfo(view, device);
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    return device;
  }

  it('the extension, reloaded in the last look: nothing is sent, and it all begins anew', async () => {
    const device = await ready();
    await lookOnce();
    view = await reloaded();
    scene.mirror.mend();
    await getInfo(view, device);
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    expect(device.otaFlashCount).toBe(0);
    await view.close();
  });

  it('the extension, reloaded while the device answers: it is asked once, watched on, and held', async () => {
    const device = await ready(10_000);
    device.faults.switchOn({ kind: 'slow', on: 'ota_flash', number: 1_500 });
    await flash(view);
    await device.waitUntil(({ otaFlashCount }) => otaFlashCount === 1);
    view = await reloaded();
    await view.see('The device is downloading');
    await view.waitFor('button', 'Flash', { state: 'disabled' });
    await stopWatching(view);
    view = await reloaded();
    await view.see('Do not cut its power.');

    const options = await scene.browser.openTab('options/index.html');
    await options.click('button', 'Erase everything…');
    await options.click('button', 'Erase everything');
    await options.see(
      `Kept: the device at ${device.address} (ID ${device.settings.deviceid}) may hold half an image and needs its power.`,
    );
    await options.see('No flash of it begins before 3 minutes have passed.');
    await options.close();

    await getInfo(view, device);
    await view.see('Do not cut its power.');
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    await flash(view);
    await view.see('may still be downloading');
    expect(device.otaFlashCount).toBe(1);
    await view.close();
  });

  itIn(
    'chromium',
    kind,
    'the record of it, damaged on the disk: the page says that there was one',
    async () => {
      const page = await scene.openPage();
      await page.store('local', { flash: { version: 2, flash: 7, doubts: ['x'] } });
      view = await reloaded();
      await view.see('If it was being flashed, do not cut its power');
      await view.close();
    },
  );

  // Chromium keeps the port apart, Firefox knows none.
  const origin = (address: string) => (kind === 'chromium' ? 'http://*:8081/*' : `http://${address}/*`);

  it('the permission, in the last look: nothing is sent, and the page says so', async () => {
    const device = await ready();
    scene.mirror.breakPath(`/${defaultFile}`, { kind: 'slow', number: 1_500, times: 1 });
    await flash(view);
    await view.see('Nothing has been sent yet.');
    await scene.browser.revokeOrigin(origin(device.address));
    await view.see('Not flashed');
    await view.see('has not yet allowed this extension to talk to');
    expect(device.otaFlashCount).toBe(0);
    await scene.browser.grantOrigin(origin(device.address));
    await view.close();
  });

  it('the permission, while the device downloads: it is asked once, and watched on', async () => {
    const device = await ready(250_000);
    await flash(view);
    await view.see('The device is downloading');
    await scene.browser.revokeOrigin(origin(device.address));
    await device.waitUntil('tasmota');
    expect(await view.text()).not.toContain('Nothing has been changed');
    await scene.browser.grantOrigin(origin(device.address));
    await view.see('The device is downloading');
    expect(device.otaFlashCount).toBe(1);
    await stopWatching(view);
    await view.close();
  });
});
