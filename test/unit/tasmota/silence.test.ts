import { describe, expect, it, vi } from 'vitest';
import { bodyLimit, get } from '../../../src/tasmota/get.ts';
import { whatRuns } from '../../../src/tasmota/what-runs.ts';
import { toolsWith, wordsOf } from './desk.ts';

const broken = (code?: string) =>
  new TypeError('fetch failed', code === undefined ? {} : { cause: { code } });

describe('nothing at the address', () => {
  it.each([
    ['ECONNREFUSED', 'refused', 1, /no web server runs there/],
    ['EHOSTUNREACH', 'unreachable', 1, /finds no way/],
    ['ENOTFOUND', 'name-not-found', 1, /does not know the name/],
    ['ETIMEDOUT', 'time-out', 1, /within 10 seconds/],
    ['ECONNRESET', 'reset', 2, /breaks off the connection/],
    ['EMPTY_RESPONSE', 'reset', 2, /breaks off the connection/],
    [undefined, 'no-connection', 2, /does not say why/],
  ] as const)('%s is %s, after %i requests', async (code, why, requests, says) => {
    const fetch = vi.fn(async () => Promise.reject(broken(code)));
    const found = await whatRuns('192.168.1.104', toolsWith(fetch));
    expect(found).toMatchObject({ kind: 'nothing', why });
    expect(wordsOf(found)).toMatch(says);
    expect(fetch).toHaveBeenCalledTimes(requests);
  });

  it('says so when the browser turned the question into https', async () => {
    const tools = toolsWith(async () => Promise.reject(broken()), { faultOf: () => 'https-only' });
    expect(await whatRuns('device.test', tools)).toMatchObject({ kind: 'nothing', why: 'https-only' });
  });

  it('takes a fault that it does not know for one that nobody explains', async () => {
    const tools = toolsWith(async () => Promise.reject(broken()), { faultOf: () => 'toString' });
    expect(await whatRuns('device.test', tools)).toMatchObject({ kind: 'nothing', why: 'no-connection' });
  });
});

/** A clock that stands still until it is told that the time is up. */
function heldClock() {
  const strikes: (() => void)[] = [];
  const sleep = (_ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      strikes.push(resolve);
    });
  return { clock: { sleep }, strike: () => strikes.splice(0).map((resolve) => resolve()) };
}

const deaf: typeof fetch = () => new Promise(() => {});

/** A body that says `first`; `starve` is called when more of it is wanted, which never comes. */
function unending(first: string, starve: () => void): ReadableStream<Uint8Array> {
  const bytes = [new TextEncoder().encode(first)];
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const next = bytes.pop();
    if (next) return controller.enqueue(next);
    starve();
    return new Promise<void>(() => {});
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

describe('the time', () => {
  it('ends a look at somebody who never answers, even if fetch does not heed the signal', async () => {
    const { clock, strike } = heldClock();
    const looking = whatRuns('192.168.1.104', toolsWith(deaf, { clock }));
    strike();
    expect(await looking).toMatchObject({ kind: 'nothing', why: 'time-out' });
  });

  it('ends a page in the middle, and what came of it counts', async () => {
    const { clock, strike } = heldClock();
    const send: typeof fetch = async (url) => {
      const isPage = String(url).endsWith('/');
      const body = isPage ? unending('<title>HomeBox', strike) : 'no such file';
      return new Response(body, { status: isPage ? 200 : 404, headers: { Server: 'box' } });
    };
    const looking = whatRuns('192.168.1.104', toolsWith(send, { clock }));
    expect(await looking).toMatchObject({ kind: 'other', title: 'HomeBox', server: 'box' });
  });

  it('is the person’s to end', async () => {
    const stop = new AbortController();
    const looking = whatRuns('192.168.1.104', toolsWith(deaf, { signal: stop.signal }));
    stop.abort();
    expect(await looking).toMatchObject({ kind: 'nothing', why: 'cancelled' });
    const fetch = vi.fn(deaf);
    const late = await whatRuns('192.168.1.104', toolsWith(fetch, { signal: stop.signal }));
    expect(late).toMatchObject({ kind: 'nothing', why: 'cancelled' });
    expect(fetch).not.toHaveBeenCalled();
  });
});

describe('one request', () => {
  it('reads no more than the limit, and then lets go', async () => {
    const cancelled = vi.fn();
    const chunk = new Uint8Array(10_000).fill(0x20);
    const hose = new ReadableStream<Uint8Array>(
      { pull: (controller) => controller.enqueue(chunk), cancel: cancelled },
      { highWaterMark: 0 },
    );
    const send = async () => new Response(hose);
    const heard = await get('http://a.test/', { fetch: send, signal: new AbortController().signal });
    expect(heard).toMatchObject({ ok: true });
    expect(heard.ok && heard.answer.body.length).toBe(bodyLimit);
    expect(cancelled).toHaveBeenCalled();
  });

  it('knows what a browser shows of a redirect, and what Node does', async () => {
    const signal = new AbortController().signal;
    for (const response of [
      { type: 'opaqueredirect', status: 0 },
      { type: 'basic', status: 302 },
    ]) {
      const send: typeof fetch = async () =>
        Object.create(null, {
          type: { value: response.type },
          status: { value: response.status },
          headers: { value: new Headers() },
          body: { value: null },
        });
      expect(await get('http://a.test/', { fetch: send, signal })).toMatchObject({
        ok: true,
        answer: { status: null },
      });
    }
  });
});
