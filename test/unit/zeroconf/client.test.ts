import { afterEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/zeroconf/address.ts';
import {
  createZeroconfClient,
  type Exchange,
  type ZeroconfClient,
  type ZeroconfClientOptions,
} from '../../../src/zeroconf/client.ts';
import { createDeviceQueue } from '../../../src/zeroconf/queue.ts';
import { type FakeDevice, type HeardRequest, type Manner, startFakeDevice } from './fake-device.ts';
import { accepted, digest, image, replies } from './fixtures.ts';

let device: FakeDevice | null = null;
const never = new AbortController().signal;

afterEach(async () => {
  await device?.close();
  device = null;
});

function addressOf(text: string) {
  const address = parseAddress(text);
  if (!address.ok) throw new Error(text);
  return address.value;
}

async function clientOf(
  answer: (request: HeardRequest, count: number) => Manner,
  options: Partial<ZeroconfClientOptions> = {},
) {
  const started = await startFakeDevice(answer);
  device = started;
  const exchanges: Exchange[] = [];
  const client = createZeroconfClient(addressOf('127.0.0.1'), {
    fetch: started.fetch,
    clock: started.clock,
    hear: (exchange) => exchanges.push(exchange),
    ...options,
  });
  return { client, exchanges, ...started };
}

const info350: unknown = JSON.parse(replies.v350);
const asManner = (value: unknown): Manner => (typeof value === 'object' && value !== null ? value : {});
const knows = ({ command }: HeardRequest) => (command === 'info' ? asManner(info350) : accepted);

/** Every command that has no place in the first request. */
const writes: readonly (readonly [
  string,
  (client: ZeroconfClient, signal: AbortSignal) => Promise<unknown>,
])[] = [
  ['switch', (client, signal) => client.switch('on', signal)],
  ['startup', (client, signal) => client.startup('stay', signal)],
  ['pulse', (client, signal) => client.pulse({ pulse: 'on', pulseWidth: 500 }, signal)],
  ['wifi', (client, signal) => client.wifi({ ssid: 'attic', password: 'hunter2hunter2' }, signal)],
  ['ota_unlock', (client, signal) => client.otaUnlock(signal)],
  ['ota_flash', (client, signal) => client.otaFlash(image, signal)],
];

describe('the commands', () => {
  it('say what the protocol says', async () => {
    const { client, heard, bodies } = await clientOf(() => accepted);
    for (const [, write] of writes) expect(await write(client, never)).toEqual({ ok: true, value: null });
    expect(heard.map(({ command }) => command)).toEqual(writes.map(([command]) => command));
    expect(bodies()).toEqual([
      { data: { switch: 'on' } },
      { data: { startup: 'stay' } },
      { data: { pulse: 'on', pulseWidth: 500 } },
      { data: { ssid: 'attic', password: 'hunter2hunter2' } },
      { data: {} },
      { data: { downloadUrl: image.downloadUrl, sha256sum: digest } },
    ]);
  });

  it('read the signal, from an object or a string', async () => {
    const { client } = await clientOf((_, count) => ({
      seq: 1,
      error: 0,
      data: [{ signalStrength: -67 }, '{"signalStrength":-68}', {}][count - 1],
    }));
    expect(await client.signalStrength(never)).toEqual({ ok: true, value: -67 });
    expect(await client.signalStrength(never)).toEqual({ ok: true, value: -68 });
    expect(await client.signalStrength(never)).toMatchObject({ failure: { kind: 'wrong-shape' } });
  });

  it('do not mind what comes with a success that needs no data', async () => {
    const { client } = await clientOf(() => ({ seq: 3, error: 0, data: 'nonsense' }));
    expect(await client.otaFlash(image, never)).toEqual({ ok: true, value: null });
  });

  it('leave 200 ms between two', async () => {
    const { client, exchanges } = await clientOf(knows);
    await Promise.all([client.info(never), client.otaUnlock(never), client.otaFlash(image, never)]);
    expect(exchanges.map(({ command }) => command)).toEqual(['info', 'ota_unlock', 'ota_flash']);
    const gaps = exchanges
      .slice(1)
      .map(({ at }, n) => at - (exchanges[n]?.at ?? 0) - (exchanges[n]?.ms ?? 0));
    expect(gaps).toEqual([200, 200]);
  });

  it('never meet those of another client that shares the queue', async () => {
    let busy = 0;
    let most = 0;
    const started = await startFakeDevice(() => (response) => {
      most = Math.max(most, ++busy);
      setImmediate(() => {
        busy -= 1;
        response.end(JSON.stringify(accepted));
      });
    });
    device = started;
    const { clock, fetch } = started;
    const options = { clock, fetch, queue: createDeviceQueue(clock) };
    const one = createZeroconfClient(addressOf('127.0.0.1'), options);
    const two = createZeroconfClient(addressOf('127.0.0.1'), options);
    await Promise.all([one.switch('on', never), two.switch('off', never), one.switch('on', never)]);
    expect(most).toBe(1);
    expect(clock.slept.filter((ms) => ms === 200)).toHaveLength(2);
  });
});

describe('silence', () => {
  it.each(['reset', 'empty'] as const)(
    '%s is asked again 10 times, 100 ms apart, for info',
    async (manner) => {
      const { client, heard, clock } = await clientOf(() => manner);
      const result = await client.info(never);
      expect(result).toMatchObject({ ok: false, failure: { kind: 'deviceid-needed', device: 'unchanged' } });
      expect(heard).toHaveLength(11);
      expect(clock.slept.filter((ms) => ms < 1_000)).toEqual(Array(10).fill(100));
    },
  );

  it('is over when the device answers', async () => {
    const { client, exchanges } = await clientOf((_, count) => (count < 4 ? 'reset' : asManner(info350)));
    expect(await client.info(never)).toMatchObject({ ok: true, value: { fwVersion: '3.5.0' } });
    expect(exchanges.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    expect(exchanges[0]?.error).toMatch(/^reset/);
  });

  it('is a broken connection, not a question of the id, once the device has answered', async () => {
    const { client, heard } = await clientOf((_, count) =>
      count === 1 ? asManner(JSON.parse(replies.v14)) : 'reset',
    );
    await client.info(never);
    expect(await client.signalStrength(never)).toMatchObject({ failure: { kind: 'reset' } });
    expect(heard).toHaveLength(12);
  });

  it('is not asked again for longer than the time-out', async () => {
    const { client, heard } = await clientOf(() => {
      device?.clock.pass(2_000);
      return 'reset';
    });
    await client.info(never);
    expect(heard).toHaveLength(3);
  });

  it.each(writes)('%s is sent once, whatever comes of it', async (command, write) => {
    for (const manner of ['reset', 'empty'] as const) {
      const { client, heard, close } = await clientOf(() => manner, { deviceid: '1000abcdef' });
      expect(await write(client, never)).toMatchObject({
        ok: false,
        failure: { command, device: 'may-have-worked' },
      });
      expect(heard).toHaveLength(1);
      await close();
    }
  });

  it('refused is believed at once', async () => {
    const { client, exchanges, close } = await clientOf(() => accepted);
    await close();
    expect(await client.info(never)).toMatchObject({ failure: { kind: 'refused', device: 'unchanged' } });
    expect(exchanges).toHaveLength(1);
  });

  it('info that is never answered times out once', async () => {
    const { client, heard, clock, reached } = await clientOf(() => 'hang');
    const result = client.info(never);
    await reached(1);
    clock.expire();
    expect(await result).toMatchObject({ failure: { kind: 'time-out', device: 'unchanged' } });
    expect(heard).toHaveLength(1);
  });

  it.each([
    ['ota_unlock', 150_000],
    ['ota_flash', 60_000],
    ['switch', 5_000],
  ] as const)('%s waits %i ms', async (name, ms) => {
    const { client, clock, reached } = await clientOf(() => 'hang');
    const write = writes.find(([command]) => command === name)?.[1];
    const result = write?.(client, never);
    await reached(1);
    expect(clock.slept).toEqual([ms]);
    clock.expire();
    expect(await result).toMatchObject({ failure: { kind: 'time-out', device: 'may-have-worked' } });
  });

  it('waits as long as it is told', async () => {
    const { client, clock } = await clientOf(knows, { timeouts: { info: 1_234 } });
    await client.info(never);
    expect(clock.slept).toEqual([1_234]);
  });
});

describe('cancelling', () => {
  it('a flash that is on its way may have worked', async () => {
    const { client, heard, reached } = await clientOf(() => 'hang');
    const stop = new AbortController();
    const result = client.otaFlash(image, stop.signal);
    await reached(1);
    stop.abort();
    expect(await result).toMatchObject({ failure: { kind: 'cancelled', device: 'may-have-worked' } });
    expect(heard).toHaveLength(1);
  });

  it('a flash that waits for its turn has changed nothing', async () => {
    const { client, heard, reached, clock } = await clientOf(() => 'hang');
    const first = client.info(never);
    await reached(1);
    const stop = new AbortController();
    const second = client.otaFlash(image, stop.signal);
    stop.abort();
    expect(await second).toMatchObject({ failure: { kind: 'cancelled', device: 'unchanged' } });
    clock.expire();
    await first;
    expect(heard).toHaveLength(1);
  });

  it('before the start sends nothing', async () => {
    const { client, heard } = await clientOf(() => accepted);
    expect(await client.otaFlash(image, AbortSignal.abort())).toMatchObject({
      failure: { kind: 'cancelled', device: 'unchanged' },
    });
    expect(heard).toHaveLength(0);
  });

  it('between two attempts ends them', async () => {
    const stop = new AbortController();
    const { client, heard } = await clientOf((_, count) => {
      if (count === 2) stop.abort();
      return 'reset';
    });
    expect(await client.info(stop.signal)).toMatchObject({
      failure: { kind: 'cancelled', device: 'unchanged' },
    });
    expect(heard).toHaveLength(2);
  });
});

describe('ota_flash', () => {
  it.each([
    ['upper case', { ...image, sha256sum: digest.toUpperCase() }, 'bad-digest'],
    ['63 digits', { ...image, sha256sum: digest.slice(1) }, 'bad-digest'],
    ['a line end', { ...image, sha256sum: `${digest}\n` }, 'bad-digest'],
    ['no digest', { ...image, sha256sum: '' }, 'bad-digest'],
    ['https', { ...image, downloadUrl: 'https://mirror.test/a.bin' }, 'bad-url'],
    ['HTTP', { ...image, downloadUrl: 'HTTP://mirror.test/a.bin' }, 'bad-url'],
    ['a path', { ...image, downloadUrl: '/a.bin' }, 'bad-url'],
    ['a space', { ...image, downloadUrl: 'http://mirror.test/a b.bin' }, 'bad-url'],
    ['a line end', { ...image, downloadUrl: 'http://mirror.test/a.bin\n' }, 'bad-url'],
    ['no host', { ...image, downloadUrl: 'http://:80/' }, 'bad-url'],
  ])('with %s leaves nothing on the wire', async (_, wrong, kind) => {
    const { client, heard, exchanges } = await clientOf(() => accepted);
    expect(await client.otaFlash(wrong, never)).toMatchObject({ failure: { kind, device: 'unchanged' } });
    expect(heard).toHaveLength(0);
    expect(exchanges).toHaveLength(0);
  });

  it.each([403, 408, 409, 413, 422, 424, 471, 500, 999])('%i is the end of it', async (error) => {
    const { client, heard } = await clientOf(() => ({ seq: 3, error }), { deviceid: '1000abcdef' });
    expect(await client.otaFlash(image, never)).toMatchObject({
      failure: { code: error, command: 'ota_flash' },
    });
    expect(heard).toHaveLength(1);
  });
});

describe('the journal', () => {
  it('hears of request and answer, but of no password', async () => {
    const { client, exchanges, heard } = await clientOf(() => accepted);
    await client.wifi({ ssid: 'attic', password: 'hunter2hunter2' }, never);
    expect(exchanges).toEqual([
      {
        command: 'wifi',
        at: 1_000_000,
        ms: 0,
        attempt: 1,
        requestBody: '{"data":{"ssid":"attic","password":"…"}}',
        status: 200,
        replyText: '{"seq":2,"error":0}',
      },
    ]);
    expect(heard[0]?.body).toContain('hunter2hunter2');
    expect(JSON.parse(JSON.stringify(exchanges))).toEqual(exchanges);
  });

  it('hears only the beginning of a long answer', async () => {
    const { client, exchanges } = await clientOf(() => (response) => response.end('x'.repeat(200_000)));
    expect(await client.info(never)).toMatchObject({ failure: { kind: 'too-large' } });
    expect(exchanges[0]?.replyText?.length).toBeLessThan(1_100);
  });

  it('that fails does not hide the answer', async () => {
    const { client } = await clientOf(() => accepted, {
      hear: () => {
        throw new Error('storage is full');
      },
    });
    expect(await client.otaFlash(image, never)).toEqual({ ok: true, value: null });
  });
});

describe('other things at the address', () => {
  it.each([
    ['a web page', '<!doctype html><title>Router</title>', 200, 'html'],
    ['a web page that is missing', '<h1>404</h1>', 404, 'html'],
    ['an error of HTTP', '{}', 405, 'http-status'],
    ['text', 'hello', 200, 'not-json'],
    ['other JSON', '{"status":"ok"}', 200, 'wrong-shape'],
    ['success without data', '{"seq":1,"error":0}', 200, 'wrong-shape'],
  ])('%s', async (_, text, status, kind) => {
    const { client, heard } = await clientOf(() => (response) => response.writeHead(status).end(text));
    expect(await client.info(never)).toMatchObject({
      failure: { kind, device: 'unchanged', code: kind === 'http-status' ? status : null },
    });
    expect(heard).toHaveLength(1);
  });
});
