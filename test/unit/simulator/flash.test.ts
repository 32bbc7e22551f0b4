import { describe, expect, it } from 'vitest';
import { buildImage } from '../../images/esp8266-image.ts';
import { gzipOf } from '../../images/other-files.ts';
import { profiles } from '../../simulator/profiles.ts';
import { aDevice, aMirror, digestOf, flashBody, image, imagePath, say } from './desk.ts';

const accepted = expect.stringMatching(/"error":0\}$/);
const otherDigest = '0'.repeat(64);
const flashable = profiles.filter(
  ({ plainRequest, commands, downloader }) =>
    plainRequest === 'served' && commands.includes('ota_flash') && downloader === 'itead',
);

describe('ota_flash', () => {
  it.each(flashable.map(({ name }) => name))(
    '%s ends as Tasmota and holds exactly the image',
    async (profile) => {
      const mirror = await aMirror();
      const device = await aDevice({ profile, unlocked: true });
      const { data } = flashBody(mirror);
      const heard = await say(device, 'ota_flash', { deviceid: '1000a1b2c3', data });
      expect(heard.body).toEqual(accepted);
      expect(await device.waitUntil('tasmota')).toEqual({
        state: 'tasmota',
        firmware: 'Tasmota',
        accessPoint: 'tasmota_A1B2C3-1234',
      });
      expect(device.flash.image).toEqual(image);
      expect(device.flash.written).toBe(image.length);
      expect(device.otaFlashCount).toBe(1);
      expect(device.callbacks).toMatchObject([{ error: 0, status: 200 }]);
      expect(mirror.callbacks).toEqual(['{"error":0}']);
      expect(await say(device, 'info', { data: {} })).toMatchObject({ ended: 'reset', raw: '' });
    },
  );

  it('says 403 while it is locked, and downloads nothing', async () => {
    const mirror = await aMirror();
    const device = await aDevice();
    expect((await say(device, 'ota_flash', flashBody(mirror))).body).toBe('{"seq":2,"error":403}');
    expect(mirror.requests).toEqual([]);
  });

  it.each([
    ['short', 'abc'],
    ['not hex', 'g'.repeat(64)],
  ])('says 422 to a digest that is %s', async (_name, sha256sum) => {
    const mirror = await aMirror();
    const device = await aDevice({ unlocked: true });
    expect((await say(device, 'ota_flash', flashBody(mirror, sha256sum))).body).toContain('"error":422');
  });

  it('takes an upper-case digest for wrong: 422 on 3.6.0, never equal on the others', async () => {
    const mirror = await aMirror();
    const upper = flashBody(mirror, digestOf(image).toUpperCase());
    const device = await aDevice({ unlocked: true });
    expect((await say(device, 'ota_flash', upper)).body).toContain('"error":422');
    const other = await aDevice({ unlocked: true, profile: '3.5.0' });
    expect((await say(other, 'ota_flash', upper)).body).toEqual(accepted);
    await other.waitUntil(({ callbacks }) => callbacks.length === 1);
    expect(other.callbacks).toMatchObject([{ error: 409 }]);
  });

  it('says 413 to 520,208 bytes', async () => {
    const mirror = await aMirror(buildImage({ size: 520_208 }));
    const device = await aDevice({ unlocked: true });
    expect((await say(device, 'ota_flash', flashBody(mirror))).body).toContain('"error":413');
    await device.waitUntil('sonoff');
    expect(device.flash.written).toBe(0);
  });

  it.each([
    'https://127.0.0.1/x.bin',
    'http://127.0.0.1',
    'http:///x.bin',
    'http://127.0.0.1/a:b.bin',
    'http://127.0.0.1:99999/x.bin',
    `http://127.0.0.1/${'x'.repeat(128)}`,
  ])('says 424 to the address %s', async (downloadUrl) => {
    const device = await aDevice({ unlocked: true });
    const body = { data: { downloadUrl, sha256sum: otherDigest } };
    expect((await say(device, 'ota_flash', body)).body).toContain('"error":424');
  });

  it('says 424 when nobody is there, after three more tries', async () => {
    const mirror = await aMirror();
    const body = flashBody(mirror);
    await mirror.stop();
    const device = await aDevice({ unlocked: true });
    expect((await say(device, 'ota_flash', body)).body).toContain('"error":424');
    expect(device.downloads).toMatchObject([{ reconnects: 3, requests: [] }]);
  });

  it('says 408 when the first range does not come', async () => {
    const mirror = await aMirror();
    mirror.breakPath(imagePath, { kind: 'silent' });
    const device = await aDevice({ unlocked: true });
    expect((await say(device, 'ota_flash', flashBody(mirror))).body).toContain('"error":408');
    await device.waitUntil('sonoff');
  });

  it('keeps silent while it is at work already', async () => {
    const mirror = await aMirror();
    const device = await aDevice({ unlocked: true, speed: 200_000 });
    await say(device, 'ota_flash', flashBody(mirror));
    expect(await say(device, 'ota_flash', flashBody(mirror))).toMatchObject({ raw: '', ended: 'closed' });
    expect((await say(device, 'info', { data: {} })).body).toContain('"error":0');
    await device.waitUntil('tasmota');
    expect(device.otaFlashCount).toBe(2);
    expect(device.downloads).toHaveLength(1);
  });

  it('flashes although its reply is lost', async () => {
    const mirror = await aMirror();
    const device = await aDevice({ unlocked: true, faults: [{ kind: 'drop-reply', on: 'ota_flash' }] });
    expect(await say(device, 'ota_flash', flashBody(mirror))).toMatchObject({ raw: '', ended: 'closed' });
    expect(await device.waitUntil('tasmota')).toMatchObject({ state: 'tasmota' });
  });
});

