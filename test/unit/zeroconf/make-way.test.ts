import { describe, expect, it } from 'vitest';
import { makeWay } from '../../../src/zeroconf/client/make-way.ts';
import { createHeldClock } from './held-clock.ts';

const never = new AbortController().signal;
/** Longer than Chromium keeps a connection that nothing was sent on. */
const rest = 11_000;
const keeps = () => new Response('{}', { headers: { connection: 'keep-alive' } });

/** A clock whose short sleeps take their turn behind a fetch that is answered at once. */
function slowClock() {
  const held = createHeldClock();
  const rests: number[] = [];
  const sleep = async (ms: number, signal?: AbortSignal) => {
    await new Promise((resolve) => setImmediate(resolve));
    if (ms === rest) rests.push(ms);
    else await held.sleep(ms, signal);
  };
  return {
    ...held,
    sleep,
    get slept() {
      return [...held.slept, ...rests];
    },
  };
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

  /** Never answers, save the first `count`, which leave the connection open. */
  function answering(count: number) {
    const sent: RequestInit[] = [];
    const fetch: typeof globalThis.fetch = (_, init = {}) => {
      sent.push(init);
      if (sent.length <= count) return Promise.resolve(keeps());
      return new Promise((_, reject) =>
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      );
    };
    return { sent, fetch };
  }

  it('aborts info after info among the connections of ota_flash, each time later, and rests', async () => {
    const clock = slowClock();
    const { sent, fetch } = answering(1);
    const slow: typeof fetch = (input, init) => {
      if (sent.length === 0) clock.pass(80);
      return fetch(input, init);
    };
    expect(await makeWay('http://x/', '{}', { fetch: slow, clock, signal: never })).toBe('clear');
    expect(sent.map(({ credentials }) => credentials)).toEqual([
      'omit',
      'same-origin',
      'same-origin',
      'same-origin',
    ]);
    for (const init of sent) expect(init).toMatchObject({ method: 'POST' });
    expect(sent.slice(1).every(({ signal }) => signal?.aborted)).toBe(true);
    expect(clock.slept).toEqual([250, 20, 250, 40, 250, 60, rest]);
  });

  it('begins anew, and sooner, where one was answered', async () => {
    const clock = slowClock();
    const { sent, fetch } = answering(2);
    const slow: typeof fetch = (input, init) => {
      if (sent.length === 0) clock.pass(80);
      return fetch(input, init);
    };
    expect(await makeWay('http://x/', '{}', { fetch: slow, clock, signal: never })).toBe('clear');
    expect(sent).toHaveLength(5);
    expect(clock.slept.filter((ms) => ms < 100)).toEqual([10, 10, 10]);
  });

  it('leaves even the quickest device five milliseconds', async () => {
    const clock = slowClock();
    const { fetch } = answering(1);
    expect(await makeWay('http://x/', '{}', { fetch, clock, signal: never })).toBe('clear');
    expect(clock.slept.filter((ms) => ms < 100)).toEqual([5, 5, 5]);
  });

  it('does not believe that one was left that was answered in the same moment', async () => {
    const clock = { ...createHeldClock(), sleep: () => Promise.resolve() };
    let asked = 0;
    const fetch: typeof globalThis.fetch = (_, init = {}) => {
      asked += 1;
      // The answer is there when the wait for it ends.
      return new Promise((resolve) => init.signal?.addEventListener('abort', () => resolve(keeps())));
    };
    expect(await makeWay('http://x/', '{}', { fetch, clock, signal: never })).toBe('kept');
    expect(asked).toBe(10);
  });

  it('says so when the answer always comes first', async () => {
    const clock = slowClock();
    let asked = 0;
    const fetch: typeof globalThis.fetch = async () => {
      asked += 1;
      return keeps();
    };
    expect(await makeWay('http://x/', '{}', { fetch, clock, signal: never })).toBe('kept');
    expect(asked).toBe(10);
  });

  it('asks a device once that closes its connections', async () => {
    let asked = 0;
    const fetch: typeof globalThis.fetch = async () => {
      asked += 1;
      return new Response('{}', { headers: { connection: 'close' } });
    };
    const clock = slowClock();
    expect(await makeWay('http://x/', '{}', { fetch, clock, signal: never })).toBe('clear');
    expect(asked).toBe(1);
    expect(clock.slept).toEqual([]);
  });

  it('takes a connection for gone that the device closes or breaks off, but not by one of the other kind', async () => {
    for (const answer of [
      async () => new Response('{}', { headers: { connection: 'close' } }),
      () => Promise.reject(new TypeError('reset')),
    ]) {
      const sent: RequestCredentials[] = [];
      const fetch: typeof globalThis.fetch = (_, { credentials = 'include' } = {}) => {
        sent.push(credentials);
        return sent.length === 1 ? Promise.reject(new TypeError('reset')) : answer();
      };
      const clock = slowClock();
      expect(await makeWay('http://x/', '{}', { fetch, clock, signal: never })).toBe('clear');
      expect(sent).toEqual(['omit', 'same-origin']);
    }
  });

  it('can be cancelled, also while it rests', async () => {
    const stop = new AbortController();
    const held = createHeldClock();
    const clock = {
      ...held,
      sleep: async (ms: number, signal?: AbortSignal) => {
        if (ms === rest) stop.abort();
        await held.sleep(ms, signal);
      },
    };
    const fetch = () => Promise.reject(new TypeError('reset'));
    expect(await makeWay('http://x/', '{}', { fetch, clock, signal: stop.signal })).toBe('cancelled');
    expect(await makeWay('http://x/', '{}', { fetch, clock, signal: AbortSignal.abort() })).toBe('cancelled');
  });
});
