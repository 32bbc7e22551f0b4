import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/check.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { takeSlices } from '../../../src/mirror/fetch/slices.ts';
import { type MirrorReport, type ProbeOptions, probe } from '../../../src/mirror/probe/probe.ts';
import { createFetchWithHost } from '../../servers/fetch-with-host.ts';
import { saying } from '../saying.ts';
import { createHandClock } from './hand-clock.ts';
import { imageOf, sha256hex } from './image.ts';
import { head, type RawMirror, type RawRequest, startRawMirror } from './raw-mirror.ts';

const size = 20_000;
const image = imageOf(size);
const slices = await takeSlices(image, sha256hex);
const digest = await sha256hex(image);

let mirror: RawMirror | null = null;
afterEach(() => mirror?.stop());

type Reply = (request: RawRequest, socket: Socket) => void;

async function ask(answer: Reply, more: Partial<ProbeOptions> = {}): Promise<MirrorReport> {
  mirror = await startRawMirror(answer);
  const host = createFetchWithHost(
    more.hostOverride === 'active' ? 'dl.itead.cn' : new URL(mirror.origin).host,
  );
  const report = await probe({
    url: mirror.url('a.bin'),
    image: { size, digest, slices, etag: '"1"' },
    fetch: host.fetch,
    clock: systemClock,
    signal: new AbortController().signal,
    hostOverride: 'unavailable',
    hostRequired: true,
    timeoutMs: 1_500,
    ...more,
  });
  host.close();
  return report;
}

const answerOf = (report: MirrorReport, id: string) => report.checks.find((check) => check.id === id)?.answer;
const failing = (report: MirrorReport) =>
  report.checks.filter(({ answer }) => answer === 'fail').map(({ id }) => id);

/** What a right answer consists of, to be spoiled piece by piece. */
interface Parts {
  status: string;
  range: string | null;
  length: number | null;
  etag: string | null;
  connection: string | null;
  more: string[];
  body: Uint8Array;
}

function right(request: RawRequest, spoil: (parts: Parts) => Partial<Parts> = () => ({})): Buffer {
  const { start, end } = request.range ?? { start: 0, end: size - 1 };
  const body = image.subarray(start, end + 1);
  const range = `bytes ${start}-${end}/${size}`;
  const good: Parts = {
    status: '206 Partial Content',
    range,
    length: body.length,
    etag: '"1"',
    connection: 'keep-alive',
    more: ['Server: nginx/1.22.1', 'Content-Type: application/octet-stream'],
    body,
  };
  const parts = { ...good, ...spoil(good) };
  const line = (name: string, value: string | number | null) => (value === null ? [] : [`${name}: ${value}`]);
  const lines = [
    ...line('Content-Range', parts.range),
    ...line('Content-Length', parts.length),
    ...line('ETag', parts.etag),
    ...line('Connection', parts.connection),
    ...parts.more,
  ];
  return Buffer.concat([Buffer.from(head(parts.status, ...lines)), parts.body]);
}

const spoiled =
  (spoil: (parts: Parts) => Partial<Parts>): Reply =>
  (request, socket) =>
    socket.write(right(request, spoil));

describe('a mirror that does everything right', () => {
  it('passes every check in three requests of 4 KB, as the device makes them', async () => {
    const report = await ask((request, socket) => socket.write(right(request)), {
      hostOverride: 'active',
      deviceQuery: 'deviceid=1000abcdef&ts=1&sign=0',
    });
    expect(report.checks.filter(({ answer }) => answer !== 'pass')).toEqual([]);
    expect(report).toMatchObject({ answer: 'pass', digest, url: mirror?.url('a.bin').href, requests: 3 });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(mirror?.requests.map(({ range }) => range)).toEqual([
      { start: 0, end: 4095 },
      { start: 8192, end: 12_287 },
      { start: 16_384, end: 19_999 },
    ]);
    for (const { target, headers } of mirror?.requests ?? []) {
      expect(target).toBe('/a.bin?deviceid=1000abcdef&ts=1&sign=0');
      expect(headers.get('host')).toBe('dl.itead.cn');
    }
  });

  it('makes up a query when it is given none', async () => {
    await ask((request, socket) => socket.write(right(request)));
    expect(mirror?.requests[0]?.target).toMatch(/^\/a\.bin\?deviceid=\d{10}&ts=\d+&sign=[0-9a-f]{64}$/);
  });
});

