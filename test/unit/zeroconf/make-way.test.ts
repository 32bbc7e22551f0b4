import { describe, expect, it } from 'vitest';
import { makeWay } from '../../../src/zeroconf/client/make-way.ts';
import { createHeldClock } from './held-clock.ts';

const never = new AbortController().signal;
const keeps = () => new Response('{}', { headers: { connection: 'keep-alive' } });

/** A clock whose short sleeps take their turn behind a fetch that is answered at once. */
function slowClock() {
  const held = createHeldClock();
  const sleep = async (ms: number, signal?: AbortSignal) => {
    await new Promise((resolve) => setImmediate(resolve));
    await held.sleep(ms, signal);
  };
  return { ...held, sleep };
}

describe('makeWay', () => {
  it('can be cancelled in the pause before it asks again', async () => {
    const stop = new AbortController();
    const slow = slowClock();
    let asked = 0;
    const fetch: typeof globalThis.fetch = async () => {
      asked += 1;
      return keeps();
    };
    const sleep: typeof slow.sleep = async (ms, signal) => {
      if (ms === 250) stop.abort();
      await slow.sleep(ms, signal);
    };
    const way = await makeWay('http://x/', '{}', { fetch, clock: { ...slow, sleep }, signal: stop.signal });
    expect(way).toBe('cancelled');
    expect(asked).toBe(1);
  });

  it('aborts an info that is not answered yet, and rests for a second', async () => {
    const clock = createHeldClock();
    const sent: RequestInit[] = [];
    const fetch: typeof globalThis.fetch = (_, init = {}) => {
      sent.push(init);
      return new Promise((_, reject) =>
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      );
    };
    expect(await makeWay('http://x/', '{}', { fetch, clock, signal: never })).toBe('clear');
    expect(sent).toMatchObject([{ method: 'POST', credentials: 'same-origin', signal: { aborted: true } }]);
    expect(clock.slept).toEqual([20, 1_000]);
  });

  it('tries again where the answer came first, and says so when it always does', async () => {
    const clock = slowClock();
    let asked = 0;
    const fetch: typeof globalThis.fetch = async () => {
      asked += 1;
      return keeps();
    };
    expect(await makeWay('http://x/', '{}', { fetch, clock, signal: never })).toBe('kept');
    expect(asked).toBe(5);
  });

  it('is content with a device that closes, or breaks off', async () => {
    for (const answer of [
      async () => new Response('{}', { headers: { connection: 'close' } }),
      () => Promise.reject(new TypeError('reset')),
    ]) {
      expect(await makeWay('http://x/', '{}', { fetch: answer, clock: slowClock(), signal: never })).toBe(
        'clear',
      );
    }
  });

  it('can be cancelled, also while it rests', async () => {
    const stop = new AbortController();
    const held = createHeldClock();
    const clock = {
      ...held,
      sleep: async (ms: number, signal?: AbortSignal) => {
        if (ms === 1_000) stop.abort();
        await held.sleep(ms, signal);
      },
    };
    const fetch = () => Promise.reject(new TypeError('reset'));
    expect(await makeWay('http://x/', '{}', { fetch, clock, signal: stop.signal })).toBe('cancelled');
    expect(await makeWay('http://x/', '{}', { fetch, clock, signal: AbortSignal.abort() })).toBe('cancelled');
  });
});
