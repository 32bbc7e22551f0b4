import { type ReadonlySignal, signal } from '@preact/signals';
import type { Clock } from '../../src/core/clock.ts';

/** Counts the time since it was started. */
export interface Stopwatch {
  /** Milliseconds; null while it does not run. */
  readonly elapsed: ReadonlySignal<number | null>;
  /** Starts, or starts again from nothing. */
  start(): void;
  stop(): void;
}

/** Milliseconds between two looks at the clock: fine enough for beats of two seconds. */
const tick = 100;

/** A stopwatch that goes by `clock`. */
export function createStopwatch(clock: Pick<Clock, 'elapsed' | 'sleep'>): Stopwatch {
  const elapsed = signal<number | null>(null);
  let running: AbortController | null = null;

  async function count(signal: AbortSignal): Promise<void> {
    const began = clock.elapsed();
    elapsed.value = 0;
    try {
      for (;;) {
        await clock.sleep(tick, signal);
        signal.throwIfAborted();
        elapsed.value = clock.elapsed() - began;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  function stop(): void {
    running?.abort();
    running = null;
    elapsed.value = null;
  }

  return {
    elapsed,
    stop,
    start() {
      stop();
      running = new AbortController();
      void count(running.signal);
    },
  };
}

/** `ms` milliseconds as minutes and seconds, rounded up so that zero is the end: "2:59". */
export function clockFace(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
