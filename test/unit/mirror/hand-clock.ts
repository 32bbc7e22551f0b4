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
        const sleeper = { until: now + ms, wake: resolve };
        sleeping.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleeping.delete(sleeper);
          reject(signal.reason);
        });
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
