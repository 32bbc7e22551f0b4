import { type Text, text } from '../../core/text.ts';
import { longestDownload } from '../../zeroconf/client/longest-download.ts';
import type { FlashPlan } from './device-run.ts';
import type { Leaves, Outcome } from './outcome.ts';
import { isSame, mayBeSame, type Whose } from './whose.ts';

/**
 * What a flash has left behind at one device. It belongs to the device, not to the run: it outlives Start over, Info
 * on another address, a clock that is set and the browser, and ends with evidence or with time that really passed.
 */
export interface Doubt {
  readonly plan: FlashPlan;
  /** When the flash ended, in milliseconds since the epoch; to be shown only. */
  readonly at: number;
  readonly outcome: Outcome;
  /** For how many milliseconds more the device may be downloading, and must not be asked to flash. */
  readonly holdLeft: number;
  /** How many milliseconds of its life have been counted, and when they were counted last. */
  readonly lasted: number;
  readonly seenAt: number;
}

/** What is left behind, at most one for each device, the last one at the end. */
export type Doubts = readonly Doubt[];

/** A doubt is forgotten when this much of its life has been counted, in milliseconds. */
const longestLife = 24 * 3_600_000;
/** The most that counts from one start of the background to the next, so that a clock set forward ends nothing. */
const longestStep = 3_600_000;
const keptDoubts = 20;

const graveness: Record<Leaves, number> = {
  'as-it-was': 0,
  'new-firmware': 0,
  'stopped-midway': 1,
  'in-doubt': 2,
};

/** The gravest doubt about a device that may hold half an image, or null. */
export function gravestOn(doubts: Doubts, whose: Whose): Doubt | null {
  const grave = doubts.filter(({ plan, outcome }) => mayBeSame(plan, whose) && graveness[outcome.leaves] > 0);
  return (
    grave.sort((one, other) => graveness[other.outcome.leaves] - graveness[one.outcome.leaves])[0] ?? null
  );
}

/** For how long this device must not be asked to flash, in milliseconds; 0 when it may be. */
export function holdOn(doubts: Doubts, whose: Whose): number {
  return Math.max(0, ...doubts.filter(({ plan }) => mayBeSame(plan, whose)).map(({ holdLeft }) => holdLeft));
}

/** The doubts without what was known of this very device. */
function withoutDoubt(doubts: Doubts, whose: Whose): Doubts {
  return doubts.filter(({ plan }) => !isSame(plan, whose));
}

/** The doubts with what `outcome` leaves behind, in the place of what was known of that device. */
export function withDoubt(doubts: Doubts, plan: FlashPlan, outcome: Outcome, now: number): Doubts {
  const before = holdOn(
    doubts.filter((doubt) => isSame(doubt.plan, plan)),
    plan,
  );
  const holdLeft = outcome.mayDownload ? longestDownload.ms : before;
  const doubt: Doubt = { plan, at: now, outcome, holdLeft, lasted: 0, seenAt: now };
  return [...withoutDoubt(doubts, plan), doubt].slice(-keptDoubts);
}

/** The doubts after `ms` milliseconds that really passed. */
export function afterTime(doubts: Doubts, ms: number): Doubts {
  if (doubts.every(({ holdLeft }) => holdLeft === 0)) return doubts;
  return doubts.map((doubt) => ({ ...doubt, holdLeft: Math.max(0, doubt.holdLeft - Math.max(0, ms)) }));
}

/** The doubts as a background that starts at `now` finds them; those whose life is over are left out. */
export function aged(doubts: Doubts, now: number): Doubts {
  return doubts
    .map((doubt) => {
      const step = Math.min(Math.max(0, now - doubt.seenAt), longestStep);
      return { ...doubt, lasted: doubt.lasted + step, seenAt: now };
    })
    .filter(({ lasted, holdLeft }) => lasted <= longestLife || holdLeft > 0);
}

/** What must be kept when everything else is erased. */
export function toBeKept(doubts: Doubts): Doubts {
  return doubts.filter(({ holdLeft, outcome }) => holdLeft > 0 || graveness[outcome.leaves] > 0);
}

/** What must still be kept of a doubt, and until when, in a sentence for a person. */
export function keptSentence({ plan: { address, deviceid }, outcome, holdLeft }: Doubt): Text {
  const { host } = address;
  const device =
    deviceid === null
      ? text('flash_the_device', 'the device at {host}', { host })
      : text('flash_the_device_with_id', 'the device at {host} (ID {deviceid})', { host, deviceid });
  const sentence = kept[outcome.leaves](device);
  const isHeld = holdLeft > 0 || graveness[outcome.leaves] === 0;
  if (!isHeld) return sentence;
  return text('flash_kept_held', '{sentence} No flash of it begins before {span} have passed.', {
    sentence,
    span: { span: longestDownload.ms },
  });
}

const flashedJustNow = (device: Text) =>
  text('flash_kept', 'Kept: {device} was flashed just now.', { device });

const kept: Readonly<Record<Leaves, (device: Text) => Text>> = {
  'in-doubt': (device) =>
    text(
      'flash_kept_in_doubt',
      'Kept: {device} may hold half an image and needs its power. This is kept until new firmware is on it, or until 24 hours of use have been counted.',
      { device },
    ),
  'stopped-midway': (device) =>
    text(
      'flash_kept_stopped_midway',
      'Kept: {device} may hold half an image and needs its power. This is kept until it has answered to Info, or until 24 hours of use have been counted.',
      { device },
    ),
  'as-it-was': flashedJustNow,
  'new-firmware': flashedJustNow,
};
