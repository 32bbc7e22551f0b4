import { describe, expect, it } from 'vitest';
import { SimulatedMirror } from '../../simulator/mirror.ts';
import { mirrorFaults } from '../../simulator/mirror-faults.ts';
import { aMirror, digestOf, image, imagePath, sayRaw } from './desk.ts';

function get(mirror: SimulatedMirror, path: string, range?: string) {
  return fetch(mirror.url(path), {
    redirect: 'manual',
    ...(range === undefined ? {} : { headers: { range: `bytes=${range}` } }),
  });
}

describe('a mirror as it should be', () => {
  it.each([
    ['0-4095', 206, `bytes 0-4095/${image.length}`, image.subarray(0, 4096)],
    ['32000-99999', 206, `bytes 32000-32767/${image.length}`, image.subarray(32_000)],
    ['-16', 206, `bytes 32752-32767/${image.length}`, image.subarray(-16)],
    ['32000-', 206, `bytes 32000-32767/${image.length}`, image.subarray(32_000)],
    ['99999-', 416, `bytes */${image.length}`, new Uint8Array()],
    ['5-2', 200, null, image],
    ['0-1,5-6', 200, null, image],
    [undefined, 200, null, image],
  ])('serves the range %s', async (range, status, contentRange, bytes) => {
    const mirror = await aMirror();
    const reply = await get(mirror, `${imagePath}?deviceid=1&ts=2&sign=3`, range);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-range')).toBe(contentRange);
    expect(new Uint8Array(await reply.arrayBuffer())).toEqual(bytes);
  });

  it('writes headers in exact case, few, and keeps the connection', async () => {
    const mirror = await aMirror();
    const request = `GET ${imagePath} HTTP/1.1\r\nRange: bytes=0-9\r\n\r\n`;
    const { raw } = await sayRaw(mirror.port, `${request}${request}that is all\r\n\r\n`);
    expect(raw).toMatch(/^HTTP\/1\.1 206 Partial Content\r\n/);
    expect(raw).toMatch(/\r\nContent-Length: 10\r\n/);
    expect(raw).toMatch(/\r\nContent-Range: bytes 0-9\/32768\r\n/);
    expect(raw.match(/HTTP\/1\.1 206/g)).toHaveLength(2);
    expect(mirror.requests.map(({ connection }) => connection)).toEqual([1, 1]);
  });

  it('has an index, digests beside the files, and a place for results', async () => {
    const mirror = new SimulatedMirror({ files: { [imagePath]: image }, sidecars: true });
    await mirror.start();
    try {
      expect(await (await get(mirror, '/')).text()).toContain(
        '<a href="tasmota-lite.bin">tasmota-lite.bin</a>',
      );
      expect(await (await get(mirror, `${imagePath}.sha256`)).text()).toBe(
        `${digestOf(image)} *tasmota-lite.bin\n`,
      );
      expect((await get(mirror, '/other.bin')).status).toBe(404);
      const posted = await fetch(mirror.url('/api/device/otaFlash'), {
        method: 'POST',
        body: '{"error":409}',
      });
      expect(posted.status).toBe(200);
      expect(mirror.callbacks).toEqual(['{"error":409}']);
      expect((await fetch(mirror.url(imagePath), { method: 'HEAD' })).headers.get('content-length')).toBe(
        '32768',
      );
    } finally {
      await mirror.stop();
    }
  });

  it('serves the bulb only when it is tolerant', async () => {
    const strict = await aMirror();
    const request = 'GET tasmota-lite.bin HTTP/1.1\r\nRange: bytes=0-9\r\n\r\nend';
    expect((await sayRaw(strict.port, `${request}\r\n\r\n`)).raw).toMatch(/^HTTP\/1\.1 400 /);
    const tolerant = new SimulatedMirror({ files: { [imagePath]: image }, tolerant: true });
    await tolerant.start();
    expect((await sayRaw(tolerant.port, `${request}\r\n\r\n`)).raw).toMatch(/^HTTP\/1\.1 206 /);
    await tolerant.stop();
  });
});

describe('a mirror that is wrong, as a browser sees it', () => {
  const seen = {
    'not-found': 404,
    'server-error': 500,
    misdirected: 421,
    'name-based': 206,
    redirect: 302,
    html: 200,
    'ignores-range': 200,
    empty: 200,
    'short-body': 206,
    'wrong-total': 206,
    'off-by-one': 206,
    changes: 206,
    'lower-case': 206,
    'http-1.0': 206,
    'other-phrase': 206,
    'many-headers': 206,
    chunked: 206,
    slow: 206,
    trickle: 206,
    'sends-more': 206,
    'closes-each': 206,
  } as const;

  it.each(Object.entries(seen))('%s: %i', async (kind, status) => {
    const mirror = await aMirror();
    const known = Object.keys(mirrorFaults).find((name): name is keyof typeof mirrorFaults => name === kind);
    if (!known) throw new Error(kind);
    mirror.breakPath(imagePath, { kind: known, ...(kind === 'slow' ? { number: 20 } : {}) });
    const reply = await get(mirror, imagePath, '4096-8191');
    expect(reply.status).toBe(status);
    await reply.arrayBuffer().catch(() => undefined);
    mirror.mend();
    expect(await (await get(mirror, imagePath, '4096-8191')).arrayBuffer()).toHaveProperty(
      'byteLength',
      4096,
    );
  });

  it.each(['break-off', 'ends-early', 'nothing'] as const)('%s ends in a failure', async (kind) => {
    const mirror = await aMirror();
    mirror.breakPath(imagePath, { kind });
    await expect(get(mirror, imagePath).then((reply) => reply.arrayBuffer())).rejects.toThrow();
  });

  it.each(['stall', 'silent', 'endless'] as const)('%s ends when the client gives up', async (kind) => {
    const mirror = await aMirror();
    mirror.breakPath(imagePath, { kind });
    const signal = AbortSignal.timeout(60);
    await expect(
      fetch(mirror.url(imagePath), { signal }).then((reply) => reply.arrayBuffer()),
    ).rejects.toThrow();
  });

  it('changes shows in the ETag, and gzip in the encoding', async () => {
    const mirror = await aMirror();
    mirror.breakPath(imagePath, { kind: 'changes', number: 1 });
    const [first, second] = [await get(mirror, imagePath), await get(mirror, imagePath)];
    expect(first.headers.get('etag')).not.toBe(second.headers.get('etag'));
    mirror.breakPath(imagePath, { kind: 'gzip' });
    expect((await get(mirror, imagePath)).headers.get('content-encoding')).toBe('gzip');
  });
});
