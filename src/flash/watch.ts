/**
 * What was seen at the device's address in one look. `busy` is a device that closed the connection: it is
 * there, but it serves one connection at a time (SonoffLAN `local.py`) and has a download to do.
 */
export type Sighting = 'sonoff' | 'busy' | 'tasmota' | 'nothing';

/** What is known of the device since `ota_flash` was sent. Times are milliseconds since the epoch. */
export interface Watch {
  /** When `ota_flash` was answered or given up on. */
  readonly since: number;
  /** True when the device said `error:0`; false when nobody knows whether it heard us. */
  readonly accepted: boolean;
  /** Since when nothing has answered; null while something does. */
  readonly goneSince: number | null;
  /** Looks in a row that found nothing: one alone may be a lost packet. */
  readonly misses: number;
}

/** What a watch leads to. */
export type Conclusion = 'tasmota' | 'gone' | 'still-sonoff';

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
}

export const watchTimings: WatchTimings = {
  quiet: 10_000,
  between: 5_000,
  missesToBeGone: 2,
  goneForGood: 45_000,
  patience: 300_000,
};

/** A watch that starts now. */
export function startWatch(now: number, accepted: boolean): Watch {
  return { since: now, accepted, goneSince: null, misses: 0 };
}

/** The watch after one more look at `now`, and what can be concluded from it, if anything. */
export function look(
  watch: Watch,
  sighting: Sighting,
  now: number,
  timings: WatchTimings,
): { readonly watch: Watch; readonly conclusion: Conclusion | null } {
  switch (sighting) {
    case 'tasmota':
      return { watch, conclusion: 'tasmota' };
    case 'sonoff':
    case 'busy': {
      const overdue = sighting === 'sonoff' && now - watch.since >= timings.patience;
      return {
        watch: { ...watch, goneSince: null, misses: 0 },
        conclusion: overdue ? 'still-sonoff' : null,
      };
    }
    case 'nothing': {
      const seen = { ...watch, goneSince: watch.goneSince ?? now, misses: watch.misses + 1 };
      const forGood = isGone(seen, timings) && now - seen.goneSince >= timings.goneForGood;
      return { watch: seen, conclusion: forGood ? 'gone' : null };
    }
  }
}

/** True once the device has been missed often enough to say that it no longer answers. */
export function isGone(watch: Watch, timings: WatchTimings): boolean {
  return watch.misses >= timings.missesToBeGone;
}
