import type { Bench } from './bench.ts';
import type { DeviceWork } from './device-work.ts';
import { end } from './ending.ts';
import { watchDevice } from './flash-work.ts';
import { nothingSent } from './outcome.ts';
import { startWatch } from './watch.ts';

/** Why a flash has to be taken up again. */
export type Interruption = 'stopped' | 'fault';

const interruptions: Readonly<Record<Interruption, { readonly sentence: string; readonly action: string }>> =
  {
    stopped: { sentence: 'The browser stopped the extension', action: 'Press Flash again.' },
    fault: {
      sentence: 'The extension itself failed',
      action: 'Copy the log into a bug report. Then press Flash again.',
    },
  };

/**
 * Takes up a flash that a stopped background left, or a fault of ours. Before the request was written down nothing can have been
 * sent, and a person who confirmed it may be long gone, so it goes back to the question. After that nobody
 * knows whether the device heard it, so the device is watched and `ota_flash` is not sent again.
 */
export async function resume(
  bench: Bench,
  work: DeviceWork,
  why: Interruption,
  signal: AbortSignal,
): Promise<void> {
  const { flash } = bench.run();
  const { sentence, action } = interruptions[why];
  switch (flash.stage) {
    case 'idle':
    case 'ended':
      return;
    case 'checking':
      return end(bench, flash.deed, nothingSent(`${sentence} before anything was sent.`, action));
    case 'requested':
      bench.note(`${sentence} while the device was asked. It will not be asked again.`);
      return watchDevice(bench, work, flash.deed, startWatch(bench.world.clock.now(), false), signal);
    case 'downloading':
    case 'restarting':
      return watchDevice(bench, work, flash.deed, flash.watch, signal);
  }
}
