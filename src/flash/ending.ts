import type { DeviceInfo } from '../zeroconf/device-info.ts';
import type { Bench } from './bench.ts';
import { type Outcome, outcomeOf, stillInDoubt } from './outcome.ts';
import type { Deed, Flash, Run } from './run.ts';

/** Ends the flash with `outcome`, or with a graver one when an earlier flash left the device in doubt. */
export function end(bench: Bench, deed: Deed, outcome: Outcome): void {
  const { inDoubt } = bench.run();
  const told = inDoubt && outcome.leaves === 'as-it-was' ? stillInDoubt(outcome) : outcome;
  bench.note(`${told.title}. ${told.sentence}`);
  bench.change({
    flash: { stage: 'ended', deed, at: bench.world.clock.now(), outcome: told },
    inDoubt: told.leaves === 'in-doubt',
  });
}

/** What of the last flash stays on the screen while the same device is read or the firmware fetched again. */
export function lasting(flash: Flash): Flash {
  return flash.stage === 'ended' && flash.outcome.leaves === 'as-it-was' ? { stage: 'idle' } : flash;
}

/** What an answer to Info says about a flash that ended before. */
export function afterInfo(bench: Bench, { deviceid }: DeviceInfo): void {
  const { flash } = bench.run();
  if (flash.stage !== 'ended') return;
  const { deed, outcome } = flash;
  const known = deed.deviceid !== null && deviceid !== null;
  if (known && deed.deviceid !== deviceid) {
    bench.change({ flash: { stage: 'idle' }, inDoubt: false });
    return;
  }
  if (outcome.leaves !== 'new-firmware') return;
  if (known) end(bench, deed, outcomeOf('came-back', { accepted: true }));
  // Firmware that tells no id: this may as well be the next device, on the address of the last one.
  else bench.change({ flash: { stage: 'idle' } });
}

/** A download that nobody has seen the end of may go on for this long, in milliseconds (ITEAD's downloader: 180 s). */
const longestDownload = 180_000;

/** Whether the device may still be downloading from an earlier flash whose end nobody has seen. */
export function mayStillDownload({ flash, inDoubt }: Run, now: number): boolean {
  if (flash.stage !== 'ended' || !inDoubt || flash.outcome.kind !== 'unknown') return false;
  const age = now - flash.at;
  return age >= 0 && age < longestDownload;
}
