import { afterEach, describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { cleanDeviceid, createZeroconfClient } from '../../../src/zeroconf/client/client.ts';
import { type FakeDevice, type Manner, startFakeDevice } from './fake-device.ts';
import { accepted, deviceid, image, replies } from './fixtures.ts';

let device: FakeDevice | null = null;
const never = new AbortController().signal;
const id = deviceid;

afterEach(async () => {
  await device?.close();
  device = null;
});

/** A device that answers by how it is called: `omit` without an id, `id` with it. */
async function clientOf(
  manners: { readonly omit: Manner; readonly id: Manner },
  given?: string,
  reply: string = replies.v376,
) {
  const info: unknown = JSON.parse(reply);
  const started = await startFakeDevice(({ command, body }) => {
    const manner = body.includes('"deviceid"') ? manners.id : manners.omit;
    if (manner !== accepted || command !== 'info') return manner;
    return typeof info === 'object' && info !== null ? info : {};
  });
  device = started;
  const { fetch, clock } = started;
  const client = createZeroconfClient(
    { host: '127.0.0.1', reach: 'loopback' },
    given === undefined ? { fetch, clock } : { fetch, clock, deviceid: given },
  );
  const calls = () =>
    started.heard.map(({ command, body }) => `${command} ${body.includes('"deviceid"') ? 'id' : 'omit'}`);
  return { client, calls, ...started };
}

const wrongId = { seq: 1, error: 404 };
const notDiy = { seq: 199, error: 400 };

describe('the id', () => {
  it('is omitted first, learned, and sent from then on', async () => {
    const { client, calls, bodies } = await clientOf({ omit: accepted, id: accepted });
    expect(client.deviceid).toBeNull();
    await client.info(never);
    expect(client.deviceid).toBe(id);
    await client.otaUnlock(never);
    await client.info(never);
    await client.otaFlash(image, never);
    expect(calls()).toEqual(['info omit', 'ota_unlock id', 'info id', 'ota_flash id']);
    expect(bodies()[1]).toEqual({ deviceid: id, data: {} });
  });

  it('is omitted again when it is refused, for good', async () => {
    const { client, calls } = await clientOf({ omit: accepted, id: wrongId });
    expect(await client.info(never)).toMatchObject({ ok: true, value: { refusesId: false } });
    expect(await client.info(never)).toMatchObject({ ok: true, value: { refusesId: true } });
    await client.otaUnlock(never);
    expect(await client.info(never)).toMatchObject({ ok: true, value: { refusesId: true } });
    expect(await client.otaFlash(image, never)).toEqual({ ok: true, value: null });
    expect(calls()).toEqual([
      'info omit',
      'info id',
      'info omit',
      'ota_unlock omit',
      'info omit',
      'ota_flash omit',
    ]);
  });

  it('is omitted again when info breaks off with it', async () => {
    const { client, calls } = await clientOf({ omit: accepted, id: 'reset' });
    await client.info(never);
    expect(await client.info(never)).toMatchObject({ ok: true });
    await client.signalStrength(never);
    expect(calls().slice(-3)).toEqual(['info omit', 'info id', 'signal_strength omit']);
    expect(calls().filter((call) => call === 'info id')).toHaveLength(12);
  });

  it('is not taken for refused because the device could not be reached for a while', async () => {
    let lost = 0;
    const started = await startFakeDevice(({ command }, count) => {
      if (count === 2) return 'hang';
      if (lost > 0) {
        lost -= 1;
        return 'reset';
      }
      return command === 'info' ? (response) => response.end(replies.v376) : accepted;
    });
    device = started;
    const { fetch, clock, heard, reached, bodies } = started;
    const client = createZeroconfClient({ host: '127.0.0.1', reach: 'loopback' }, { fetch, clock });
    await client.info(never);
    const second = client.info(never);
    await reached(2);
    clock.expire();
    expect(await second).toMatchObject({ ok: true, value: { refusesId: false } });
    expect(bodies().slice(1)).toMatchObject([{ deviceid: id }, { data: {} }, { deviceid: id }]);
    expect(heard).toHaveLength(4);

    lost = 11;
    const known = { id, refusesId: false };
    const next = createZeroconfClient({ host: '127.0.0.1', reach: 'loopback' }, { fetch, clock, known });
    expect(await next.info(never)).toMatchObject({ ok: true, value: { refusesId: false } });
    await next.otaFlash(image, never);
    expect(bodies().at(-1)).toMatchObject({ deviceid: id });
  });

  it('is not dropped after a reset where asking twice may do harm', async () => {
    const { client, calls } = await clientOf({ omit: accepted, id: 'reset' });
    await client.info(never);
    expect(await client.otaUnlock(never)).toMatchObject({
      failure: { kind: 'reset', device: 'may-have-worked' },
    });
    expect(calls()).toEqual(['info omit', 'ota_unlock id']);
  });

  it.each([
    ['404', wrongId],
    ['422', { seq: 1, error: 422 }],
    ['a reset', 'reset'],
  ] as const)('is asked for after %s without it', async (_, omit) => {
    const { client } = await clientOf({ omit, id: accepted });
    const result = await client.info(never);
    expect(result).toMatchObject({ failure: { kind: 'deviceid-needed', device: 'unchanged' } });
    if (!result.ok) expect(inEnglish(result.failure.action)).toContain('ITEAD-');
  });

  it.each([
    ['404', wrongId],
    ['400', notDiy],
    ['422', { seq: 1, error: 422 }],
    ['a reset', 'reset'],
    ['an empty reply', 'empty'],
  ] as const)('is used when it was given, after %s without it', async (_, omit) => {
    const { client, calls } = await clientOf({ omit, id: accepted }, id, replies.v14);
    expect(await client.info(never)).toMatchObject({ ok: true, value: { protocol: '1.4' } });
    await client.otaUnlock(never);
    await client.otaFlash(image, never);
    expect(calls()[0]).toBe('info omit');
    expect(calls().slice(-3)).toEqual(['info id', 'ota_unlock id', 'ota_flash id']);
    expect(client.deviceid).toBe(id);
  });

  it('is tried when nothing comes without it', async () => {
    const { client, calls, reached, clock } = await clientOf({ omit: 'hang', id: accepted }, id);
    const result = client.info(never);
    await reached(1);
    clock.expire();
    expect(await result).toMatchObject({ ok: true });
    expect(calls()).toEqual(['info omit', 'info id']);
    expect(clock.slept).toEqual([5_000, 200, 5_000]);
  });

  it('is not doubted once it has worked and the device falls silent', async () => {
    let silent = false;
    const started = await startFakeDevice(() => (silent ? 'hang' : (response) => response.end(replies.v376)));
    device = started;
    const { fetch, clock, heard, reached } = started;
    const client = createZeroconfClient({ host: '127.0.0.1', reach: 'loopback' }, { fetch, clock });
    await client.info(never);
    await client.info(never);
    silent = true;
    const result = client.info(never);
    await reached(3);
    clock.expire();
    expect(await result).toMatchObject({ failure: { kind: 'time-out' } });
    expect(heard).toHaveLength(3);
  });

  it('of another device is tried although that of the last one was refused', async () => {
    let told = id;
    const started = await startFakeDevice(({ command, body }) => {
      if (body.includes('"deviceid"')) return wrongId;
      return command === 'info' ? (response) => response.end(replies.v376.replace(id, told)) : accepted;
    });
    device = started;
    const { fetch, clock, bodies } = started;
    const client = createZeroconfClient({ host: '127.0.0.1', reach: 'loopback' }, { fetch, clock });
    await client.info(never);
    await client.info(never);
    told = '1000fedcba';
    await client.info(never);
    expect(client.deviceid).toBe(told);
    expect(await client.otaUnlock(never)).toMatchObject({ failure: { kind: 'wrong-deviceid' } });
    expect(bodies().at(-1)).toEqual({ deviceid: told, data: {} });
  });

  it('that is given but not the device’s is called wrong', async () => {
    const { client } = await clientOf({ omit: 'reset', id: wrongId }, id);
    expect(await client.info(never)).toMatchObject({ failure: { kind: 'wrong-deviceid', code: 404 } });
  });

  it('has nothing to do with a device outside DIY mode', async () => {
    const { client } = await clientOf({ omit: notDiy, id: notDiy });
    expect(await client.info(never)).toMatchObject({ failure: { kind: 'not-in-diy-mode', code: 400 } });
  });

  it.each(['', '  ', 'ITEAD-'])('%j is none, and "" is never sent', async (given) => {
    const { client, heard } = await clientOf({ omit: wrongId, id: accepted }, given);
    expect(await client.info(never)).toMatchObject({ failure: { kind: 'deviceid-needed' } });
    expect(heard.map(({ body }) => body)).toEqual(['{"data":{}}']);
  });

  it('that the device tells as "" is not learned', async () => {
    const reply = replies.v376.replace(id, '');
    const { client, heard } = await clientOf({ omit: accepted, id: accepted }, undefined, reply);
    await client.info(never);
    await client.info(never);
    expect(client.deviceid).toBeNull();
    expect(heard.map(({ body }) => body)).toEqual(['{"data":{}}', '{"data":{}}']);
  });

  it.each([
    [' ITEAD-1000abcdef ', '1000abcdef'],
    ['eWeLink_1000abcdef.local', '1000abcdef'],
    ['1000abcdef', '1000abcdef'],
    ['', null],
  ])('typed as %j is %j', (text, clean) => {
    expect(cleanDeviceid(text)).toBe(clean);
  });
});

describe('ota_flash and the id', () => {
  it.each([
    ['that was told', undefined],
    ['that was typed', id],
  ])('goes with the id %s, though info was answered without', async (_, given) => {
    const reply = given === undefined ? replies.v376 : replies.v14;
    const { client, calls } = await clientOf({ omit: accepted, id: accepted }, given, reply);
    await client.info(never);
    await client.otaUnlock(never);
    await client.otaFlash(image, never);
    expect(calls()).toEqual(['info omit', 'ota_unlock id', 'ota_flash id']);
  });

  it('goes with the id that an earlier background was told, though nothing was asked yet', async () => {
    const started = await startFakeDevice(() => accepted);
    device = started;
    const { fetch, clock, bodies } = started;
    const known = { id, refusesId: false };
    const client = createZeroconfClient({ host: '127.0.0.1', reach: 'loopback' }, { fetch, clock, known });
    await client.otaFlash(image, never);
    expect(bodies()).toMatchObject([{ deviceid: id }]);
  });

  it('goes without the id only where that is known to be refused, and never in both ways', async () => {
    for (const refusesId of [true, false]) {
      const started = await startFakeDevice(() => wrongId);
      const { fetch, clock, calls } = { ...started, calls: () => started.heard.map(({ body }) => body) };
      const known = { id, refusesId };
      const client = createZeroconfClient({ host: '127.0.0.1', reach: 'loopback' }, { fetch, clock, known });
      expect(await client.otaFlash(image, never)).toMatchObject({ ok: false });
      expect(calls()).toHaveLength(1);
      expect(calls()[0]?.includes('"deviceid"')).toBe(!refusesId);
      await started.close();
    }
  });

  it('asks for the id after 404 without one', async () => {
    const { client, calls } = await clientOf({ omit: wrongId, id: accepted });
    expect(await client.otaFlash(image, never)).toMatchObject({
      failure: { kind: 'deviceid-needed', device: 'unchanged' },
    });
    expect(calls()).toEqual(['ota_flash omit']);
  });

  it('never leaves an id out that was refused: another device may answer there', async () => {
    const { client, calls } = await clientOf({ omit: accepted, id: wrongId }, id);
    expect(await client.otaFlash(image, never)).toMatchObject({
      failure: { kind: 'wrong-deviceid', device: 'unchanged' },
    });
    expect(calls()).toEqual(['ota_flash id']);
  });
});

describe('a device that is asked once a call', () => {
  it('gets one request for each, and is heard without its id once that was refused', async () => {
    const started = await startFakeDevice(({ body }) =>
      body.includes('"deviceid"') ? wrongId : (response) => response.end(replies.v376),
    );
    device = started;
    const { fetch, clock, heard } = started;
    const known = { id: '1000ffffff', refusesId: false };
    const options = { fetch, clock, known, persistent: false };
    const client = createZeroconfClient({ host: '127.0.0.1', reach: 'loopback' }, options);
    expect(await client.info(never)).toMatchObject({ failure: { kind: 'wrong-deviceid' } });
    expect(heard).toHaveLength(1);
    expect(await client.info(never)).toMatchObject({ ok: true, value: { deviceid: id } });
    expect(heard).toHaveLength(2);
  });
});
