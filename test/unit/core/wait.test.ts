import { describe, expect, it, vi } from 'vitest';
import { systemClock as clock } from '../../../src/core/clock.ts';
import { waitFor, waitUnlessAborted, within } from '../../../src/core/wait.ts';

const never = new Promise<string>(() => {});
const { signal } = new AbortController();
const aborted = AbortSignal.abort();

describe('waitFor', () => {
  it('does not wait for what was cancelled before, nor for who ignores being cancelled', async () => {
    const stop = new AbortController();
    const waiting = waitFor(never, { ms: 1000, clock, signal: stop.signal });
    stop.abort();
    expect(await waiting).toEqual({ kind: 'cancelled' });
    expect(await waitFor(never, { ms: 1000, clock, signal: stop.signal })).toEqual({ kind: 'cancelled' });
  });

  it('never rejects, and is late at once when there is no time left', async () => {
    const error = new Error('no');
    const patience = { ms: 1000, clock, signal };
    expect(await waitFor(Promise.reject(error), patience)).toEqual({ kind: 'failed', error });
    expect(await waitFor(Promise.reject(error), { ...patience, signal: aborted })).toEqual({
      kind: 'cancelled',
    });
    expect(await waitFor(never, { ...patience, ms: -5 })).toEqual({ kind: 'late' });
  });
});

describe('waitUnlessAborted', () => {
  it('ends with the task or with the signal', async () => {
    const stop = new AbortController();
    const waiting = waitUnlessAborted(never, stop.signal);
    stop.abort();
    expect(await waiting).toEqual({ kind: 'cancelled' });
    expect(await waitUnlessAborted(Promise.resolve(1), signal)).toEqual({ kind: 'done', value: 1 });
  });
});

describe('within', () => {
  it('stops the work that nobody waits for any longer', async () => {
    for (const [ms, stop] of [
      [0, signal],
      [1000, aborted],
    ] as const) {
      let heeded: AbortSignal | undefined;
      const waited = await within({ ms, clock, signal: stop }, (over) => {
        heeded = over;
        return never;
      });
      expect(waited.kind).toBe(ms === 0 ? 'late' : 'cancelled');
      expect(heeded?.aborted).toBe(true);
    }
  });

  it('takes a throw for a rejection, and leaves no timer behind', async () => {
    const error = new Error('no');
    const sleep = vi.fn((_ms: number, timer?: AbortSignal) => clock.sleep(60_000, timer));
    const waited = await within({ ms: 60_000, clock: { sleep }, signal }, () => {
      throw error;
    });
    expect(waited).toEqual({ kind: 'failed', error });
    expect(sleep.mock.calls[0]?.[1]?.aborted).toBe(true);
  });
});
