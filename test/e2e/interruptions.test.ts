import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedSonoff } from '../simulator/sonoff.ts';
import { browserKinds, type View } from './harness/launch.ts';
import { defaultFile, goodImage, type Scene, setScene } from './scene.ts';
import { flash, getInfo, stopWatching, unlock } from './steps.ts';

describe.each(browserKinds)('what interrupts a run in %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene(kind);
  });
  afterEach(() => scene.mirror.mend());
  afterAll(() => scene.close());

  const tookTheImage = async (device: SimulatedSonoff) => {
    await device.waitUntil('tasmota');
    expect(Buffer.compare(device.flash.image, goodImage)).toBe(0);
    expect(device.otaFlashCount).toBe(1);
  };

  it('loses nothing when the popup is closed in the middle of every step', async () => {
    const device = await scene.device({ profile: '3.6.0', vendorDelayMs: 1500, speed: 250_000 });
    let popup = await scene.browser.openPopup();
    const reopen = async () => {
      await popup.close();
      popup = await scene.browser.openPopup();
    };

    device.faults.switchOn({ kind: 'slow', on: 'info', number: 1200, times: 1 });
    await popup.type('Device address', device.address);
    await reopen();
    expect(await popup.read('Device address')).toBe(device.address);
    scene.mirror.breakPath(`/${defaultFile}`, { kind: 'trickle', number: 250_000, times: 1 });
    await popup.click('button', 'Info');
    await popup.see('Asking the device');
    await reopen();
    await popup.see('Firmware version');

    await popup.see('Fetching the firmware');
    await reopen();
    await popup.see('Tasmota 8.5.0 lite');

    await popup.click('button', 'Unlock');
    await popup.see('Unlocking for');
    await reopen();
    await popup.see('The device is unlocked.');

    await flash(popup);
    await device.waitUntil('downloading');
    await reopen();
    await popup.see('The device is downloading');
    await tookTheImage(device);
    await reopen();
    await stopWatching(popup);
    await popup.close();
  });

  describe('the background stopped by the browser', () => {
    let view: View;
    afterEach(() => view.close());

    it('in the middle of an unlock: it goes on', async () => {
      const device = await scene.device({ profile: '3.7.6', vendorDelayMs: 1000 });
      view = await scene.openPage();
      await getInfo(view, device);
      await view.click('button', 'Unlock');
      await view.see('Unlocking for');
      await scene.browser.stopBackground();
      await view.reload();
      await view.see('The device is unlocked.');
    });

    it('in the middle of fetching the image: it goes on', async () => {
      const device = await scene.device({ profile: '3.6.0', unlocked: true });
      scene.mirror.breakPath(`/${defaultFile}`, { kind: 'trickle', number: 250_000, times: 1 });
      view = await scene.openPage();
      await getInfo(view, device);
      await view.click('button', 'Fetch firmware');
      await view.see('Fetching the firmware');
      await scene.browser.stopBackground();
      await view.reload();
      await view.waitFor('button', 'Flash', { state: 'enabled' });
    });

    it('after the request was sent: the device is asked once and watched on', async () => {
      const device = await scene.device({ profile: '3.6.0', unlocked: true, speed: 200_000 });
      device.faults.switchOn({ kind: 'slow', on: 'ota_flash', number: 1500 });
      view = await scene.openPage();
      await getInfo(view, device);
      await flash(view);
      await device.waitUntil(({ otaFlashCount }) => otaFlashCount === 1);
      await scene.browser.stopBackground();
      await view.reload();
      await view.see('The device is downloading');
      await tookTheImage(device);
      await stopWatching(view);
      expect(device.otaFlashCount).toBe(1);
    });

    it('while the device downloads: the watch goes on', async () => {
      const device = await scene.device({ profile: '3.6.0', unlocked: true, speed: 250_000 });
      view = await scene.openPage();
      await getInfo(view, device);
      await flash(view);
      await view.see('The device is downloading');
      await scene.browser.stopBackground();
      await view.reload();
      await view.see('The device is downloading');
      await tookTheImage(device);
      await stopWatching(view);
    });
  });

  it('puts one ota_flash on the wire from two tabs and a double click', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: false });
    const [one, other] = [await scene.openPage(), await scene.openPage()];
    await getInfo(one, device);
    await unlock(one);
    await other.see('Unlocked');
    for (const view of [one, other]) {
      await view.waitFor('button', 'Flash', { state: 'enabled' });
      await view.click('button', 'Flash');
      await view.waitFor('dialog', /^Flash /);
    }
    await Promise.all([one, other].map((view) => view.click('button', /^Flash \S+\.bin$/)));
    await tookTheImage(device);
    await one.see('The device is downloading');
    await other.see('The device is downloading');
    await stopWatching(one);
    await one.close();
    await other.close();
  });
});