describe('a mirror that is wrong in one way', () => {
  it.each<[string, string[], Reply]>([
    [
      '200 with the whole file',
      ['mirror-range'],
      spoiled(() => ({ status: '200 OK', range: null, length: size, body: image })),
    ],
    ['404', ['mirror-range'], spoiled(() => ({ status: '404 Not Found', length: 0, body: Buffer.of() }))],
    [
      '416',
      ['mirror-range'],
      spoiled(() => ({ status: '416 Range Not Satisfiable', length: 0, body: Buffer.of() })),
    ],
    [
      '421',
      ['mirror-range'],
      spoiled(() => ({ status: '421 Misdirected Request', length: 0, body: Buffer.of() })),
    ],
    ['503', ['mirror-range'], spoiled(() => ({ status: '503 Busy', length: 0, body: Buffer.of() }))],
    [
      'a redirect',
      ['mirror-range', 'mirror-redirect'],
      spoiled(() => ({ status: '302 Found', length: 0, more: ['Location: https://x/'], body: Buffer.of() })),
    ],
    ['no Content-Range', ['mirror-content-range'], spoiled(() => ({ range: null }))],
    [
      'a total that is one too many',
      ['mirror-content-range'],
      spoiled(({ range }) => ({ range: range?.replace(/\d+$/, '20001') ?? null })),
    ],
    [
      'a total of *',
      ['mirror-content-range'],
      spoiled(({ range }) => ({ range: range?.replace(/\d+$/, '*') ?? null })),
    ],
    [
      'bytes that are one off',
      ['mirror-bytes'],
      (request, socket) => {
        const { start, end } = request.range ?? { start: 0, end: 0 };
        socket.write(right(request, () => ({ body: imageOf(size + 1).subarray(start + 1, end + 2) })));
      },
    ],
    [
      'one wrong bit',
      ['mirror-bytes'],
      spoiled(({ body }) => ({ body: body.map((byte, at) => (at === 7 ? byte ^ 1 : byte)) })),
    ],
    [
      'a byte too many',
      ['mirror-length'],
      spoiled(({ body }) => ({ length: body.length + 1, body: Buffer.concat([body, Buffer.of(0)]) })),
    ],
    [
      'a byte too few',
      ['mirror-length'],
      spoiled(({ body }) => ({ length: body.length - 1, body: body.subarray(1) })),
    ],
    [
      'a body that ends early',
      ['mirror-length'],
      (request, socket) => {
        socket.end(right(request, ({ body }) => ({ body: body.subarray(0, 100) })));
      },
    ],
    ['a body that falls silent', ['mirror-length'], spoiled(({ body }) => ({ body: body.subarray(0, 100) }))],
    [
      'chunks',
      ['mirror-length'],
      spoiled(({ body }) => ({
        length: null,
        more: ['Transfer-Encoding: chunked', 'Server: nginx'],
        body: Buffer.concat([
          Buffer.from(`${body.length.toString(16)}\r\n`),
          body,
          Buffer.from('\r\n0\r\n\r\n'),
        ]),
      })),
    ],
    [
      'Content-Encoding',
      ['mirror-bytes', 'mirror-encoding'],
      spoiled(({ body }) => {
        const packed = gzipSync(body).subarray(0, body.length);
        const padded = Buffer.concat([packed, Buffer.alloc(body.length - packed.length)]);
        return { more: ['Content-Encoding: gzip', 'Server: nginx'], body: padded };
      }),
    ],
    ['another ETag than the whole file', ['mirror-unchanged'], spoiled(() => ({ etag: '"2"' }))],
    ['no ETag any more', ['mirror-unchanged'], spoiled(() => ({ etag: null }))],
    [
      'an ETag that changes',
      ['mirror-unchanged'],
      (request, socket) => socket.write(right(request, () => ({ etag: `"${request.count}"` }))),
    ],
    [
      'a date that changes',
      ['mirror-unchanged'],
      (request, socket) =>
        socket.write(right(request, ({ more }) => ({ more: [...more, `Last-Modified: ${request.count}`] }))),
    ],
    [
      'a file that is replaced',
      ['mirror-bytes', 'mirror-unchanged'],
      (request, socket) => {
        const { start, end } = request.range ?? { start: 0, end: 0 };
        const other = { etag: '"2"', body: imageOf(size, 2).subarray(start, end + 1) };
        socket.write(right(request, () => (request.count > 1 ? other : {})));
      },
    ],
    [
      'a closed connection after each answer',
      ['mirror-keep-alive'],
      (request, socket) => socket.end(right(request, () => ({ connection: 'close' }))),
    ],
    ['silence', ['mirror-range'], () => {}],
    [
      'a slow head',
      ['mirror-range'],
      (request, socket) => setTimeout(() => socket.write(right(request)), 2_500),
    ],
    [
      '1,100 bytes of headers',
      ['mirror-header-size'],
      spoiled(({ more }) => ({ more: [...more, `X-Policy: ${'x'.repeat(1000)}`] })),
    ],
    ['no HTTP at all', ['mirror-range'], (_, socket) => socket.end('hello\r\n\r\n')],
  ])('%s', async (_, expected, answer) => {
    const report = await ask(answer);
    expect(failing(report)).toEqual(expected);
    for (const check of report.checks) {
      expect(check.sentence).toEqual(saying(/\.$/));
      if (check.answer === 'fail') expect(check.action).toEqual(saying(/\.$/));
    }
    expect(report.requests).toBeLessThanOrEqual(3);
  });

  it.each([
    [700, 'pass'],
    [800, 'warn'],
    [1500, 'fail'],
  ])('and takes %i ms for each of 120 parts: %s', async (delay, answer) => {
    let now = 0;
    const clock = { now: () => 0, elapsed: () => now, sleep: systemClock.sleep };
    const reply: Reply = (request, socket) => {
      now += request.count === 1 ? 9_000 : delay;
      socket.write(right(request));
    };
    const report = await ask(reply, {
      clock,
      timeoutMs: 10_000,
      image: { size: 4096 * 121, digest, slices, etag: '"1"' },
    });
    expect(answerOf(report, 'mirror-speed')).toBe(answer);
  });

  it('is left alone once it has shown its fault', async () => {
    const report = await ask(spoiled(() => ({ status: '200 OK', range: null, length: size, body: image })));
    expect(report.requests).toBe(1);
    expect(mirror?.requests).toHaveLength(1);
  });

  it('cannot make us read an endless answer', async () => {
    let sent = 0;
    const report = await ask(
      (_, socket) => {
        socket.write(head('200 OK', 'Content-Type: application/octet-stream', 'Connection: close'));
        const pour = () => {
          do sent += 16_384;
          while (!socket.destroyed && socket.write(Buffer.alloc(16_384)));
        };
        socket.on('drain', pour);
        pour();
      },
      { fetch },
    );
    expect(answerOf(report, 'mirror-range')).toBe('fail');
    await expect.poll(() => mirror?.used()).toBe(0);
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  it('is warned about when only the first part of Content-Range is wrong', async () => {
    const report = await ask(spoiled(({ range }) => ({ range: range?.replace('bytes ', 'bytes=') ?? null })));
    expect(answerOf(report, 'mirror-content-range')).toBe('warn');
    expect(failing(report)).toEqual([]);
  });
});

describe('the name dl.itead.cn', () => {
  const onlyByItsName: (status: string, ...more: string[]) => Reply =
    (status, ...more) =>
    (request, socket) =>
      socket.write(
        request.headers.get('host') === 'dl.itead.cn'
          ? head(status, 'Content-Length: 0', ...more)
          : right(request),
      );

  it.each<[string, string[]]>([
    ['404 Not Found', []],
    ['400 Bad Request', []],
    ['403 Forbidden', []],
    ['421 Misdirected Request', []],
    ['301 Moved', ['Location: https://x/']],
    ['200 OK', []],
  ])('%s for it is a fault of the mirror, and parts are not blamed', async (status, more) => {
    const report = await ask(onlyByItsName(status, ...more), { hostOverride: 'active' });
    expect(answerOf(report, 'mirror-host')).toBe('fail');
    expect(answerOf(report, 'mirror-range')).toBe('unknown');
    expect(report.checks.find(({ id }) => id === 'mirror-host')?.action).toEqual(saying('dl.itead.cn'));
  });

  it('is only a warning for a device that does not ask by it', async () => {
    const report = await ask(onlyByItsName('404 Not Found'), { hostOverride: 'active', hostRequired: false });
    expect(answerOf(report, 'mirror-host')).toBe('warn');
  });

  it('is not blamed for a server that ignores Range', async () => {
    const report = await ask(
      spoiled(() => ({ status: '200 OK', range: null, length: size, body: image })),
      {
        hostOverride: 'active',
      },
    );
    expect(answerOf(report, 'mirror-host')).toBe('pass');
    expect(failing(report)).toEqual(['mirror-range']);
  });

  it('is not blamed for 416, 503 or silence', async () => {
    for (const status of ['416 Range Not Satisfiable', '503 Busy']) {
      const report = await ask(onlyByItsName(status), { hostOverride: 'active' });
      expect([answerOf(report, 'mirror-host'), answerOf(report, 'mirror-range')]).toEqual([
        'unknown',
        'fail',
      ]);
      await mirror?.stop();
    }
    const report = await ask((_, socket) => socket.destroy(), { hostOverride: 'active' });
    expect([answerOf(report, 'mirror-host'), answerOf(report, 'mirror-range')]).toEqual(['unknown', 'fail']);
  });

  it.each<[boolean, Answer, string]>([
    [true, 'warn', 'could not be tested in this browser'],
    [false, 'pass', 'right name'],
  ])('untested, required %s → %s', async (hostRequired, answer, words) => {
    const report = await ask((request, socket) => socket.write(right(request)), { hostRequired });
    const check = report.checks.find(({ id }) => id === 'mirror-host');
    expect(check).toMatchObject({ answer, sentence: saying(words) });
    expect(report.answer).toBe(answer);
  });

  it('says where it is known from when it could not be tested', async () => {
    const hostKnownFrom = 'its nginx.conf';
    const report = await ask((request, socket) => socket.write(right(request)), { hostKnownFrom });
    expect(report.checks.find(({ id }) => id === 'mirror-host')).toMatchObject({
      answer: 'warn',
      sentence: saying('its nginx.conf'),
    });
  });
});

describe('what a browser cannot see', () => {
  const from = (...more: string[]) =>
    ask(
      spoiled(() => ({ more, connection: null })),
      { hostRequired: false },
    );

  it.each<[string, Answer, Answer]>([
    ['nginx/1.22.1', 'pass', 'pass'],
    ['lighttpd/1.4.69', 'pass', 'pass'],
    ['darkhttpd/1.14', 'pass', 'pass'],
    ['Apache/2.4.71 (Debian)', 'unknown', 'unknown'],
    ['SimpleHTTP/0.6 Python/3.11.7', 'fail', 'unknown'],
    ['cloudflare', 'unknown', 'unknown'],
    ['my nginx', 'unknown', 'unknown'],
  ])('%s: %s', async (server, connection, keepAlive) => {
    const report = await from(`Server: ${server}`);
    expect(answerOf(report, 'mirror-connection')).toBe(connection);
    expect(answerOf(report, 'mirror-keep-alive')).toBe(keepAlive);
  });

  it('is unknown without a Server header', async () => {
    const report = await from();
    expect(answerOf(report, 'mirror-connection')).toBe('unknown');
    expect(answerOf(report, 'mirror-keep-alive')).toBe('unknown');
    expect(report.answer).toBe('unknown');
  });

  it('warns when a connection was closed once, or is about to be', async () => {
    const once = await ask((request, socket) =>
      socket.write(right(request, () => (request.count === 2 ? { connection: 'close' } : {}))),
    );
    expect(answerOf(once, 'mirror-keep-alive')).toBe('warn');
    await mirror?.stop();
    const hundred = { size: 520_192, digest, slices, etag: '"1"' };
    const few =
      (max: number): Reply =>
      (request, socket) =>
        socket.write(
          right(request, ({ more }) => ({
            more: [...more, `Keep-Alive: timeout=5, max=${max - request.count}`],
          })),
        );
    expect(answerOf(await ask(few(10), { image: hundred }), 'mirror-keep-alive')).toBe('warn');
    await mirror?.stop();
    expect(answerOf(await ask(few(100), { image: hundred }), 'mirror-keep-alive')).toBe('pass');
  });

  it('forgives the weak tag of a page that nginx compressed', async () => {
    const report = await ask((request, socket) => socket.write(right(request)), {
      image: { size, digest, slices, etag: 'W/"1"' },
    });
    expect(answerOf(report, 'mirror-unchanged')).toBe('pass');
  });
});

describe('a probe', () => {
  it('knows a redirect as browsers show it', async () => {
    const opaque = Object.defineProperties(new Response(null), {
      type: { value: 'opaqueredirect' },
      status: { value: 0 },
    });
    const report = await ask(() => {}, { fetch: async () => opaque });
    expect(failing(report)).toEqual(['mirror-range', 'mirror-redirect']);
  });

  it('gives each request its own time and lets go afterwards', async () => {
    const clock = createHandClock();
    const outcome = ask(() => {}, { clock, timeoutMs: 10_000, fetch });
    await expect.poll(() => mirror?.requests.length).toBe(1);
    await expect.poll(() => clock.sleepers()).toBe(1);
    clock.advance(9_999);
    expect(await Promise.race([outcome, new Promise((done) => setTimeout(done, 20, 'waiting'))])).toBe(
      'waiting',
    );
    clock.advance(1);
    const report = await outcome;
    expect(report.checks[0]).toMatchObject({
      id: 'mirror-range',
      answer: 'fail',
      sentence: saying('10 seconds'),
    });
    expect(report.at).toBe(1_000_000);
    await expect.poll(() => mirror?.used()).toBe(0);
  });

  it('can be cancelled', async () => {
    const stop = new AbortController();
    const report = await ask(() => stop.abort(), { signal: stop.signal });
    expect(answerOf(report, 'mirror-range')).toBe('unknown');
    expect(failing(report)).toEqual([]);
    expect(report.answer).not.toBe('pass');
  });

  it('can be cancelled in the middle of an answer', async () => {
    const stop = new AbortController();
    const begun = new ReadableStream<Uint8Array>({
      pull() {
        setImmediate(() => stop.abort());
        return new Promise(() => {});
      },
    });
    const report = await ask(() => {}, {
      signal: stop.signal,
      fetch: async () => new Response(begun, { status: 206 }),
    });
    expect(stop.signal.aborted).toBe(true);
    expect(failing(report)).toEqual([]);
    expect(report.answer).not.toBe('pass');
  });

  it('of an empty image passes nothing', async () => {
    const report = await ask(() => {}, { image: { size: 0, digest, slices: [], etag: null } });
    expect(report.answer).not.toBe('pass');
    expect(answerOf(report, 'mirror-range')).not.toBe('pass');
  });
});
