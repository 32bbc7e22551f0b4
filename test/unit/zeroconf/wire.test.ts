import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Heard } from '../../../src/zeroconf/client/wire.ts';
import { post, replyLimit } from '../../../src/zeroconf/client/wire.ts';
import { faultOf } from '../../../src/zeroconf/errors/fault.ts';
import { type FakeDevice, type Manner, startFakeDevice } from './fake-device.ts';
import { createHeldClock } from './held-clock.ts';

let device: FakeDevice | null = null;
const url = 'http://127.0.0.1:8081/zeroconf/info';
const never = new AbortController().signal;

afterEach(async () => {
  await device?.close();
  device = null;
});

async function ask(manner: Manner, meanwhile?: (device: FakeDevice, stop: AbortController) => Promise<void>) {
  device = await startFakeDevice(() => manner);
  const { fetch, clock } = device;
  const stop = new AbortController();
  const heard = post(url, '{}', { fetch, clock, timeout: 5_000, ownConnection: false, signal: stop.signal });
  await meanwhile?.(device, stop);
  return heard;
}

const faultIn = (heard: Heard) => (heard.ok ? null : heard.fault);

describe('post', () => {
  it('asks for a connection of its own by another kind of credentials, which sends none', async () => {
    const kinds: unknown[] = [];
    device = await startFakeDevice(() => ({ seq: 1, error: 0 }));
    const { fetch, clock } = device;
    const spy: typeof fetch = (input, init) => {
      kinds.push(init?.credentials);
      return fetch(input, init);
    };
    for (const ownConnection of [false, true]) {
      await post(url, '{}', { fetch: spy, clock, timeout: 5_000, ownConnection, signal: never });
    }
    expect(kinds).toEqual(['omit', 'same-origin']);
  });

  it('sends a plain JSON POST that follows, stores and tells nothing', async () => {
    let sent: RequestInit | undefined;
    device = await startFakeDevice(() => ({ seq: 1, error: 0 }));
    const { fetch, clock } = device;
    const spy: typeof fetch = (input, init) => {
      sent = init;
      return fetch(input, init);
    };
    const heard = await post(url, '{"data":{}}', {
      fetch: spy,
      clock,
      timeout: 5_000,
      ownConnection: false,
      signal: never,
    });
    expect(heard).toEqual({
      ok: true,
      answer: { status: 200, contentType: 'application/json', text: '{"seq":1,"error":0}' },
    });
    expect(device.heard).toMatchObject([
      {
        method: 'POST',
        command: 'info',
        body: '{"data":{}}',
        headers: { 'content-type': 'application/json' },
      },
    ]);
    const { signal, ...rest } = sent ?? {};
    expect(signal).toBeInstanceOf(AbortSignal);
    expect(rest).toEqual({
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"data":{}}',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
    });
  });

  it.each([
    ['reset', 'reset'],
    ['empty', 'empty-reply'],
  ] as const)('calls %s %s', async (manner, fault) => {
    expect(faultIn(await ask(manner))).toBe(fault);
  });

  it('calls a closed port refused', async () => {
    device = await startFakeDevice(() => 'hang');
    const { fetch, clock } = device;
    await device.close();
    expect(
      faultIn(await post(url, '', { fetch, clock, timeout: 5_000, ownConnection: false, signal: never })),
    ).toBe('refused');
  });

  it('does not follow a redirect', async () => {
    const heard = await ask((response) => response.writeHead(302, { Location: '/elsewhere' }).end());
    expect(heard.ok).toBe(false);
    expect(device?.heard.length).toBe(1);
  });

  it('ends with a time-out when no header comes', async () => {
    const heard = await ask('hang', async ({ reached, clock }) => {
      await reached(1);
      clock.expire();
    });
    expect(faultIn(heard)).toBe('time-out');
    expect(device?.clock.slept).toEqual([5_000]);
  });

  it('ends with a time-out when the body does not end', async () => {
    const heard = await ask(
      (response) => response.writeHead(200).write('{"seq":'),
      async ({ reached, clock }) => {
        await reached(1);
        clock.expire();
      },
    );
    expect(faultIn(heard)).toBe('time-out');
  });

  it('ends when it is cancelled', async () => {
    const heard = await ask('hang', async ({ reached }, stop) => {
      await reached(1);
      stop.abort();
    });
    expect(faultIn(heard)).toBe('cancelled');
  });

  it('ends even when the fetch heeds no signal', async () => {
    const clock = createHeldClock();
    const deaf: typeof fetch = () => new Promise(() => {});
    const heard = post(url, '', { fetch: deaf, clock, timeout: 5_000, ownConnection: false, signal: never });
    clock.expire();
    expect(faultIn(await heard)).toBe('time-out');
  });

  it('leaves a body that is too large, and closes the connection', async () => {
    let closed: () => void = () => {};
    const gone = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const piece = 'x'.repeat(8_192);
    const heard = await ask((response) => {
      const more = () => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', more).on('close', closed);
      more();
    });
    expect(faultIn(heard)).toBe('too-large');
    await gone;
  });

  it('cancels a body that is too large, though its fetch heeds no signal', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(8_192)),
      cancel: () => {
        cancelled = true;
      },
    });
    const clock = createHeldClock();
    const deaf: typeof fetch = async () => new Response(body);
    expect(
      faultIn(
        await post(url, '', { fetch: deaf, clock, timeout: 5_000, ownConnection: false, signal: never }),
      ),
    ).toBe('too-large');
    expect(cancelled).toBe(true);
  });

  it('leaves no timer behind', async () => {
    await ask({ seq: 1, error: 0 });
    expect(device?.clock.pending()).toBe(0);
  });

  it.each([
    [replyLimit, true],
    [replyLimit + 1, false],
  ])('%i bytes: %s', async (size, whole) => {
    const heard = await ask((response) => response.end('x'.repeat(size)));
    expect(heard.ok).toBe(whole);
  });

  it('reads letters that are cut by the network', async () => {
    const bytes = new TextEncoder().encode('é');
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const heard = await post(url, '', {
      fetch: async () => new Response(body),
      clock: createHeldClock(),
      timeout: 5_000,
      ownConnection: false,
      signal: never,
    });
    expect(heard).toMatchObject({ ok: true, answer: { text: 'é' } });
  });

  it('calls an answer that breaks off a broken connection', async () => {
    const server = createTcpServer((socket) => {
      socket.once('data', () => {
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{"seq":');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const here = `http://127.0.0.1:${address.port}/`;
    const heard = await post(here, '', {
      fetch,
      clock: createHeldClock(),
      timeout: 5_000,
      ownConnection: false,
      signal: never,
    });
    expect(faultIn(heard)).toBe('empty-reply');
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('faultOf', () => {
  it.each([
    ['ECONNREFUSED', 'refused'],
    ['ECONNRESET', 'reset'],
    ['UND_ERR_SOCKET', 'empty-reply'],
    ['EMPTY_RESPONSE', 'empty-reply'],
    ['EHOSTUNREACH', 'unreachable'],
    ['ENETUNREACH', 'unreachable'],
    ['ENOTFOUND', 'name-not-found'],
    ['ETIMEDOUT', 'time-out'],
    ['UND_ERR_CONNECT_TIMEOUT', 'time-out'],
    ['ENETRESET', 'network-changed'],
    ['NO_PERMISSION', 'no-permission'],
    ['SOMETHING_ELSE', 'no-connection'],
    ['constructor', 'no-connection'],
  ])('%s is %s', (code, fault) => {
    expect(faultOf(new TypeError('fetch failed', { cause: { code } }))).toBe(fault);
  });

  it.each([
    [new TypeError('NetworkError when attempting to fetch resource.'), 'no-connection'],
    [new DOMException('stopped', 'AbortError'), 'cancelled'],
    [new DOMException('late', 'TimeoutError'), 'time-out'],
    [null, 'no-connection'],
    ['text', 'no-connection'],
  ])('%s is %s', (error, fault) => {
    expect(faultOf(error)).toBe(fault);
  });
});
