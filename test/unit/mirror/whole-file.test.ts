import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import { createDigest } from '../../../src/firmware/digest.ts';
import { readWholeFile, type WholeFileOptions } from '../../../src/mirror/probe/whole-file.ts';
import { createFetchWithHost } from '../../servers/fetch-with-host.ts';
import { saying } from '../saying.ts';
import { createHandClock } from './hand-clock.ts';
import { imageOf, sha256hex } from './image.ts';
import { head, type RawMirror, type RawRequest, startRawMirror } from './raw-mirror.ts';

const size = 200_000;
const image = imageOf(size);
const digest = await sha256hex(image);
const other = image.with(0x20123, (image[0x20123] ?? 0) ^ 1);

let mirror: RawMirror | null = null;
afterEach(() => mirror?.stop());

type Reply = (request: RawRequest, socket: Socket) => void;

async function read(answer: Reply, more: Partial<WholeFileOptions> = {}) {
  mirror = await startRawMirror(answer);
  const host = createFetchWithHost('dl.itead.cn');
  const check = await readWholeFile({
    url: mirror.url('a.bin'),
    size,
    digest,
    createDigest,
    deviceQuery: 'deviceid=1&ts=2&sign=3',
    fetch: host.fetch,
    clock: systemClock,
    signal: new AbortController().signal,
    ...more,
  });
  host.close();
  return check;
}

const sends =
  (status: string, body: Uint8Array, ...lines: string[]): Reply =>
  (_, socket) => {
    socket.write(head(status, `Content-Length: ${body.length}`, ...lines));
    socket.write(body);
  };

describe('the whole file', () => {
  it.each(['200 OK', '206 Partial Content'])('is right with %s', async (status) => {
    const check = await read(sends(status, image));
    expect(check).toMatchObject({ id: 'mirror-whole-file', answer: 'pass' });
    expect(mirror?.requests).toHaveLength(1);
    expect(mirror?.requests[0]).toMatchObject({
      target: '/a.bin?deviceid=1&ts=2&sign=3',
      range: { start: 0, end: size - 1 },
    });
  });

  it.each<[string, Reply, RegExp]>([
    ['one byte differs', sends('206 Partial Content', other), /another file/],
    ['it is shorter', sends('206 Partial Content', image.subarray(1)), /199,999 of 200,000/],
    ['it is empty', sends('200 OK', new Uint8Array()), /0 of 200,000/],
    ['it is longer', sends('200 OK', Buffer.concat([image, Buffer.from('x')])), /more than/],
    ['it is not found', sends('404 Not Found', Buffer.from('no')), /answers 404/],
    ['it is 204', (_, socket) => socket.write(head('204 No Content')), /answers 204/],
    ['it is elsewhere', sends('302 Found', Buffer.from(''), 'Location: https://x/'), /another address/],
    ['it is compressed', sends('200 OK', gzipSync(image), 'Content-Encoding: gzip'), /compressed/],
    [
      'it breaks off',
      (_, socket) => {
        socket.write(head('200 OK', `Content-Length: ${size}`));
        socket.write(image.subarray(0, 5000), () => socket.end());
      },
      /of 200,000 bytes/,
    ],
    ['nothing answers', (_, socket) => socket.destroy(), /does not answer/],
  ])('is wrong when %s', async (_, reply, words) => {
    const check = await read(reply);
    const sentence = inEnglish(check.sentence);
    expect(check.answer, sentence).toBe('fail');
    expect(sentence).toMatch(words);
    expect(check.action).not.toBeUndefined();
  });

  it('is given up after one chunk too many of a body without end', async () => {
    const check = await read((_, socket) => {
      socket.write(head('200 OK'));
      const more = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(16_384)));
      };
      socket.on('drain', more);
      more();
    });
    expect(check.sentence).toEqual(saying('more than'));
    await expect.poll(() => mirror?.used()).toBe(0);
  });

  const half: Reply = (_, socket) => {
    socket.write(head('206 Partial Content', `Content-Length: ${size}`));
    socket.write(image.subarray(0, size / 2));
  };

  it.each<[string, Reply]>([
    ['in the middle', half],
    ['before the first byte', () => {}],
  ])('is not waited for longer than ten seconds of silence %s', async (_, reply) => {
    const clock = createHandClock();
    const reading = read(reply, { clock });
    await expect.poll(() => mirror?.requests.length).toBe(1);
    const passing = setInterval(() => clock.advance(1_000), 5);
    const check = await reading.finally(() => clearInterval(passing));
    expect(check).toMatchObject({ answer: 'fail', sentence: saying(/stops sending/) });
    await expect.poll(() => mirror?.used()).toBe(0);
  });

  it('is not waited for longer than the device would, however steadily it trickles', async () => {
    const clock = createHandClock();
    const reading = read(
      (_, socket) => {
        socket.write(head('206 Partial Content', `Content-Length: ${size}`));
        const drip = setInterval(() => {
          if (socket.destroyed) return clearInterval(drip);
          socket.write('x');
          clock.advance(5_000);
        }, 2);
      },
      { clock },
    );
    expect(await reading).toMatchObject({ answer: 'fail', sentence: saying(/far too slow/) });
    expect(clock.now() - 1_000_000).toBeLessThan(200_000);
  });

  it('is left alone as soon as it is cancelled', async () => {
    const stop = new AbortController();
    const reading = read(half, { signal: stop.signal });
    await expect.poll(() => mirror?.requests.length).toBe(1);
    stop.abort();
    expect(await reading).toMatchObject({ answer: 'unknown' });
    await expect.poll(() => mirror?.used()).toBe(0);
  });

  it('survives a fetch that throws', async () => {
    const throws = () => {
      throw new Error('no');
    };
    expect(await read(() => {}, { fetch: throws })).toMatchObject({ answer: 'fail' });
  });
});
