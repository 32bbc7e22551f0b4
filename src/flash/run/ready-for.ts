import { type Text, text } from '../../core/text.ts';
import { longestDownload } from '../../zeroconf/client/longest-download.ts';
import type { FlashState } from '../state.ts';
import { type Confirmation, names } from './confirmation.ts';
import { type DeviceRun, type FlashPlan, isBusy, type ShownRun, whoseRun } from './device-run.ts';
import { holdOn } from './doubts.ts';
import { preflight, unconfirmed } from './preflight.ts';
import { isSurelyAnother, type Whose } from './whose.ts';

/**
 * The plan that `confirmation` begins when no flash is under way, or the sentence that says why it does not;
 * `isForAnother` when that is no more than another device's hold.
 */
export function readyFor(
  run: ShownRun,
  { runs, source, doubts }: FlashState,
  confirmation: Confirmation,
):
  | { readonly ok: true; readonly run: DeviceRun; readonly plan: FlashPlan }
  | { readonly ok: false; readonly refusal: Text; readonly isForAnother: boolean } {
  const refuse = (refusal: Text) => ({ ok: false, refusal, isForAnother: false }) as const;
  if (isBusy(run))
    return refuse(
      text(
        'flash_device_busy',
        'The device is busy with another question, so nothing has been sent. Wait for its answer. Then press Flash again.',
      ),
    );
  const { plan, checks } = preflight(run, source);
  if (plan === null || run.address === null)
    return refuse(
      text(
        'flash_check_against',
        'A check stands against this flash, so nothing has been sent. Read what stands above the button.',
      ),
    );
  if (!names(confirmation, plan))
    return refuse(
      text(
        'flash_other_plan',
        'What you confirmed is no longer what would be flashed, so nothing has been sent. Look again. Then press Flash.',
      ),
    );
  if (runs.some((other) => isBusy(other) && !isKnownAsAnother(other, plan)))
    return refuse(
      text(
        'flash_other_address_busy',
        'Another address is being asked which may be that of the same device, so nothing has been sent. Wait for the answer. Then press Flash again.',
      ),
    );
  const surprise = unconfirmed(checks, confirmation.confirmed);
  if (surprise !== null)
    return refuse(
      text(
        'flash_not_confirmed',
        'Nothing has been sent, because there is a warning that you have not confirmed: {warning}',
        { warning: surprise.sentence },
      ),
    );
  // What goes out without an id may hit a device that takes the address over at the last moment: any that is held.
  const goesToAnybody = plan.deviceid === null || (run.device.state === 'done' && run.device.value.refusesId);
  const isHeld = holdOn(doubts, plan) > 0;
  if (!isHeld && goesToAnybody && doubts.some(({ holdLeft }) => holdLeft > 0))
    return {
      ok: false,
      isForAnother: true,
      refusal: text(
        'flash_held_for_another',
        'Nothing has been sent. A device that was flashed just now may still be downloading, and this one cannot be called by its ID. So if the two changed addresses, the request would reach the wrong one. Wait {span}. Then press Info, and Flash again.',
        { span: { span: longestDownload.ms } },
      ),
    };
  if (isHeld)
    return refuse(
      text(
        'flash_held',
        'The device may still be downloading from the last time, so nothing has been sent. Wait {span}. Then press Info, and Flash again.',
        { span: { span: longestDownload.ms } },
      ),
    );
  return { ok: true, run, plan };
}

/** Whether what answered at another address has told an id that is not that of `plan`. */
function isKnownAsAnother(run: DeviceRun, plan: Whose): boolean {
  return run.device.state === 'done' && isSurelyAnother(whoseRun(run, run.device.value), plan);
}
