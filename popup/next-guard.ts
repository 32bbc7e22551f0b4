import type { ClickSigns } from './answer-guard.ts';

/** How long a button rests that newly lies where another one was, in milliseconds. */
export const nextRest = 300;

/**
 * Lets only those clicks through that were meant for what the button does now: the button before it may have been
 * clicked twice.
 */
export interface NextGuard {
  /** How much longer the button rests, in milliseconds. */
  restLeft(): number;
  takes(click: ClickSigns): boolean;
}

/** A guard for a button that has come now. `now` is a clock that nobody sets, such as `performance.now`. */
export function createNextGuard(now: () => number): NextGuard {
  const came = now();
  return {
    restLeft: () => Math.max(0, came + nextRest - now()),
    // The time of the press itself: a page that was busy gets it late.
    takes: ({ detail, timeStamp }) => detail <= 1 && Math.min(timeStamp, now()) >= came + nextRest,
  };
}
