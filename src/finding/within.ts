import type { Clock } from '../core/clock.ts';

/**
 * What `ask` says within `ms`, else null; also when `ask` rejects because it was aborted, and when it goes on regardless.
 * Its signal is aborted when the time is up or `signal` is aborted; then this rejects with the reason of `signal`.
 */
export async function within<Value>(
  ms: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  ask: (signal: AbortSignal) => Promise<Value>,
): Promise<Value | null> {
  signal.throwIfAborted();
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const timeUp = clock.sleep(ms, both).then(() => null);
  const asked = ask(both).catch((error: unknown) => {
    if (both.aborted) return null;
    throw error;
  });
  try {
    const said = await Promise.race([asked, timeUp]);
    signal.throwIfAborted();
    return said;
  } finally {
    over.abort();
    timeUp.catch(() => {});
  }
}