describe('completion', () => {
  it('immediate answers before the server is asked, and loops on a server without Range', async () => {
    const mirror = await aMirror();
    mirror.breakPath(imagePath, { kind: 'ignores-range' });
    const device = await aDevice({ unlocked: true, completion: 'immediate', timeScale: 0.004 });
    expect((await say(device, 'ota_flash', flashBody(mirror))).body).toEqual(accepted);
    await device.waitUntil(({ callbacks }) => callbacks.length === 1);
    const ranges = new Set(device.downloads[0]?.requests.map(({ range }) => range));
    expect([...ranges]).toEqual(['bytes=0-4095']);
    expect(device.downloads[0]?.requests.length).toBeGreaterThan(5);
    expect(device.callbacks).toMatchObject([{ error: 404 }]);
  });

  it('immediate reports what is too large to the mirror', async () => {
    const mirror = await aMirror(buildImage({ size: 520_208 }));
    const device = await aDevice({ unlocked: true, completion: 'immediate' });
    expect((await say(device, 'ota_flash', flashBody(mirror))).body).toEqual(accepted);
    await device.waitUntil('sonoff');
    expect(mirror.callbacks).toEqual(['{"error":406}']);
  });

  it.each([
    [digestOf(image), 0, 0, 'restarting'],
    [otherDigest, 471, 409, 'sonoff'],
  ] as const)('late answers when all is done', async (sha256sum, error, callback, state) => {
    const mirror = await aMirror();
    const device = await aDevice({ unlocked: true, completion: 'late', rebootMs: 1000 });
    const heard = await say(device, 'ota_flash', flashBody(mirror, sha256sum));
    expect(heard.body).toBe(`{"seq":2,"error":${error}}`);
    expect(device.callbacks).toMatchObject([{ error: callback }]);
    expect(device.became.state).toBe(state);
  });

  it('late passes a download that breaks off on as 424', async () => {
    const mirror = await aMirror();
    mirror.breakPath(imagePath, { kind: 'server-error', after: 3 });
    const device = await aDevice({ unlocked: true, completion: 'late' });
    expect((await say(device, 'ota_flash', flashBody(mirror))).body).toContain('"error":424');
    expect(mirror.callbacks).toEqual(['{"error":404}']);
  });
});

