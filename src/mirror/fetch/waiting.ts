import type { Clock } from '../../core/clock.ts';

/** How waiting ended: with a value, with an error, too late, or because somebody cancelled. */
export type Waited<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'late' }
  | { readonly kind: 'cancelled' };

/** Waits for `task`, at most `ms` milliseconds and not after `signal` is aborted. Never rejects. */
export function waitFor<T>(
  task: Promise<T>,
  ms: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<Waited<T>> {
  return new Promise((resolve) => {
    const timer = new AbortController();
    const settle = (waited: Waited<T>) => {
      signal.removeEventListener('abort', cancel);
      resolve(waited);
      timer.abort();
    };
    const cancel = () => settle({ kind: 'cancelled' });
    task.then(
      (value) => settle({ kind: 'done', value }),
      (error: unknown) => settle(signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', error }),
    );
    if (signal.aborted) return cancel();
    signal.addEventListener('abort', cancel, { once: true });
    clock.sleep(Math.max(0, ms), timer.signal).then(
      () => settle({ kind: 'late' }),
      () => undefined,
    );
  });
}
