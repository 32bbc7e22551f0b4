import { afterEach, describe, expect, it, vi } from 'vitest';
import { clientOf, closeDevices, knows, literally, never, writes } from './client-bench.ts';
import { accepted, digest, image, replies } from './fixtures.ts';
import { createHeldClock } from './held-clock.ts';

afterEach(closeDevices);

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
    const { client, exchanges } = await clientOf((_, count) =>
      count < 4 ? 'reset' : literally(replies.v350),
    );
    expect(await client.info(never)).toMatchObject({ ok: true, value: { fwVersion: '3.5.0' } });
    expect(exchanges.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    expect(exchanges[0]?.error).toMatch(/^reset/);
  });

  it('that is this computer’s own is asked again for info, and never for what changes something', async () => {
    const lost = (): Promise<never> =>
      Promise.reject(new TypeError('Failed to fetch', { cause: { code: 'ENETRESET' } }));
    const asked = vi.fn(lost);
    const { client, exchanges } = await clientOf(() => 'reset', { fetch: asked });
    expect(await client.info(never)).toMatchObject({
      failure: { kind: 'network-changed', device: 'unchanged' },
    });
    expect(asked).toHaveBeenCalledTimes(11);
    expect(exchanges[0]?.error).toMatch(/^network-changed/);
    asked.mockClear();
    expect(await client.otaUnlock(never)).toMatchObject({
      failure: { kind: 'network-changed', device: 'may-have-worked' },
    });
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('is a broken connection, not a question of the id, once the device has answered', async () => {
    const { client, heard } = await clientOf((_, count) => (count === 1 ? literally(replies.v14) : 'reset'));
    await client.info(never);
    expect(await client.signalStrength(never)).toMatchObject({ failure: { kind: 'reset' } });
    expect(heard).toHaveLength(12);
  });

  it('is not asked again once somebody has stopped, not even in the breath after a pause', async () => {
    const stop = new AbortController();
    const held = createHeldClock();
    const sleep: typeof held.sleep = async (ms, signal) => {
      await held.sleep(ms, signal);
      if (ms === 100) stop.abort();
    };
    const { client, heard } = await clientOf(() => 'reset', { clock: { ...held, sleep } });
    expect(await client.info(stop.signal)).toMatchObject({ failure: { kind: 'cancelled' } });
    expect(heard).toHaveLength(1);
  });

  it('is not asked again for longer than the time-out', async () => {
    const clock = createHeldClock();
    const slow = () => {
      clock.pass(2_000);
      return 'reset' as const;
    };
    const { client, heard } = await clientOf(slow, { clock });
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
    const { client, clock } = await clientOf(knows, { timeouts: () => ({ info: 1_234 }) });
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
