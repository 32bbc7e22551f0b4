import type { Bench } from './bench.ts';
import type { DeviceWork } from './device-work.ts';
import { watchDevice } from './flash-work.ts';
import { startWatch } from './watch.ts';

/**
 * Takes up a flash that a stopped background left. Before the request was written down nothing can have been
 * sent, and a person who confirmed it may be long gone, so it goes back to the question. After that nobody
 * knows whether the device heard it, so the device is watched and `ota_flash` is not sent again.
 */
export async function resume(bench: Bench, work: DeviceWork, signal: AbortSignal): Promise<void> {
  const { flash } = bench.run();
  const now = bench.world.clock.now();
  switch (flash.stage) {
    case 'idle':
    case 'ended':
      return;
    case 'checking':
      bench.note('The browser stopped the extension before anything was sent.');
      bench.change({
        flash: {
          stage: 'ended',
          deed: flash.deed,
          at: now,
          outcome: {
            kind: 'not-flashed',
            title: 'Not flashed',
            sentence:
              'The browser stopped the extension before anything was sent. Nothing has been changed on the device.',
            steps: ['Press Flash again.'],
          },
        },
      });
      return;
    case 'requested':
      bench.note('The browser stopped the extension while the device was asked. It will not be asked again.');
      return watchDevice(bench, work, flash.deed, startWatch(now, false), signal);
    case 'downloading':
    case 'restarting':
      return watchDevice(bench, work, flash.deed, flash.watch, signal);
  }
}
