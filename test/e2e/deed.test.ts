import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedSonoff } from '../simulator/sonoff.ts';
import { browserKinds, type View } from './harness/launch.ts';
import { defaultFile, type Scene, setScene } from './scene.ts';
import { askInfo, flash, getInfo, stopWatching } from './steps.ts';

const sentTo = (device: SimulatedSonoff, wanted: string) =>
  device.heard.filter(({ command }) => command === wanted).map(({ body }) => body);

const yes = /^Flash \S+\.bin$/;

/** What a person has said yes to, once, on the device that was shown. */
describe.each(browserKinds)('the deed in %s', (kind) => {
  let scene: Scene;
  let view: View;
  beforeAll(async () => {
    scene = await setScene(kind);
  });
  afterAll(() => scene.close());

  async function ready(device: SimulatedSonoff): Promise<void> {
    view = await scene.openPage();
    await getInfo(view, device);
    await view.waitFor('button', 'Flash', { state: 'enabled' });
  }

  it('goes to the device by its id, though another background read the device', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: true, deviceid: '1000aaaaaa' });
    await ready(device);
    await view.click('button', 'Flash');
    await view.waitFor('dialog', /^Flash /);
    await scene.browser.stopBackground();
    await view.click('button', yes);
    await view.see('The device is downloading');
    expect(sentTo(device, 'ota_flash')).toMatchObject([{ deviceid: '1000aaaaaa' }]);
    await stopWatching(view);
    await view.close();
  });

  it('names device, version, address and file, and is not done to another that was read meanwhile', async () => {
    const [shown, other] = [
      await scene.device({ profile: '3.6.0', unlocked: true, deviceid: '1000bbbbbb' }),
      await scene.device({ profile: '3.5.0', unlocked: true, deviceid: '1000cccccc' }),
    ];
    await ready(shown);
    const second = await scene.openPage();
    await view.click('button', 'Flash');
    await view.waitFor('dialog', /^Flash /);
    const question = await view.text();
    for (const word of [
      '1000bbbbbb',
      '3.6.0',
      shown.address,
      `http://sonoff-ota.aelius.com/${defaultFile}`,
    ]) {
      expect(question).toContain(word);
    }
    await getInfo(second, other);
    await second.waitFor('button', 'Flash', { state: 'enabled' });
    await view.click('button', yes);
    await view.see('no longer what would be flashed');
    expect([shown.otaFlashCount, other.otaFlashCount]).toEqual([0, 0]);
    await second.close();
    await view.close();
  });

  it('is not asked of a device that takes the address over in the last look', async () => {
    const shown = await scene.device({ profile: '3.6.0', unlocked: true, deviceid: '1000ffffff' });
    await ready(shown);
    scene.mirror.breakPath(`/${defaultFile}`, { kind: 'slow', number: 1_500, times: 1 });
    await flash(view);
    await view.see('Nothing has been sent yet.');
    await shown.stop();
    const other = await scene.device({
      profile: '3.6.0',
      unlocked: true,
      deviceid: '1000999999',
      host: shown.address,
    });
    await view.see('Another device answers at this address now');
    expect(sentTo(other, 'ota_flash')).toEqual([]);
    expect(other.became.state).toBe('sonoff');
    scene.mirror.mend();
    await view.close();
  });

  it('can be cancelled as long as nothing was sent, by the only Cancel on the page', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: true, deviceid: '1000dddddd' });
    await ready(device);
    scene.mirror.breakPath(`/${defaultFile}`, { kind: 'silent' });
    await view.click('button', 'Flash');
    await view.click('button', yes);
    await view.see('Nothing has been sent yet.');
    await view.click('button', 'Cancel');
    await view.see('You stopped before anything was sent.');
    scene.mirror.mend();
    await view.click('button', 'Fetch firmware');
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    // A request that was not stopped would be on the wire after the last look and its second of rest.
    await view.click('button', 'Info');
    await view.see(/OTA unlock\s+Unlocked/);
    expect(device.otaFlashCount).toBe(0);
    await view.close();
  });

  it('is held back while a download may run: after Start over, another address, and a new background', async () => {
    const device = await scene.device({
      profile: '3.6.0',
      unlocked: true,
      deviceid: '1000eeeeee',
      speed: 10_000,
    });
    await ready(device);
    await flash(view);
    await view.see('The device is downloading');
    await stopWatching(view);
    await view.click('button', 'Start over');
    await view.gone('Watching was stopped');
    await askInfo(view, scene.freeAddress());
    await view.see(/does not listen|finds no way|Nothing/);
    await scene.browser.stopBackground();
    await getInfo(view, device);
    // The warning is back with the device, wherever it was lost from sight.
    await view.see('Do not cut its power.');
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    await view.click('button', 'Flash');
    await view.click('button', yes);
    await view.see('may still be downloading');
    expect(device.otaFlashCount).toBe(1);
    expect(device.became.state).toBe('downloading');
    await view.close();
  });
});
