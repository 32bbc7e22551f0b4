import { type Text, text } from '../../core/text.ts';
import { decided } from '../journal/events-of.ts';
import { end } from '../run/transitions.ts';
import { type UnsentReason, unsent } from '../run/unsent.ts';
import { startWatch } from '../watch/advance-watch.ts';
import type { DeviceTasks } from './device-tasks.ts';
import { watchDevice } from './flash-task.ts';
import type { RunContext } from './run-context.ts';

/** Why a flash has to be taken up again. */
export type Interruption = 'stopped' | 'fault';

interface InterruptionRow {
  readonly notAgain: Text;
  readonly unsent: UnsentReason;
}

const interruptions: Readonly<Record<Interruption, InterruptionRow>> = {
  stopped: {
    notAgain: text(
      'flash_log_stopped',
      'The browser stopped the extension while the device was asked. It will not be asked again.',
    ),
    unsent: 'browser-stopped',
  },
  fault: {
    notAgain: text(
      'flash_log_broke',
      'The extension itself failed while the device was asked. It will not be asked again.',
    ),
    unsent: 'extension-failed',
  },
};

/**
 * Takes up a flash that a stopped background left, or a fault of ours. Before the request was written down nothing can have been
 * sent, and a person who confirmed it may be long gone, so it goes back to the question. After that nobody
 * knows whether the device heard it, so the device is watched and `ota_flash` is not sent again.
 */
export async function resume(
  context: RunContext,
  work: DeviceTasks,
  signal: AbortSignal,
  why: Interruption,
): Promise<void> {
  const { flash } = context.run();
  const row = interruptions[why];
  switch (flash.stage) {
    case 'idle':
    case 'ended':
      return;
    case 'checking':
      return end(context, flash.plan, unsent(row.unsent));
    case 'requested':
      context.note(decided(context.environment.clock.now(), row.notAgain));
      return watchDevice(
        context,
        work,
        flash.plan,
        // That moment is what reports of the device are told apart by.
        startWatch(flash.at, false),
        signal,
      );
    case 'downloading':
    case 'restarting':
      return watchDevice(context, work, flash.plan, flash.watch, signal);
  }
}
