import type { Clock } from '../../../src/core/clock.ts';

/** A clock that moves only when it is slept on, or told to. */
export interface HeldClock extends Clock {
  /** Every sleep asked for, in ms. */
  readonly slept: readonly number[];
  /** How many long sleeps are pending. */
  pending(): number;
  /** Lets time pass, asleep or awake. */
  pass(ms: number): void;
  /** Sets what the clock shows forward, or back where `ms` is negative; no time passes by it. */
  set(ms: number): void;
  /** Lets the long sleeps that are pending end. */
  expire(): void;
}

/** Sleeps of up to a second end at once; longer ones are time-outs and end by `expire` or abort. */
export function createHeldClock(start = 1_000_000): HeldClock {
  let time = start;
  let set = 0;
  const slept: number[] = [];
  const ends = new Set<() => void>();
  return {
    slept,
    now: () => time + set,
    elapsed: () => time,
    pending: () => ends.size,
    set: (ms) => {
      set += ms;
    },
    pass: (ms) => {
      time += ms;
    },
    expire: () => {
      for (const end of ends) end();
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        slept.push(ms);
        if (ms <= 1_000) {
          time += ms;
          resolve();
          return;
        }
        const end = () => {
          ends.delete(end);
          resolve();
        };
        ends.add(end);
        signal?.addEventListener(
          'abort',
          () => {
            ends.delete(end);
            reject(signal.reason);
          },
          { once: true },
        );
      }),
  };
}
