import { afterAll, beforeAll, describe, expect } from 'vitest';
import { browserKinds } from './harness/launch.ts';
import { looksRight } from './looks-right.ts';
import { type Scene, setScene } from './scene.ts';
import { itIn } from './shares.ts';
import { getInfo } from './steps.ts';

describe.each(browserKinds)('how it ends in %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene(kind);
  });
  afterAll(() => scene.close());

  itIn('chromium', kind, 'says at once when the device refuses, and that nothing has changed', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    const view = await scene.openPage();
    await getInfo(view, device);
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    device.settings.otaUnlock = false;
    await view.click('button', 'Flash');
    await view.click('button', /^Flash \S+\.bin$/);
    await view.see('Not flashed');
    expect(await view.alert()).toContain('Nothing has been changed on the device.');
    expect(device.otaFlashCount).toBe(0);
    await view.close();
  });

  itIn('firefox', kind, 'says not to restart a device whose digest did not match', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: true, completion: 'late' });
    const view = await scene.openPage();
    await getInfo(view, device);
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    // From the fourth request on: the last look has been had by then, so nothing before the deed can see it.
    const probes = scene.mirror.requests.length;
    scene.mirror.breakPath('/tasmota-latest-lite.bin', { kind: 'changes', number: 4 });
    await view.click('button', 'Flash');
    await view.click('button', /^Flash \S+\.bin$/);
    await view.see('Do not restart the device');
    expect(await view.alert()).toContain('Do not cut its power.');
    await view.click('link', 'More about this');
    const guide = await scene.browser.waitForTab('guide.html#troubles/ota_flash-digest-mismatch-');
    await expect
      .poll(() => guide.focused())
      .toMatchObject({ role: 'heading', name: expect.stringContaining('is not what was announced') });
    await guide.see('The device holds a damaged image, so do not restart it');
    await guide.close();
    expect(scene.mirror.requests.length).toBeGreaterThan(probes);
    expect(device.otaFlashCount).toBe(1);

    // Whatever has to be said below it, the open step keeps its room.
    const keepsItsRoom = async () =>
      expect((await view.box('group', 'All of this step')).height).toBeGreaterThanOrEqual(200);
    await view.click('button', /^Firmware /);
    await keepsItsRoom();
    await looksRight(view, `${kind}-15-doubt-firmware`, { next: 'Fetch firmware', mayScroll: true });
    scene.mirror.mend();
    await view.click('button', 'Info');
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    await view.click('button', 'Step by step');
    await keepsItsRoom();
    expect(await view.alert()).toContain('Do not cut its power.');
    await looksRight(view, `${kind}-16-doubt-flash`, { next: 'Flash', mayScroll: true });
    await view.close();
  });
});
