import { afterEach, describe, expect, it } from 'vitest';
import { createZeroconfClient } from '../../../src/zeroconf/client/client.ts';
import { createDeviceQueue } from '../../../src/zeroconf/client/queue.ts';
import { clientOf, closeDevices, deviceOf, here, knows, never, writes } from './client-bench.ts';
import { accepted, digest, image } from './fixtures.ts';

afterEach(closeDevices);

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

  it('end as soon as somebody stops, and hide no fault of ours', async () => {
    const { client, clock } = await clientOf(knows);
    expect(await client.makeWay(AbortSignal.abort())).toBe('cancelled');
    const queue = { run: () => Promise.reject(new Error('broken')) };
    const broken = createZeroconfClient(here(), { fetch, clock, queue });
    await expect(broken.makeWay(never)).rejects.toThrow('broken');
    await expect(broken.info(never)).rejects.toThrow('broken');
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
    const started = await deviceOf(() => (response) => {
      most = Math.max(most, ++busy);
      setImmediate(() => {
        busy -= 1;
        response.end(JSON.stringify(accepted));
      });
    });
    const { clock, fetch } = started;
    const options = { clock, fetch, queue: createDeviceQueue(clock) };
    const one = createZeroconfClient(here(), options);
    const two = createZeroconfClient(here(), options);
    await Promise.all([one.switch('on', never), two.switch('off', never), one.switch('on', never)]);
    expect(most).toBe(1);
    expect(clock.slept.filter((ms) => ms === 200)).toHaveLength(2);
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
