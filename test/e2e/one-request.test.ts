import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedSonoff } from '../simulator/sonoff.ts';
import { browserKinds } from './harness/launch.ts';
import { goodImage, type Scene, setScene } from './scene.ts';
import { flash, getInfo, stopWatching } from './steps.ts';

const connectionsOf = (device: SimulatedSonoff, command: string) =>
  device.heard.filter((heard) => heard.command === command).map(({ connection }) => connection);

/**
 * Both browsers send a POST again, by themselves and without a word, when the connection that they used again
 * is closed without an answer. For `ota_flash` that would be a second flash in the middle of the first.
 */
describe.each(browserKinds)('one ota_flash on the wire in %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene(kind);
  });
  afterAll(() => scene.close());

  it.each(['drop-reply', 'reset-at'] as const)(
    'though the device keeps connections open and answers ota_flash with %s',
    async (fault) => {
      const device = await scene.device({
        profile: '3.6.0',
        unlocked: true,
        keepAlive: true,
        speed: 400_000,
        // An answer takes a device some time: what is quicker is never taken off the wire.
        faults: [
          { kind: fault, on: 'ota_flash' },
          { kind: 'slow', on: 'info', number: 80 },
        ],
      });
      const view = await scene.openPage();
      await getInfo(view, device);
      await flash(view);
      await view.see('The device is downloading');
      await device.waitUntil('tasmota');

      expect(device.otaFlashCount).toBe(1);
      expect(Buffer.compare(device.flash.image, goodImage)).toBe(0);
      // The trap was set: there was a connection to use again, and it was used again.
      const [first, ...others] = connectionsOf(device, 'info');
      expect(others).toContain(first);
      expect(connectionsOf(device, 'ota_flash')).not.toContain(first);
      await stopWatching(view);
      await view.close();
    },
  );

  it('for each press, though the first was refused on a connection that stays open over a reload of the extension', async () => {
    const device = await scene.device({
      profile: '3.6.0',
      unlocked: true,
      keepAlive: true,
      speed: 400_000,
      faults: [
        { kind: 'error', on: 'ota_flash', number: 422, times: 1 },
        { kind: 'slow', on: 'info', number: 80 },
      ],
    });
    const before = await scene.openPage();
    await getInfo(before, device);
    await flash(before);
    await before.see('does not accept this address or digest');
    // What the browser itself keeps open outlives this.
    await scene.browser.reloadExtension();
    const view = await scene.openPage();
    await getInfo(view, device);
    device.faults.switchOn({ kind: 'drop-reply', on: 'ota_flash' });
    await flash(view);
    await view.see('The device is downloading');
    await device.waitUntil('tasmota');

    expect(device.otaFlashCount).toBe(2);
    expect(new Set(connectionsOf(device, 'ota_flash')).size).toBe(2);
    await stopWatching(view);
    await view.close();
  });
});
