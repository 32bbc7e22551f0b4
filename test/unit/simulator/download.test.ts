import { describe, expect, it } from 'vitest';
import { buildImage } from '../../images/esp8266-image.ts';
import type { MirrorFaultKind } from '../../simulator/mirror-faults.ts';
import { aDevice, aMirror, digestOf, flashBody, image, imagePath, say } from './desk.ts';

const id = '1000a1b2c3';

async function flashWith(
  options: Parameters<typeof aDevice>[0],
  after?: (mirror: Awaited<ReturnType<typeof aMirror>>) => void,
) {
  const mirror = await aMirror();
  after?.(mirror);
  const device = await aDevice({ unlocked: true, rebootMs: 1000, ...options });
  const { body } = await say(device, 'ota_flash', { deviceid: id, ...flashBody(mirror) });
  await device.waitUntil(({ became }) => became.state !== 'downloading');
  return { mirror, device, body };
}

describe('what the device sends', () => {
  it('is the request of the capture, byte for byte', async () => {
    const { mirror } = await flashWith({});
    expect(mirror.requests[0]?.raw).toMatch(
      /^GET \/tasmota-lite\.bin\?deviceid=1000a1b2c3&ts=\d+&sign=[0-9a-f]{64} HTTP\/1\.1\r\nHost: dl\.itead\.cn\r\nRange: bytes=0-4095\r\nUser-Agent: itead-device\r\n\r\n$/,
    );
  });

  it('are ranges of 4096 bytes in sequence on one connection, then the result', async () => {
    const { mirror, device } = await flashWith({});
    const ranges = mirror.requests.map(({ headers }) => headers.get('range'));
    const expected = Array.from({ length: 8 }, (_, n) => `bytes=${n * 4096}-${n * 4096 + 4095}`);
    expect(ranges).toEqual([...expected, undefined]);
    expect(new Set(mirror.requests.map(({ connection }) => connection))).toEqual(new Set([1]));
    expect(mirror.requests.at(-1)?.raw).toBe(
      `POST /api/device/otaFlash HTTP/1.1\r\nHost: 127.0.0.1:${mirror.port}\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"error":0}`,
    );
    expect(device.downloads[0]?.requests.map(({ status, bytes }) => [status, bytes])).toEqual(
      expected.map(() => [206, 4096]),
    );
  });

  it('ends with the exact last range', async () => {
    const mirror = await aMirror(image.subarray(0, 10_000));
    const device = await aDevice({ unlocked: true });
    await say(device, 'ota_flash', flashBody(mirror));
    await device.waitUntil(({ callbacks }) => callbacks.length === 1);
    expect(device.downloads[0]?.requests.at(-1)?.range).toBe('bytes=8192-9999');
  });

  it('are those of the public trace of 469,840 bytes: 115 ranges and a result', async () => {
    const file = buildImage({ size: 469_840 });
    const mirror = await aMirror(file);
    const device = await aDevice({ unlocked: true });
    await say(device, 'ota_flash', flashBody(mirror, digestOf(file)));
    await device.waitUntil('tasmota');
    expect(mirror.requests).toHaveLength(116);
    expect(mirror.requests.at(-2)?.headers.get('range')).toBe('bytes=466944-469839');
  });

  it('names the real host where the bug is switched off', async () => {
    const { mirror } = await flashWith({ profile: '3.7.6', hostBug: false });
    expect(mirror.requests[0]?.headers.get('host')).toBe(`127.0.0.1:${mirror.port}`);
  });

  it('resolves names by the test', async () => {
    const mirror = await aMirror();
    const device = await aDevice({ unlocked: true, hosts: { 'mirror.test': `127.0.0.1:${mirror.port}` } });
    const data = { downloadUrl: `http://mirror.test${imagePath}`, sha256sum: digestOf(image) };
    await say(device, 'ota_flash', { data });
    await device.waitUntil('tasmota');
    expect(mirror.requests.at(-1)?.headers.get('host')).toBe('mirror.test');
  });

  it('takes its time at a given speed', async () => {
    const began = performance.now();
    await flashWith({ speed: 327_680 });
    expect(performance.now() - began).toBeGreaterThan(95);
  });
});

