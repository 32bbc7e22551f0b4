import { type Text, text } from '../../core/text.ts';
import { type DeviceRun, isFlashing, whoseRun } from '../run/device-run.ts';
import { type Doubts, gravestOn, holdOn } from '../run/doubts.ts';
import { mayBeSame, type Whose } from '../run/whose.ts';
import { type FlashState, flashingRun } from '../state.ts';

/** What decides whether anything else may be sent to a device. */
export type Guarding = Pick<FlashState, 'runs' | 'doubts'>;

/** Whose a device is, and whether it can be called by its id. */
export interface ToolDevice extends Whose {
  /** As in `DeviceInfo`. */
  readonly refusesId: boolean;
}

/** Why no tool may be used on this device now, or null. */
export function againstTool(state: Guarding, device: ToolDevice): Text | null {
  // What goes out without an id obeys whoever has the address, so every device in doubt may be the one.
  const isAnybody = device.deviceid === null || device.refusesId;
  return againstDoubts(state.doubts, device, isAnybody) ?? againstWork(state, device, isAnybody);
}

/** Why nothing may be sent by hand to `host` now, or null: nobody knows before what such a request does, or to whom. */
export function againstHand(state: Guarding, host: string): Text | null {
  const whoever = { address: { host }, deviceid: null };
  return againstDoubts(state.doubts, whoever, true) ?? againstWork(state, whoever, true);
}

function againstDoubts(doubts: Doubts, whose: Whose, isAnybody: boolean): Text | null {
  const isGrave = (one: Whose) => gravestOn(doubts, one) !== null;
  const isHeld = (one: Whose) => holdOn(doubts, one) > 0;
  if (isGrave(whose))
    return text(
      'flash_tools_in_doubt',
      'Nothing has been sent. This device may hold half an image, so it must keep its power and its Wi-Fi as they are.',
    );
  if (isHeld(whose))
    return text(
      'flash_tools_held',
      'Nothing has been sent. This device may still be downloading from the last flash. Wait three minutes.',
    );
  if (isAnybody && doubts.some(({ plan }) => isGrave(plan) || isHeld(plan)))
    return text(
      'flash_tools_other_in_doubt',
      'Nothing has been sent. Another device may be downloading or hold half an image, and nobody can be sure that it is not the one at this address.',
    );
  return null;
}

function againstWork(state: Guarding, whose: Whose, isAnybody: boolean): Text | null {
  const flashing = flashingRun(state);
  if (flashing !== null && isFlashing(flashing.flash)) {
    const { plan } = flashing.flash;
    if (isAnybody || plan.address.host === whose.address.host || mayBeSame(plan, whose))
      return text('flash_tools_flashing', 'Nothing has been sent. A flash is under way. Wait for it to end.');
  }
  const runs = state.runs.filter((run) => isAnybody || isOf(run, whose));
  if (runs.some(({ unlock }) => unlock.state === 'working'))
    return text(
      'flash_tools_unlocking',
      'Nothing has been sent. The device is being unlocked. Wait, or cancel that first.',
    );
  if (runs.some(({ device }) => device.state === 'working'))
    return text(
      'flash_tools_asking',
      'Nothing has been sent. The device is being asked for Info. Wait for its answer.',
    );
  return null;
}

/** Whether this run is of what has this address, or may be this device at another one. */
function isOf(run: DeviceRun, whose: Whose): boolean {
  const { address, device } = run;
  if (address.host === whose.address.host) return true;
  return device.state === 'done' && mayBeSame(whoseRun(run, device.value), whose);
}

/** Why no flash and no unlocking begins while a tool is at work on the device. */
export const toolAtWork = text(
  'flash_tools_at_work',
  'A tool is at work on this device, so nothing has been sent. Wait half a minute. Then try again.',
);
