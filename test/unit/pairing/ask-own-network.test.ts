import { describe, expect, it } from 'vitest';
import { askInOwnNetwork } from '../../../src/pairing/own-network.ts';
import { createHandClock } from '../mirror/hand-clock.ts';

const breath = () => new Promise((resolve) => setTimeout(resolve, 0));
const json = { deviceid: '1000A1B2C3', apikey: 'secret', chipid: '0012ABCD' };

/** Asks a device that answers so, with the time going by as fast as it is slept through. */
async function ask(answer: (url: string, init: RequestInit) => Promise<Response>, signal?: AbortSignal) {
  const clock = createHandClock();
  const asked: { readonly url: string; readonly init: RequestInit; readonly at: number }[] = [];
  const began = clock.now();
  const told = askInOwnNetwork({
    clock,
    signal: signal ?? new AbortController().signal,
    fetch: async (url, init = {}) => {
      asked.push({ url: String(url), init, at: clock.now() - began });
      return answer(String(url), init);
    },
  });
  let done = false;
  const end = () => {
    done = true;
  };
  told.then(end, end);
  for (await breath(); !done; await breath()) clock.advance(100);
  return { told, asked, took: clock.now() - began };
}

const html = () => new Response('<html><form></form></html>', { headers: { 'content-type': 'text/html' } });

describe('asking a device in its own network', () => {
  it('reads who it is and whether its page is open, by two requests that change nothing', async () => {
    const { told, asked } = await ask(async (url) =>
      url.endsWith('/device') ? Response.json(json) : html(),
    );
    await expect(told).resolves.toEqual({
      device: { kind: 'with-chip', deviceid: '1000a1b2c3' },
      page: { kind: 'page' },
    });
    expect(asked.map(({ url }) => url)).toEqual(['http://10.10.7.1/device', 'http://10.10.7.1/']);
    expect(asked[1]?.at).toBeGreaterThanOrEqual(200);
    for (const { init } of asked) {
      expect(init).toMatchObject({ credentials: 'omit', redirect: 'error', cache: 'no-store' });
      expect(init.method ?? 'GET').toBe('GET');
      expect(init.body).toBeUndefined();
    }
  });

  it.each<[string, () => Promise<Response>]>([
    ['nobody is there', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['nobody ever answers', () => new Promise(() => {})],
    [
      'an answer never ends',
      async () => new Response(new ReadableStream({ start: (to) => to.enqueue(new Uint8Array(9)) })),
    ],
    ['an answer is refused', async () => new Response('no', { status: 404 })],
  ])('calls it silence when %s', async (_, answer) => {
    const { told, took } = await ask(answer);
    await expect(told).resolves.toEqual({ device: { kind: 'nothing' }, page: { kind: 'nothing' } });
    expect(took).toBeLessThanOrEqual(11_000);
  });

  it('leaves an answer that is too long to be a device', async () => {
    let pulled = 0;
    const endless = async () =>
      new Response(
        new ReadableStream({
          pull: (to) => {
            pulled += 1;
            to.enqueue(new Uint8Array(1024).fill(0x20));
          },
        }),
      );
    const { told } = await ask(endless);
    await expect(told).resolves.toEqual({ device: { kind: 'nothing' }, page: { kind: 'nothing' } });
    expect(pulled).toBeLessThan(30);
  });

  it('ends at once when it is stopped', async () => {
    const stop = new AbortController();
    const { told, asked } = await ask(async () => {
      stop.abort(new Error('stopped'));
      return Response.json(json);
    }, stop.signal);
    await expect(told).rejects.toThrow('stopped');
    expect(asked).toHaveLength(1);
  });
});