describe('the B02 bulb', () => {
  it('asks without slash, Host and User-Agent, and answers 408 when it is refused', async () => {
    const { mirror, body } = await flashWith({ profile: 'b02-bl-1.4.1' });
    expect(mirror.requests[0]?.raw).toBe('GET tasmota-lite.bin HTTP/1.1\r\nRange: bytes=0-4095\r\n\r\n');
    expect(body).toBe('{"seq":2,"error":408}');
  });
});

describe('a mirror that is wrong', () => {
  it.each<[MirrorFaultKind, number]>([
    ['not-found', 424],
    ['server-error', 424],
    ['misdirected', 424],
    ['name-based', 424],
    ['redirect', 424],
    ['html', 424],
    ['empty', 424],
    ['ignores-range', 424],
    ['nothing', 424],
    ['silent', 408],
    ['stall', 408],
    ['break-off', 424],
    ['ends-early', 424],
    ['lower-case', 424],
    ['http-1.0', 424],
    ['other-phrase', 424],
    ['many-headers', 424],
    ['chunked', 424],
    ['endless', 424],
  ])('%s from the start: %i', async (kind, error) => {
    const { device, body } = await flashWith({}, (mirror) => mirror.breakPath(imagePath, { kind }));
    expect(body).toBe(`{"seq":2,"error":${error}}`);
    expect(device.became.state).toBe('sonoff');
    expect(device.callbacks).toEqual([]);
  });

  it.each<[MirrorFaultKind, number]>([
    ['not-found', 404],
    ['stall', 404],
    ['sends-more', 404],
    ['break-off', 404],
    ['short-body', 409],
    ['wrong-total', 0],
    ['off-by-one', 409],
    ['changes', 409],
    ['gzip', 404],
  ])('%s after three ranges: it reports %i', async (kind, error) => {
    const { device, mirror, body } = await flashWith(
      { timeScale: 0.004, preDownloadMs: 100_000 },
      (broken) => {
        broken.breakPath(imagePath, { kind, after: 3, ...(kind === 'changes' ? { number: 3 } : {}) });
      },
    );
    expect(body).toBe('{"seq":2,"error":0}');
    expect(mirror.callbacks).toEqual([`{"error":${error}}`]);
    expect(device.became.state).toBe(error === 0 ? 'restarting' : 'sonoff');
  });

  it('a wrong total in the first answer misleads it', async () => {
    const { mirror } = await flashWith({}, (broken) => broken.breakPath(imagePath, { kind: 'wrong-total' }));
    expect(mirror.callbacks).toEqual(['{"error":404}']);
  });

  it('that closes after each answer gets four connections', async () => {
    const { device, mirror } = await flashWith({}, (broken) =>
      broken.breakPath(imagePath, { kind: 'closes-each' }),
    );
    expect(device.downloads).toMatchObject([{ reconnects: 3 }]);
    expect(device.downloads[0]?.requests.filter(({ status }) => status === 206)).toHaveLength(4);
    expect(mirror.callbacks).toEqual(['{"error":404}']);
  });

  it('that breaks off three times is forgiven', async () => {
    const fault = { kind: 'break-off', after: 2, times: 3 } as const;
    const { device, mirror } = await flashWith({}, (broken) => broken.breakPath(imagePath, fault));
    expect(device.downloads).toMatchObject([{ reconnects: 3, result: 'verified' }]);
    expect(mirror.callbacks).toEqual(['{"error":0}']);
  });

  it('that is slow is forgiven, and too slow is not', async () => {
    const slow = (number: number) => (mirror: Awaited<ReturnType<typeof aMirror>>) =>
      mirror.breakPath(imagePath, { kind: 'slow', number });
    expect((await flashWith({ timeScale: 0.2 }, slow(20))).mirror.callbacks).toEqual(['{"error":0}']);
    expect((await flashWith({ timeScale: 0.001 }, slow(600))).mirror.callbacks).toEqual([]);
    expect(
      (await flashWith({ timeScale: 0.01, preDownloadMs: 100_000 }, slow(600))).mirror.callbacks,
    ).toEqual(['{"error":404}']);
  });
});