describe('what becomes of it', () => {
  it('a digest mismatch is no brick until it is restarted', async () => {
    const mirror = await aMirror();
    const device = await aDevice({ unlocked: true });
    await say(device, 'ota_flash', flashBody(mirror, otherDigest));
    await device.waitUntil(({ became }) => became.reason === 'digest mismatch');
    expect(mirror.callbacks).toEqual(['{"error":409}']);
    expect((await say(device, 'info', { data: {} })).body).toContain('"error":0');
    await device.powerCycle();
    expect(device.became).toEqual({ state: 'brick', reason: 'restarted after a digest mismatch' });
  });

  it('a good pair rescues it', async () => {
    const mirror = await aMirror();
    const device = await aDevice({ unlocked: true });
    await say(device, 'ota_flash', flashBody(mirror, otherDigest));
    await device.waitUntil(({ became }) => became.reason === 'digest mismatch');
    await say(device, 'ota_flash', flashBody(mirror));
    expect(await device.waitUntil('tasmota')).toMatchObject({ state: 'tasmota' });
  });

  it('a restart after a mismatch as a fault', async () => {
    const mirror = await aMirror();
    const device = await aDevice({ unlocked: true, faults: [{ kind: 'restart-after-mismatch' }] });
    await say(device, 'ota_flash', flashBody(mirror, otherDigest));
    expect(await device.waitUntil('brick')).toMatchObject({ reason: 'restarted after a digest mismatch' });
  });

  it('a loss of power while it writes', async () => {
    const mirror = await aMirror();
    const device = await aDevice({ unlocked: true, faults: [{ kind: 'power-loss', number: 12_000 }] });
    await say(device, 'ota_flash', flashBody(mirror));
    expect(await device.waitUntil('brick')).toMatchObject({ reason: 'power lost while flashing' });
    expect(device.flash.written).toBe(12_288);
    expect(mirror.callbacks).toEqual([]);
  });

  it('a loss of the network in the middle leaves the old firmware', async () => {
    const mirror = await aMirror();
    const device = await aDevice({ unlocked: true, faults: [{ kind: 'vanish', number: 12_000, times: 1 }] });
    await say(device, 'ota_flash', flashBody(mirror));
    await device.waitUntil('gone');
    expect(await say(device, 'info', { data: {} })).toMatchObject({ ended: 'reset', raw: '' });
    await device.comeBack();
    expect((await say(device, 'info', { data: {} })).body).toContain('"fwVersion":"3.6.0"');
    await say(device, 'ota_flash', flashBody(mirror));
    expect(await device.waitUntil('tasmota')).toMatchObject({ state: 'tasmota' });
  });

  it('an image that is verified boots at the next power-up, even if the network was lost before', async () => {
    const mirror = await aMirror();
    const device = await aDevice({ unlocked: true, rebootMs: 5000 });
    await say(device, 'ota_flash', flashBody(mirror));
    await device.waitUntil('restarting');
    await device.vanish();
    await device.powerCycle();
    expect(device.became).toMatchObject({ state: 'tasmota' });
  });

  it.each([
    ['minimal', buildImage({ flavour: 'tasmota-minimal' }), { state: 'brick', reason: 'minimal' }],
    ['gzip', gzipOf(image), { state: 'brick', reason: 'gzip' }],
    ['ESPHome', buildImage({ flavour: 'esphome' }), { state: 'booted', firmware: 'ESPHome' }],
  ])('%s', async (_name, file, became) => {
    const mirror = await aMirror(file);
    const device = await aDevice({ unlocked: true });
    await say(device, 'ota_flash', flashBody(mirror, digestOf(file)));
    await device.waitUntil(({ became: { state } }) => state === 'brick' || state === 'booted');
    expect(device.became).toEqual(became);
  });

  it('waiting for what does not happen fails with how things stand', async () => {
    const device = await aDevice();
    await expect(device.waitUntil('brick', { timeoutMs: 10 })).rejects.toThrow(
      'Not within 10 ms: the device is',
    );
    const given = AbortSignal.abort(new Error('enough'));
    await expect(device.waitUntil('brick', { signal: given })).rejects.toThrow('enough');
  });
});
