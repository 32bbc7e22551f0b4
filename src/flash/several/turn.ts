import { type Text, text } from '../../core/text.ts';
import { isFlashing } from '../run/device-run.ts';
import { busyFlashing } from '../run/sentences.ts';
import { type FlashState, isFlashUnderWay, shownRun } from '../state.ts';

const waitsForTurn = text(
  'flash_waits_for_turn',
  'This device waits for its turn in a list of several. Wait for it, or stop the list.',
);

/** Why nothing can be begun with the device on the page while others are being flashed, or null. */
export function othersFirst(state: FlashState): Text | null {
  const { address, flash } = shownRun(state);
  if (isFlashing(flash) || !isFlashUnderWay(state)) return null;
  const isWaiting = (state.list?.lines ?? []).some(
    ({ confirmation, progress }) => confirmation.host === address?.host && progress.state === 'waiting',
  );
  return isWaiting ? waitsForTurn : busyFlashing;
}
