import type { DeviceInfo } from '../zeroconf/device-info.ts';
import type { Bench } from './bench.ts';
import { type Doubt, gravestOn, holdOn, isSame, mayBeSame, withDoubt } from './doubts.ts';
import { shown } from './leftover.ts';
import { type Outcome, outcomeOf, stillInDoubt } from './outcome.ts';
import { type Deed, type Flash, type Run, whoseRun } from './run.ts';

/** Ends the flash with `outcome`, or with a graver one when an earlier flash left the device in doubt. */
export function end(bench: Bench, deed: Deed, outcome: Outcome): void {
  bench.passTime();
  const { doubts } = bench.run();
  const before = gravestOn(doubts, deed);
  const told = before === null ? outcome : stillInDoubt(outcome, before.outcome);
  bench.note(`${told.title}. ${told.sentence}`);
  const at = bench.world.clock.now();
  bench.change({
    flash: { stage: 'ended', deed, at, outcome: told, seenSince: false },
    doubts: told.leaves === 'as-it-was' ? doubts : withDoubt(doubts, deed, told, at),
  });
}

/** What of the last flash stays on the screen while its device is read or the firmware fetched again. */
export function lasting(flash: Flash): Flash {
  return flash.stage === 'ended' && flash.outcome.leaves === 'as-it-was' ? { stage: 'idle' } : flash;
}

/** What is to be seen of earlier flashes while the device at `host` is asked who it is. */
export function earlierAt({ flash, doubts, address }: Run, host: string): Flash {
  const same = address?.host === host ? lasting(flash) : ({ stage: 'idle' } as const);
  if (same.stage !== 'idle') return same;
  const doubt = doubts.findLast(({ deed }) => deed.address.host === host);
  return doubt === undefined ? same : shown(doubt);
}

/** What an answer to Info says about a flash that ended before. */
export function afterInfo(bench: Bench, info: DeviceInfo): void {
  bench.passTime();
  const { flash, doubts } = bench.run();
  const whose = whoseRun(bench.run(), info);
  const isHeld = holdOn(doubts, whose) > 0;
  // Without an id it may as well be another device at this address, but not while the last may still be there, nor
  // when all that is new is an id that somebody typed. What it answers is no evidence of the last one.
  const isOfAnother = ({ deed, outcome }: Doubt) =>
    outcome.leaves === 'new-firmware' && !isHeld && !isSame(deed, whose) && deed.fwVersion !== info.fwVersion;
  const doubt = doubts.findLast((one) => mayBeSame(one.deed, whose) && !isOfAnother(one));
  if (doubt === undefined) {
    if (flash.stage === 'ended') bench.change({ flash: { stage: 'idle' } });
    return;
  }
  const { deed, outcome } = doubt;
  switch (outcome.leaves) {
    case 'in-doubt':
      bench.change({ flash: shown(doubt) });
      sawIt(bench);
      return;
    case 'new-firmware':
      end(bench, deed, outcomeOf('came-back', { accepted: true }));
      sawIt(bench);
      return;
    default:
      bench.note(
        'The device answers after a download that it had given up. It need not be kept powered any more.',
      );
      bench.change({
        flash: { stage: 'idle' },
        doubts: doubts.filter((one) => !mayBeSame(one.deed, whose) || one.outcome.leaves !== outcome.leaves),
      });
  }
}

function sawIt(bench: Bench): void {
  const { flash } = bench.run();
  if (flash.stage === 'ended') bench.change({ flash: { ...flash, seenSince: true } });
}
