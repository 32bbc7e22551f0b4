import { type Text, text, type Wording } from '../src/core/text.ts';
import { isFlashing, type ShownRun } from '../src/flash/run/device-run.ts';
import { type Preflight, unsuitable } from '../src/flash/run/preflight.ts';
import type { FirmwareSource } from '../src/flash/source/firmware-source.ts';
import type { Step } from '../src/flash/step.ts';
import { signalWords } from '../src/zeroconf/device/signal.ts';
import type { StepName } from './present-step.ts';

/** How far a step has come. */
export type StepLook = 'later' | 'working' | 'done' | 'careful' | 'trouble';

/** A step in one line: what came of it, in pieces that stand side by side. */
export interface StepLine {
  readonly look: StepLook;
  readonly says: readonly Wording[];
}

/** What a step is called. */
export const stepTitles: Readonly<Record<StepName, Text>> = {
  device: text('popup_device', 'Device'),
  unlock: text('popup_unlock', 'Unlock'),
  firmware: text('popup_firmware', 'Firmware'),
  flash: text('popup_flash', 'Flash'),
  proof: text('popup_proof', 'Proof'),
};

type LineRun = Pick<ShownRun, 'address' | 'device' | 'unlock' | 'flash'>;
type LineSource = Pick<FirmwareSource, 'image' | 'mirror'>;

/**
 * Every step in one line.
 *
 * @param chosen the name of the firmware that is chosen, for when nothing else is known of it
 */
export function stepLines(
  run: LineRun,
  source: LineSource,
  preflight: Preflight,
  chosen: Wording,
): Readonly<Record<StepName, StepLine>> {
  return {
    device: deviceLine(run),
    unlock: unlockLine(run),
    firmware: firmwareLine(source, preflight, chosen),
    flash: flashLine(run, preflight),
    proof: proofLine(run),
  };
}

const later = (...says: readonly Wording[]): StepLine => ({ look: 'later', says });

function unfinished(step: Step<unknown>, working: Wording): StepLine | null {
  if (step.state === 'working') return { look: 'working', says: [working] };
  if (step.state === 'failed') return { look: 'trouble', says: [step.failure.sentence] };
  return null;
}

function deviceLine({ address, device }: LineRun): StepLine {
  const started = unfinished(device, text('popup_asking', 'Asking the device…'));
  if (started !== null) return started;
  if (device.state !== 'done' || address === null) return later();
  const against = unsuitable(device.value);
  if (against !== null) return { look: 'trouble', says: [address.host, against.sentence] };
  const { fwVersion, signalStrength } = device.value;
  return {
    look: 'done',
    says: [
      address.host,
      fwVersion ?? text('popup_version_not_told', 'version not told'),
      text('popup_signal', 'signal {words}', { words: signalWords(signalStrength) }),
    ],
  };
}

const lockWords = {
  locked: text('popup_locked', 'Locked'),
  unlocked: text('popup_unlocked', 'Unlocked'),
  untold: text('popup_not_told', 'not told'),
} as const;

/** Whether a device takes other firmware, in a word. */
export function lockWord(otaUnlock: boolean | null): Text {
  if (otaUnlock === null) return lockWords.untold;
  return otaUnlock ? lockWords.unlocked : lockWords.locked;
}

function unlockLine({ device, unlock }: LineRun): StepLine {
  if (device.state === 'done' && device.value.otaUnlock === true)
    return { look: 'done', says: [lockWords.unlocked] };
  const started = unfinished(unlock, text('popup_unlocking', 'The device asks its maker…'));
  if (started !== null) return started;
  // Where it does not tell, that it has accepted is all there is to know.
  const accepted = device.state === 'done' && device.value.otaUnlock === null && unlock.state === 'done';
  if (accepted) return { look: 'done', says: [lockWords.unlocked] };
  return device.state === 'done'
    ? later(lockWord(device.value.otaUnlock))
    : later(text('popup_unlock_later', 'the device asks its maker'));
}

function firmwareLine({ image, mirror }: LineSource, { checks }: Preflight, chosen: Wording): StepLine {
  if (image.state !== 'done') {
    return unfinished(image, text('popup_fetching', 'Fetching the firmware')) ?? later(chosen);
  }
  const { title, size } = image.value.report;
  const known = [title, text('popup_size', '{size}', { size: { bytes: size } })];
  const asked = unfinished(mirror, text('popup_asking_mirror', 'Asking the mirror as the device will…'));
  if (asked !== null) return { ...asked, says: [title, ...asked.says] };
  const failed = checks.find(({ id, answer }) => answer === 'fail' && !id.startsWith('device-'));
  if (failed !== undefined) return { look: 'trouble', says: [title, failed.sentence] };
  const own = checks.filter(({ id }) => !id.startsWith('device-'));
  const warnings = own.filter(({ answer }) => answer === 'warn').length;
  const passed = own.filter(({ answer }) => answer === 'pass').length;
  return warnings > 0
    ? { look: 'careful', says: [title, warningsText(warnings)] }
    : { look: 'done', says: [...known, passedText(passed)] };
}

/** How many warnings there are. */
function warningsText(count: number): Text {
  return text('popup_warnings', { one: '1 warning', other: '{count} warnings' }, { count });
}

function passedText(count: number): Text {
  return text('popup_passed', { one: '1 check passed', other: '{count} checks passed' }, { count });
}

function flashLine({ flash }: LineRun, { plan }: Preflight): StepLine {
  if (isFlashing(flash)) return { look: 'working', says: [text('popup_under_way', 'under way')] };
  if (flash.stage === 'idle') {
    return plan === null ? later() : later(text('popup_ready', 'ready'));
  }
  const isGood = flash.outcome.leaves === 'new-firmware';
  return { look: isGood ? 'done' : 'trouble', says: [flash.outcome.title] };
}

function proofLine({ flash }: LineRun): StepLine {
  if (flash.stage !== 'ended' || flash.outcome.leaves !== 'new-firmware') return later();
  return flash.outcome.kind === 'flashed'
    ? { look: 'done', says: [flash.outcome.title] }
    : later(text('popup_proof_missing', 'see whether it runs'));
}
