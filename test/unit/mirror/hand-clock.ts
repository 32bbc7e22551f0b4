import type { Clock } from '../../../src/core/clock.ts';

/** A clock that stands still until `advance` is called; sleepers wake in time. */
export function createHandClock(
  start = 1_000_000,
): Clock & { advance(ms: number): void; sleepers(): number } {
  let now = start;
  const sleeping = new Set<{ readonly until: number; readonly wake: () => void }>();
  return {
    now: () => now,
    elapsed: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const abort = () => {
          sleeping.delete(sleeper);
          reject(signal?.reason);
        };
        const wake = () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        const sleeper = { until: now + ms, wake };
        sleeping.add(sleeper);
        signal?.addEventListener('abort', abort);
      }),
    sleepers: () => sleeping.size,
    advance: (ms) => {
      now += ms;
      for (const sleeper of sleeping) {
        if (sleeper.until > now) continue;
        sleeping.delete(sleeper);
        sleeper.wake();
      }
    },
  };
}
