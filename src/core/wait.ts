import type { Clock } from './clock.ts';

/** How waiting ended: with a value, with an error, too late, or because somebody cancelled. */
export type Waited<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'late' }
  | { readonly kind: 'cancelled' };

/** How long to wait: at most `ms` milliseconds, and not after `signal` is aborted. */
export interface Patience {
  readonly ms: number;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly signal: AbortSignal;
}

/** Waits for `task`. Never rejects. */
export function waitFor<T>(task: Promise<T>, { ms, clock, signal }: Patience): Promise<Waited<T>> {
  return firstOf(task, signal, (timer) => clock.sleep(Math.max(0, ms), timer));
}

/** Waits for `task` however long it takes, but not after `signal` is aborted. Never rejects. */
export function waitUnlessAborted<T>(task: Promise<T>, signal: AbortSignal): Promise<Waited<T>> {
  return firstOf(task, signal, null);
}

/**
 * Does `work` and waits for it. Its signal is aborted as soon as the waiting has ended, so that what nobody waits for
 * does not go on. Never rejects.
 */
export async function within<T>(
  patience: Patience,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<Waited<T>> {
  const over = new AbortController();
  // Even a throw of its own becomes a rejection.
  const begin = async () => work(AbortSignal.any([patience.signal, over.signal]));
  try {
    return await waitFor(begin(), patience);
  } finally {
    over.abort();
  }
}

function firstOf<T>(
  task: Promise<T>,
  signal: AbortSignal,
  sleep: ((timer: AbortSignal) => Promise<void>) | null,
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
    sleep?.(timer.signal).then(
      () => settle({ kind: 'late' }),
      () => undefined,
    );
  });
}
