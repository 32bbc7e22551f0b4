import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { fetchSidecar } from '../../../src/mirror/fetch/digest-file.ts';
import { download, noMirrorPermission } from '../../../src/mirror/fetch/download.ts';
import { saying } from '../saying.ts';
import { createHandClock } from './hand-clock.ts';
import { imageOf } from './image.ts';
import { head, type RawMirror, type RawRequest, startRawMirror, urlOf } from './raw-mirror.ts';

const image = imageOf(20_000);
let mirror: RawMirror | null = null;
afterEach(() => mirror?.stop());

const never = () => new AbortController().signal;
const whole = head('200 OK', `Content-Length: ${image.length}`, 'ETag: "1"', 'Last-Modified: yesterday');

async function fetchFrom(answer: (request: RawRequest, socket: Socket) => void, more = {}) {
  mirror = await startRawMirror(answer);
  return download({
    url: mirror.url('a.bin'),
    fetch,
    clock: systemClock,
    signal: never(),
    stallMs: 2000,
    ...more,
  });
}

describe('download', () => {
  it('gives the bytes, what the server said of them, and the progress', async () => {
    const progress: unknown[] = [];
    const chunks: Uint8Array[] = [];
    const downloaded = await fetchFrom(
      (_, socket) => socket.write(Buffer.concat([Buffer.from(whole), image])),
      {
        onProgress: (now: unknown) => progress.push(now),
        onChunk: (chunk: Uint8Array) => chunks.push(chunk),
      },
    );
    expect(downloaded).toMatchObject({
      ok: true,
      value: { total: 20_000, etag: '"1"', lastModified: 'yesterday' },
    });
    if (downloaded.ok) expect(Buffer.compare(downloaded.value.bytes, image)).toBe(0);
    expect(Buffer.compare(Buffer.concat(chunks), image)).toBe(0);
    expect(progress[0]).toEqual({ received: 0, total: 20_000 });
    expect(progress.at(-1)).toEqual({ received: 20_000, total: 20_000 });
  });

  it('asks without cookies, without referrer and past the cache', async () => {
    const seen: RequestInit[] = [];
    await download({
      url: urlOf('http://m/a.bin'),
      fetch: async (_, init) => {
        seen.push(init);
        return new Response('x');
      },
      clock: systemClock,
      signal: never(),
    });
    expect(seen[0]).toMatchObject({
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'manual',
    });
  });

  const page = '\ufeff \r\n<!DOCTYPE html><title>Log in</title>';
  const pageHead = head('200 OK', `Content-Length: ${Buffer.byteLength(page)}`);
  it.each<[string, string, (socket: Socket) => void]>([
    ['404', 'not-found', (socket) => socket.write(head('404 Not Found', 'Content-Length: 0'))],
    ['403', 'forbidden', (socket) => socket.write(head('403 Forbidden', 'Content-Length: 0'))],
    ['500', 'server-error', (socket) => socket.write(head('500 Oops', 'Content-Length: 0'))],
    ['418', 'status', (socket) => socket.write(head('418 Teapot', 'Content-Length: 0'))],
    ['204', 'status', (socket) => socket.write(head('204 No Content'))],
    [
      'a redirect',
      'redirect',
      (socket) => socket.write(head('302 Found', 'Location: https://x/', 'Content-Length: 0')),
    ],
    ['a web page', 'html', (socket) => socket.write(pageHead + page)],
    ['nothing', 'empty', (socket) => socket.write(head('200 OK', 'Content-Length: 0'))],
    ['an end in the middle', 'broken-off', (socket) => socket.end(whole + 'x'.repeat(500))],
    [
      'a reset in the middle',
      'broken-off',
      (socket) => {
        socket.write(whole + 'x'.repeat(500));
        setTimeout(() => socket.resetAndDestroy(), 50);
      },
    ],
    ['a closed connection', 'unreachable', (socket) => socket.destroy()],
    ['no HTTP', 'unreachable', (socket) => socket.end('SSH-2.0-dropbear\r\n')],
    ['3 MB announced', 'too-large', (socket) => socket.write(head('200 OK', 'Content-Length: 3000000'))],
  ])('%s → %s', async (_, kind, answer) => {
    const downloaded = await fetchFrom((_request, socket) => answer(socket));
    expect(downloaded).toMatchObject({ ok: false, failure: { kind } });
    if (downloaded.ok) return;
    expect(downloaded.failure.sentence).toEqual(saying('127.0.0.1'));
    expect(downloaded.failure.assurance).toBe('nothing-changed');
  });

  it('stops an endless file at the limit and lets go of the connection', async () => {
    const downloaded = await fetchFrom((_, socket) => {
      socket.write(head('200 OK', 'Connection: close'));
      const pour = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 1)));
      };
      socket.on('drain', pour);
      pour();
    });
    expect(downloaded).toMatchObject({ ok: false, failure: { kind: 'too-large' } });
    await expect.poll(() => mirror?.used()).toBe(0);
  });

  it('takes a file of 600 KB, so that the size can be named', async () => {
    const large = imageOf(600_000);
    const downloaded = await fetchFrom((_, socket) => {
      socket.write(head('200 OK', 'Content-Length: 600000'));
      socket.write(large);
    });
    expect(downloaded).toMatchObject({ ok: true, value: { total: 600_000 } });
  });

  it('takes a chunked file, whose length nobody announced', async () => {
    const downloaded = await fetchFrom((_, socket) =>
      socket.write(`${head('200 OK', 'Transfer-Encoding: chunked')}3\r\nabc\r\n0\r\n\r\n`),
    );
    expect(downloaded).toMatchObject({ ok: true, value: { total: 3 } });
  });

  it('asks a server that compresses for browsers once more, without', async () => {
    const packed = gzipSync(image);
    const downloaded = await fetchFrom(({ headers }, socket) => {
      const plain = headers.get('accept-encoding') === 'identity';
      const range = `Content-Range: bytes 0-${image.length - 1}/${image.length}`;
      socket.write(
        plain
          ? head('206 Partial Content', range, `Content-Length: ${image.length}`)
          : head('200 OK', 'Content-Encoding: gzip', `Content-Length: ${packed.length}`),
      );
      socket.write(plain ? image : packed);
    });
    expect(downloaded).toMatchObject({ ok: true, value: { total: image.length } });
    expect(mirror?.requests.map(({ headers }) => headers.get('range'))).toEqual([undefined, 'bytes=0-']);
  });

  it('refuses a file that is always compressed, as a .gz sent with Content-Encoding is', async () => {
    const packed = gzipSync(image);
    const downloaded = await fetchFrom((_, socket) => {
      socket.write(head('200 OK', 'Content-Encoding: gzip', `Content-Length: ${packed.length}`));
      socket.write(packed);
    });
    expect(downloaded).toMatchObject({ ok: false, failure: { kind: 'encoded' } });
  });

  it('still says that it was compressed when the second answer does not come', async () => {
    let asked = 0;
    const downloaded = await download({
      url: urlOf('http://m/a.bin'),
      fetch: async () => {
        asked += 1;
        if (asked > 1) throw new TypeError('Failed to fetch');
        return new Response('packed', { headers: { 'content-encoding': 'gzip' } });
      },
      clock: systemClock,
      signal: never(),
    });
    expect(asked).toBe(2);
    expect(downloaded).toMatchObject({ ok: false, failure: { kind: 'encoded' } });
  });

  // Firefox gives a body that is too short without an error.
  it.each([
    ['abcdef', 'more-than-announced'],
    ['abcd', 'broken-off'],
  ])('does not take %s for five bytes', async (body, kind) => {
    const downloaded = await download({
      url: urlOf('http://m/a.bin'),
      fetch: async () => new Response(body, { headers: { 'content-length': '5' } }),
      clock: systemClock,
      signal: never(),
    });
    expect(downloaded).toMatchObject({ ok: false, failure: { kind } });
  });

  it.each([0, 1, 4096])(
    'waits 15 seconds for more after %i bytes, then says that it stalled',
    async (sent) => {
      const clock = createHandClock();
      mirror = await startRawMirror((_, socket) => sent > 0 && socket.write(whole + 'x'.repeat(sent)));
      const seen: number[] = [];
      const outcome = download({
        url: mirror.url('a.bin'),
        fetch,
        clock,
        signal: never(),
        onProgress: ({ received }) => seen.push(received),
      });
      await expect.poll(() => (sent === 0 ? mirror?.requests.length : seen.at(-1))).toBe(sent || 1);
      await expect.poll(() => clock.sleepers()).toBe(1);
      clock.advance(14_999);
      expect(await Promise.race([outcome, new Promise((done) => setTimeout(done, 20, 'waiting'))])).toBe(
        'waiting',
      );
      clock.advance(1);
      expect(await outcome).toMatchObject({ ok: false, failure: { kind: 'stalled' } });
      expect(clock.sleepers()).toBe(0);
      await expect.poll(() => mirror?.used()).toBe(0);
    },
  );

  it.each(['before', 'while'])('can be cancelled %s it runs', async (when) => {
    const stop = new AbortController();
    mirror = await startRawMirror((_, socket) => socket.write(`${whole}x`));
    if (when === 'before') stop.abort();
    const onProgress = ({ received }: { received: number }) => received > 0 && stop.abort();
    const options = { url: mirror.url('a.bin'), fetch, clock: systemClock, signal: stop.signal, onProgress };
    expect(await download(options)).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
    await expect.poll(() => mirror?.used()).toBe(0);
  });

  it('knows a redirect as browsers show it', async () => {
    const opaque = Object.defineProperties(new Response(null), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    });
    const url = urlOf('http://m/a.bin');
    const outcome = download({ url, fetch: async () => opaque, clock: systemClock, signal: never() });
    expect(await outcome).toMatchObject({ ok: false, failure: { kind: 'redirect' } });
  });

  it('survives a fetch that throws', async () => {
    const outcome = download({
      url: urlOf('http://m/a.bin'),
      fetch: () => {
        throw new Error('no');
      },
      clock: systemClock,
      signal: never(),
    });
    expect(await outcome).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
  });

  it('leaves the words for a missing permission to the shell', () => {
    expect(noMirrorPermission(urlOf('http://m.example/a.bin'))).toMatchObject({
      kind: 'no-permission',
      sentence: saying('m.example'),
    });
  });
});

describe('fetchSidecar', () => {
  const digest = `${'ab'.repeat(32)} *a.bin\n`;
  const sidecar = async (answer: (request: RawRequest, socket: Socket) => void) => {
    mirror = await startRawMirror(answer);
    return fetchSidecar({ url: mirror.url('a.bin'), fetch, clock: systemClock, signal: never() });
  };

  it('reads what stands beside the image', async () => {
    expect(
      await sidecar((_, socket) => socket.write(head('200 OK', `Content-Length: ${digest.length}`) + digest)),
    ).toBe(digest);
    expect(mirror?.requests[0]?.target).toBe('/a.bin.sha256');
  });

  it.each([
    ['is missing', head('404 Not Found', 'Content-Length: 0')],
    ['is a web page', `${head('200 OK', 'Content-Length: 6')}<html>`],
    ['is too large', head('200 OK', 'Content-Length: 5000')],
    ['is a redirect', head('301 Moved', 'Location: /', 'Content-Length: 0')],
  ])('gives nothing when it %s', async (_, answer) => {
    expect(await sidecar((_request, socket) => socket.write(answer))).toBeNull();
  });
});
