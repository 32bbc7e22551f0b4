import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserKinds } from './harness/launch.ts';
import { defaultFile, goodImage, type Scene, setScene } from './scene.ts';
import { itIn } from './shares.ts';
import { askInfo, flash, getInfo, stopWatching, unlock } from './steps.ts';

describe.each(browserKinds)('the whole road in %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene(kind);
  });
  afterAll(() => scene.close());

  // To the browser they are all alike; the simulator's tests have every profile.
  it.each(['3.6.0', kind === 'chromium' ? '3.7.6' : 'd1-3.5.0'])(
    'flashes a %s with three clicks and one yes',
    async (profile) => {
      const device = await scene.device({ profile, unlocked: false });
      const view = await scene.openPage();

      await getInfo(view, device);
      expect(await view.read('Firmware version')).toBe(profile.replace('d1-', ''));
      expect(await view.read('Device ID')).toBe(device.settings.deviceid);
      expect(await view.read('OTA unlock')).toBe('Locked');
      await unlock(view);
      expect(await view.read('OTA unlock')).toBe('Unlocked');
      await flash(view);
      await view.see('The device is downloading');

      const became = await device.waitUntil('tasmota');
      expect(became.firmware).toBe('Tasmota');
      expect(Buffer.compare(device.flash.image, goodImage)).toBe(0);
      expect(device.otaFlashCount).toBe(1);
      expect(device.callbacks).toMatchObject([{ error: 0 }]);
      await stopWatching(view);
      await view.close();
    },
  );

  it('flashes a 3.3.0, which wants its id', async () => {
    const device = await scene.device({ profile: '3.3.0', unlocked: false });
    const view = await scene.openPage();

    await askInfo(view, device.address);
    await view.see('ITEAD-');
    await view.type('Device ID', device.settings.deviceid);
    await view.click('button', 'Info');
    await view.see('Firmware version');
    await unlock(view);
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    await view.click('button', 'Flash');
    // It tells no id, which wants a tick; yet the one that was typed goes with the command.
    await view.waitFor('button', /^Flash \S+\.bin$/, { state: 'disabled' });
    await view.click('checkbox', /unrecognisable/);
    await view.click('button', /^Flash \S+\.bin$/);

    await device.waitUntil('tasmota');
    const sent = device.heard.find(({ command }) => command === 'ota_flash');
    expect(sent?.body).toMatchObject({ deviceid: device.settings.deviceid });
    expect(Buffer.compare(device.flash.image, goodImage)).toBe(0);
    expect(device.otaFlashCount).toBe(1);
    await stopWatching(view);
    await view.type('Device ID', '');
    await view.close();
  });

  itIn('firefox', kind, 'says what the device said: locked, and refuses', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: false });
    const view = await scene.openPage();
    await getInfo(view, device);
    await view.see('Press Unlock.');
    // As every new device is: nothing is wrong with it.
    const checks = async () => (await view.readAll('list', 'Checks on the device')).join('\n');
    expect(await checks()).toContain('Next step: OTA unlock');
    expect(await checks()).not.toContain('Failed');
    await view.waitFor('button', 'Flash', { state: 'disabled' });
    await device.stop();
    await view.click('button', 'Unlock');
    await view.waitFor('alert', '');
    expect(await checks()).toContain('Failed: OTA unlock');
    await view.waitFor('button', 'Flash', { state: 'disabled' });
    expect(device.otaFlashCount).toBe(0);
    await view.close();
  });

  it('has nothing to complain about in the console', async () => {
    expect(await scene.browser.errors()).toEqual([]);
    expect(scene.mirror.requests.some(({ path }) => path === `/${defaultFile}`)).toBe(true);
  });
});
