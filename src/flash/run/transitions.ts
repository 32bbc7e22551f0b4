import { wholeSentence } from '../../core/assurance.ts';
import { text } from '../../core/text.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import { ended, progressed } from '../journal/events-of.ts';
import type { RunContext } from '../tasks/run-context.ts';
import { type DeviceRun, type Flash, type FlashPlan, isBusy, whoseRun } from './device-run.ts';
import { type Doubt, type Doubts, gravestOn, holdOn, withDoubt } from './doubts.ts';
import { type Leaves, type Outcome, outcomeOf, stillInDoubt } from './outcome.ts';
import { shown } from './unfinished-flash.ts';
import { isSame, mayBeSame, type Whose } from './whose.ts';

/** Ends the flash with `outcome`, or with a graver one when an earlier flash left the device in doubt. */
export function end(context: RunContext, plan: FlashPlan, outcome: Outcome): void {
  context.passTime();
  const doubts = context.doubts();
  const before = gravestOn(doubts, plan);
  const told = before === null ? outcome : stillInDoubt(outcome, before.outcome);
  const at = context.environment.clock.now();
  const { title } = told;
  const sentence = wholeSentence(told);
  context.note(ended(at, told.kind, text('flash_log_ended', '{title}. {sentence}', { title, sentence })));
  context.change({ flash: { stage: 'ended', plan, at, outcome: told, seenSince: false } });
  // What has changed nothing takes no doubt over either: that stays with the flash that has caused it, and its address.
  if (outcome.leaves === 'as-it-was') return;
  context.changeDoubts(withDoubt(doubts, plan, told, at));
  forgetElsewhere(context, plan);
  if (told.leaves !== 'new-firmware')
    tellElsewhere(context, { stage: 'ended', plan, at, outcome: told, seenSince: false });
}

/** Where it was flashed at another address, nobody may read there that it runs new firmware. */
function tellElsewhere(context: RunContext, flash: Extract<Flash, { stage: 'ended' }>): void {
  const isRefuted = (other: DeviceRun) =>
    other.flash.stage === 'ended' &&
    other.flash.outcome.leaves === 'new-firmware' &&
    isSame(other.flash.plan, flash.plan);
  if (!context.others().some(isRefuted)) return;
  context.changeOthers((other) => (isRefuted(other) ? { ...other, flash } : other));
}

/**
 * What a device has told counts at one address only, the one where it was asked last: who meets it at two, by its name
 * and by its number, must not be able to flash it from both.
 */
function forgetElsewhere(context: RunContext, { deviceid }: Whose): void {
  const isItToo = (other: DeviceRun) =>
    deviceid !== null &&
    other.device.state === 'done' &&
    !isBusy(other) &&
    whoseRun(other, other.device.value).deviceid === deviceid;
  if (!context.others().some(isItToo)) return;
  const idle = { state: 'idle' } as const;
  context.changeOthers((other) => (isItToo(other) ? { ...other, device: idle, unlock: idle } : other));
}

/** What of the last flash stays on the screen while its device is read or the firmware fetched again. */
export function lasting(flash: Flash): Flash {
  return flash.stage === 'ended' && flash.outcome.leaves === 'as-it-was' ? { stage: 'idle' } : flash;
}

/** What is to be seen of earlier flashes while the device at `host` is asked who it is; `run` is the one that is there. */
export function earlierAt(run: DeviceRun | null, doubts: Doubts, host: string): Flash {
  const same = run === null ? ({ stage: 'idle' } as const) : lasting(run.flash);
  if (same.stage !== 'idle') return same;
  const doubt = doubts.findLast(({ plan }) => plan.address.host === host);
  return doubt === undefined ? same : shown(doubt);
}

/** What an answer to Info says about a flash that ended before. */
export function afterInfo(context: RunContext, info: DeviceInfo): void {
  context.passTime();
  const { flash } = context.run();
  const doubts = context.doubts();
  const whose = whoseRun(context.run(), info);
  forgetElsewhere(context, whose);
  const isHeld = holdOn(doubts, whose) > 0;
  // Without an id it may as well be another device at this address, but not while the last may still be there, nor
  // when all that is new is an id that somebody typed. What it answers is no evidence of the last one.
  const isOfAnother = ({ plan, outcome }: Doubt) =>
    outcome.leaves === 'new-firmware' && !isHeld && !isSame(plan, whose) && plan.fwVersion !== info.fwVersion;
  const perhaps = doubts.filter((one) => mayBeSame(one.plan, whose) && !isOfAnother(one));
  const lastThat = (leaves: Leaves) => perhaps.findLast(({ outcome }) => outcome.leaves === leaves);
  // What was asked of an address may have hit a device that an earlier flash of its own has left in doubt.
  const doubt = lastThat('in-doubt') ?? lastThat('new-firmware') ?? perhaps.at(-1);
  if (doubt === undefined) {
    if (flash.stage === 'ended') context.change({ flash: { stage: 'idle' } });
    return;
  }
  const { plan, outcome } = doubt;
  switch (outcome.leaves) {
    case 'in-doubt':
      context.change({ flash: shown(doubt) });
      sawIt(context);
      return;
    case 'new-firmware':
      end(context, plan, outcomeOf('came-back', { accepted: true }));
      sawIt(context);
      return;
    default:
      context.note(
        progressed(
          context.environment.clock.now(),
          text(
            'flash_log_given_up',
            'The device answers after a download that it had given up. It need not be kept powered any more.',
          ),
        ),
      );
      context.change({ flash: { stage: 'idle' } });
      context.changeDoubts(
        doubts.filter((one) => !mayBeSame(one.plan, whose) || one.outcome.leaves !== outcome.leaves),
      );
  }
}

function sawIt(context: RunContext): void {
  const { flash } = context.run();
  if (flash.stage === 'ended') context.change({ flash: { ...flash, seenSince: true } });
}
