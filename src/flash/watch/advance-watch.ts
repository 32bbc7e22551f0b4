/*
 * Looking on after `ota_flash`: single looks, and what they add up to. May import the leaves, the journal, and the
 * types of plans and tasks.
 */
/**
 * What was seen at the device's address in one look. `busy` is something that is there but does not say that it
 * is the Sonoff: a device closes connections while it serves another (SonoffLAN `local.py`) or has a download to
 * do. `unseen` is a look that could not be taken, for want of a permission for instance; it says nothing.
 */
export type Observation = 'sonoff' | 'busy' | 'tasmota' | 'nothing' | 'unseen';

/**
 * What is known of the device since `ota_flash` was sent. Spans are added up from look to look, so that neither a
 * clock that is set nor a computer that slept passes for time in which the device was watched.
 */
export interface Watch {
  /** When `ota_flash` was answered or given up on, in milliseconds since the epoch. */
  readonly since: number;
  /** True when the device said `error:0`; false when nobody knows whether it heard us. */
  readonly accepted: boolean;
  /** For how many milliseconds it has been watched. */
  readonly watched: number;
  /** For how many milliseconds nothing has answered. */
  readonly goneFor: number;
  /** Looks in a row that found nothing: one alone may be a lost packet. */
  readonly misses: number;
}

/** What a watch leads to; `unclear` when patience ended before anything could be told. */
export type Conclusion = 'tasmota' | 'gone' | 'still-sonoff' | 'unclear';

/**
 * How the device is watched, in milliseconds. It is left alone at first because it is downloading; nothing
 * is concluded from an answer before `patience` is over, because a device may answer in the middle of a
 * download and the slowest reported one took "up to few minutes" (tasmota/docs Sonoff-DIY).
 */
export interface WatchTimings {
  readonly quiet: number;
  readonly between: number;
  readonly missesToBeGone: number;
  readonly goneForGood: number;
  readonly patience: number;
  /** The most that counts as watched from one look to the next. */
  readonly longestStep: number;
}

export const watchTimings: WatchTimings = {
  quiet: 10_000,
  between: 5_000,
  missesToBeGone: 2,
  goneForGood: 45_000,
  patience: 300_000,
  longestStep: 20_000,
};

/** A watch that starts now. */
export function startWatch(now: number, accepted: boolean): Watch {
  return { since: now, accepted, watched: 0, goneFor: 0, misses: 0 };
}

/** What an answer amounts to once patience is over. Something that never says what it is proves nothing. */
const overdue = { sonoff: 'still-sonoff', busy: 'unclear', unseen: 'unclear' } as const;

/** The watch after one more look, `passed` milliseconds after the one before, and what can be concluded from it, if anything. */
export function advanceWatch(
  watch: Watch,
  observation: Observation,
  passed: number,
  timings: WatchTimings,
): { readonly watch: Watch; readonly conclusion: Conclusion | null } {
  const step = Math.min(Math.max(0, passed), timings.longestStep);
  const looked = { ...watch, watched: watch.watched + step };
  switch (observation) {
    case 'tasmota':
      return { watch: looked, conclusion: 'tasmota' };
    case 'sonoff':
    case 'busy':
    case 'unseen':
      return {
        watch: { ...looked, goneFor: 0, misses: 0 },
        conclusion: looked.watched >= timings.patience ? overdue[observation] : null,
      };
    case 'nothing': {
      const goneFor = watch.misses === 0 ? 0 : watch.goneFor + step;
      const seen = { ...looked, goneFor, misses: watch.misses + 1 };
      const forGood = isGone(seen, timings) && goneFor >= timings.goneForGood;
      return { watch: seen, conclusion: forGood ? 'gone' : null };
    }
  }
}

/** True once the device has been missed often enough to say that it no longer answers. */
export function isGone(watch: Watch, timings: WatchTimings): boolean {
  return watch.misses >= timings.missesToBeGone;
}

/** How long the device is still to be left alone before the first look, in milliseconds. */
export function quietLeft(watch: Watch, { quiet }: WatchTimings): number {
  return watch.watched > 0 ? 0 : quiet;
}
