import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { fetchBytes } from '../../../src/mirror/fetch/fetch-bytes.ts';
import { createHeldClock } from './held-clock.ts';

const never = new AbortController().signal;

describe('a clock that is set', () => {
  it('does not stretch the wait for a mirror', async () => {
    const clock = createHeldClock();
    const answer = fetchBytes({
      href: 'http://127.0.0.1/x.bin',
      host: '127.0.0.1',
      file: 'x.bin',
      fetch: async () => {
        clock.set(-3_600_000);
        return new Response(new ReadableStream());
      },
      clock,
      signal: never,
      maxBytes: 9,
      stallMs: 7_200_000,
      wholeMs: 2_000,
    });
    while (clock.slept.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(clock.slept).toEqual([2_000, 2_000]);
    clock.expire();
    expect(await answer).toMatchObject({ ok: false });
  });

  it('is not what the machine waits by', () => {
    const [before, now] = [systemClock.elapsed(), Date.now];
    try {
      Date.now = () => 0;
      expect(systemClock.elapsed()).toBeGreaterThanOrEqual(before);
      expect(systemClock.now()).toBe(0);
    } finally {
      Date.now = now;
    }
  });
});
