import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isNearby } from '../../../src/local-mirror/server/nearby.ts';
import { readRequest } from '../../../src/local-mirror/server/request.ts';
import { until } from '../../e2e/harness/until.ts';
import { aLocalMirror, aWire, image, partRequest, reportRequest } from './mirror-desk.ts';

const secret = Buffer.from(image).toString('latin1', 0, 8);

describe('nothing but the handed-over bytes can be read:', () => {
  const targets = [
    '/',
    '/*',
    '*',
    '/.',
    '/..',
    '/../../../../etc/passwd',
    '//etc/passwd',
    '/etc/passwd',
    'etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/%252e%252e%252fetc/passwd',
    '/..%c0%af..%c0%afetc/passwd',
    '/..\\..\\windows\\win.ini',
    '/C:/windows/win.ini',
    '/\\\\server\\share',
    '/file:///etc/passwd',
    'file:///etc/passwd',
    'http://127.0.0.1/etc/passwd',
    '/proc/self/environ',
    '/api/device/otaFlash',
    '/api/device/',
    '/constructor',
    '/__proto__',
    '/toString',
    '/package.json',
    '/%00',
    '/tasmota-lite.bin',
    '?',
    '#',
  ];

  it.each(targets)('%s', async (target) => {
    const { port } = await aLocalMirror();
    const wire = await aWire(port);
    for (const method of ['GET', 'HEAD']) {
      wire.send(`${method} ${target} HTTP/1.1\r\nHost: dl.itead.cn\r\n\r\n`);
      const { status, body } = await wire.answer();
      expect([status, body.length]).toEqual(['HTTP/1.1 404 Not Found', 0]);
    }
  });

  it('nor by anything but the exact path', async () => {
    const { port, path } = await aLocalMirror();
    const [, token = '', name = ''] = path.split('/');
    const wire = await aWire(port);
    const near = [
      `/${token}`,
      `/${token}/`,
      `//${token}/${name}`,
      `/${token}//${name}`,
      `/./${token}/${name}`,
      `/x/../${token}/${name}`,
      `/${token}/${name}/`,
      `/${token}/${name}%00`,
      `/${token}/${name}.bin`,
      `/${token.slice(0, -1)}/${name}`,
      `/${token.toLowerCase()}x/${name}`,
      `/${token}/%74asmota-lite.bin`,
      `/${token};a=b/${name}`,
    ];
    for (const target of near) {
      wire.send(`GET ${target} HTTP/1.1\r\n\r\n`);
      expect([target, (await wire.answer()).status]).toEqual([target, 'HTTP/1.1 404 Not Found']);
    }
  });

  it.each(['PUT', 'DELETE', 'POST', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'GETT'])(
    'by %s',
    async (method) => {
      const { port, path } = await aLocalMirror();
      const wire = await aWire(port);
      wire.send(`${method} ${path} HTTP/1.1\r\nContent-Length: 4\r\n\r\nabcdGET / HTTP/1.1\r\n\r\n`);
      expect((await wire.answer()).status).toBe('HTTP/1.1 404 Not Found');
      expect((await wire.answer()).status).toBe('HTTP/1.1 404 Not Found');
    },
  );
});

describe('a request that two readers could read in two ways is refused, and the connection with it:', () => {
  const inner = (path: string) => `GET ${path} HTTP/1.1\r\nRange: bytes=0-7\r\n\r\n`;
  const shapes: [name: string, (path: string) => string][] = [
    ['chunked', (path) => `POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner(path)}`],
    [
      'length and chunked',
      (path) =>
        `POST /x HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner(path)}`,
    ],
    [
      'hidden chunked',
      (path) => `POST /x HTTP/1.1\r\ntransfer-encoding:\tx, chunked\r\n\r\n0\r\n\r\n${inner(path)}`,
    ],
    [
      'two lengths',
      (path) => `POST /x HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 9\r\n\r\n${inner(path)}`,
    ],
    [
      'equal lengths',
      (path) => `POST /x HTTP/1.1\r\nContent-Length: 0\r\ncontent-length: 0\r\n\r\n${inner(path)}`,
    ],
    ['a list of lengths', (path) => `POST /x HTTP/1.1\r\nContent-Length: 0, 9\r\n\r\n${inner(path)}`],
    ['a signed length', (path) => `POST /x HTTP/1.1\r\nContent-Length: +0\r\n\r\n${inner(path)}`],
    ['a negative length', (path) => `POST /x HTTP/1.1\r\nContent-Length: -1\r\n\r\n${inner(path)}`],
    ['a hexadecimal length', (path) => `POST /x HTTP/1.1\r\nContent-Length: 0x0\r\n\r\n${inner(path)}`],
    ['an empty length', (path) => `POST /x HTTP/1.1\r\nContent-Length:\r\n\r\n${inner(path)}`],
    ['a space before the colon', (path) => `POST /x HTTP/1.1\r\nContent-Length : 0\r\n\r\n${inner(path)}`],
    ['a folded line', (path) => `POST /x HTTP/1.1\r\nX: a\r\n Content-Length: 9\r\n\r\n${inner(path)}`],
    ['a bare LF', (path) => `POST /x HTTP/1.1\nContent-Length: 0\r\n\r\n${inner(path)}`],
    ['a bare LF in a header', (path) => `POST /x HTTP/1.1\r\nX: a\nContent-Length: 9\r\n\r\n${inner(path)}`],
    ['a bare CR in a header', (path) => `POST /x HTTP/1.1\r\nX: a\rContent-Length: 9\r\n\r\n${inner(path)}`],
    ['a NUL', (path) => `POST /x HTTP/1.1\r\nX: a\u{0}\r\n\r\n${inner(path)}`],
    ['a line without a colon', (path) => `POST /x HTTP/1.1\r\nnonsense\r\n\r\n${inner(path)}`],
    ['an empty name', (path) => `POST /x HTTP/1.1\r\n: a\r\n\r\n${inner(path)}`],
    ['two hosts', (path) => `GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n${inner(path)}`],
    [
      'two ranges',
      (path) => `GET ${path} HTTP/1.1\r\nRange: bytes=0-7\r\nRange: bytes=8-9\r\n\r\n${inner(path)}`,
    ],
    ['two spaces', (path) => `GET  ${path} HTTP/1.1\r\n\r\n${inner(path)}`],
    ['a tab', (path) => `GET\t${path} HTTP/1.1\r\n\r\n${inner(path)}`],
    ['a space in the target', (path) => `GET ${path} x HTTP/1.1\r\n\r\n${inner(path)}`],
    ['HTTP/0.9', (path) => `GET ${path}\r\n\r\n${inner(path)}`],
    ['HTTP/2', (path) => `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${inner(path)}`],
    ['HTTP/1.2', (path) => `GET ${path} HTTP/1.2\r\n\r\n${inner(path)}`],
    ['a lower-case method', (path) => `get ${path} HTTP/1.1\r\n\r\n${inner(path)}`],
    ['TLS', (path) => `\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n${inner(path)}`],
    ['letters beyond ASCII', (path) => `GET /\u{e4}${path} HTTP/1.1\r\n\r\n${inner(path)}`],
  ];

  it.each(shapes)('%s', async (_name, shape) => {
    const desk = await aLocalMirror();
    const wire = await aWire(desk.port);
    wire.send(shape(desk.path));
    const said = await wire.rest();
    expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(said.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(said).not.toContain(secret);
    expect(desk.events).toEqual([]);
  });

  it('a body is never taken for a request', async () => {
    const desk = await aLocalMirror();
    const wire = await aWire(desk.port);
    wire.send(reportRequest(inner(desk.path)));
    wire.send('GET / HTTP/1.1\r\nConnection: close\r\n\r\n');
    expect((await wire.rest()).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 404']);
    expect(desk.events).toMatchObject([{ event: 'verdict', error: null }]);
  });

  it('whatever the bytes are and however they are cut, the reader gives one of its three answers', () => {
    const pieces = fc.constantFrom(
      'GET ',
      '/a',
      ' HTTP/1.1',
      '\r\n',
      '\n',
      'Content-Length: 3',
      ':',
      ' ',
      'abc',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 30 }), (parts) => {
        const bytes = Buffer.from(parts.join(''), 'latin1');
        const reading = readRequest(bytes);
        if (reading.state === 'complete') expect(reading.length).toBeLessThanOrEqual(bytes.length);
        if (reading.state !== 'complete') return;
        for (let cut = 0; cut < reading.length; cut += 1)
          expect(readRequest(bytes.subarray(0, cut)).state).toBe('incomplete');
      }),
    );
  });
});

describe('too much is refused:', () => {
  it.each([
    ['a target', `GET /${'x'.repeat(5000)} HTTP/1.1\r\n\r\n`, 431],
    ['a header', `GET / HTTP/1.1\r\nX: ${'x'.repeat(5000)}\r\n\r\n`, 431],
    ['headers without end', `GET / HTTP/1.1\r\n${'X: y\r\n'.repeat(2000)}`, 431],
    ['a line without end', 'x'.repeat(100_000), 431],
    ['a body', `POST /api/device/otaFlash HTTP/1.1\r\nContent-Length: 4097\r\n\r\n`, 413],
    [
      'a body of any size',
      `POST /api/device/otaFlash HTTP/1.1\r\nContent-Length: 999999999999999\r\n\r\n`,
      413,
    ],
    ['a length of any length', `POST / HTTP/1.1\r\nContent-Length: ${'9'.repeat(400)}\r\n\r\n`, 400],
  ])('%s', async (_name, request, status) => {
    const { port } = await aLocalMirror();
    const wire = await aWire(port);
    wire.send(request);
    expect(await wire.rest()).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

describe('a client that takes its time is let go:', () => {
  const quick = { requestMs: 120, idleMs: 300, answerMs: 200 };

  it('with nothing said', async () => {
    const wire = await aWire((await aLocalMirror(quick)).port);
    expect(await wire.rest()).toBe('');
  });

  it('in the middle of a request, however steadily it drips', async () => {
    const { port, path } = await aLocalMirror(quick);
    const wire = await aWire(port);
    const drops = [...partRequest(path, 0, 9)];
    const drip = setInterval(() => wire.socket.write(drops.shift() ?? ''), 20);
    onTestFinished(() => clearInterval(drip));
    await wire.ended;
    expect(drops.length).toBeGreaterThan(0);
  });

  it('in the middle of a body', async () => {
    const { port } = await aLocalMirror(quick);
    const wire = await aWire(port);
    wire.send('POST /api/device/otaFlash HTTP/1.1\r\nContent-Length: 11\r\n\r\n{"err');
    expect(await wire.rest()).toBe('');
  });

  it('between two requests, but a device later than a stranger', async () => {
    const { port, path } = await aLocalMirror(quick);
    const wire = await aWire(port);
    wire.send(partRequest(path, 0, 9));
    await wire.answer();
    const started = performance.now();
    await wire.ended;
    expect(performance.now() - started).toBeGreaterThan(200);
  });

  it('that does not take what it asked for', async () => {
    const { port, path } = await aLocalMirror(quick);
    const wire = await aWire(port);
    wire.socket.pause();
    wire.send(`GET ${path} HTTP/1.1\r\n\r\n`.repeat(40));
    const ended = new Promise((resolve) => wire.socket.once('error', resolve).once('close', resolve));
    const poke = setInterval(() => wire.send('G'), 50);
    onTestFinished(() => clearInterval(poke));
    await ended;
  });
});

describe('many at a time', () => {
  it('pipelined requests are answered in their order', async () => {
    const { port, path, events } = await aLocalMirror();
    const wire = await aWire(port);
    wire.send(Array.from({ length: 300 }, (_, n) => partRequest(path, n * 10, n * 10 + 9)).join(''));
    for (let n = 0; n < 300; n += 1) {
      expect((await wire.answer()).body.equals(Buffer.from(image.subarray(n * 10, n * 10 + 10)))).toBe(true);
    }
    await until(
      async () => events.length === 300 || undefined,
      () => `${events.length} parts were told`,
    );
  });

  it('thousands of silent connections keep no device out, and only some of them are kept', async () => {
    const { port, path } = await aLocalMirror();
    const device = await aWire(port);
    device.send(partRequest(path, 0, 4095));
    await device.answer();
    let open = 0;
    // More at a time than the system's own queue holds would not even get as far as the server.
    for (let batch = 0; batch < 10; batch += 1) {
      await Promise.all(
        Array.from({ length: 200 }, async () => {
          const { socket, ended } = await aWire(port);
          open += 1;
          void ended.then(() => {
            open -= 1;
          });
          return socket;
        }),
      );
    }
    const newcomer = await aWire(port);
    for (const wire of [device, newcomer]) {
      wire.send(partRequest(path, 4096, 8191));
      expect((await wire.answer()).body).toHaveLength(4096);
    }
    await expect.poll(() => open, { timeout: 5000 }).toBeLessThanOrEqual(512);
  });
});

describe('only clients in this house are served', () => {
  const near = [
    '127.0.0.1',
    '127.9.9.9',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.2',
    '169.254.3.4',
  ];
  const near6 = ['::1', 'fe80::1', 'fe80::1%eth0', 'fd12::1', '::ffff:192.168.1.2'];
  const far = [
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '192.169.0.1',
    '100.64.0.1',
    '11.0.0.1',
    '0.0.0.0',
    '224.0.0.251',
  ];
  const far6 = [
    '2001:db8::1',
    '2a00::1',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2002:c0a8:0101::1',
    '::',
    'ff02::1',
  ];
  const none = ['', 'localhost', '192.168.1', '3232235777', '0x7f000001', '192.168.1.2, 8.8.8.8'];

  it.each([...near, ...near6])('%s is one', (address) => {
    expect(isNearby(address, '192.168.1.1')).toBe(true);
  });

  it.each([...far, ...far6, ...none])('%s is none', (address) => {
    expect(isNearby(address, '192.168.1.1')).toBe(false);
  });

  it('this very computer is one, by whichever of its addresses', () => {
    expect(isNearby('203.0.113.5', '203.0.113.5')).toBe(true);
    expect(isNearby(undefined, undefined)).toBe(false);
  });

  it.each([
    ['192.168.1.77', '206'],
    ['8.8.8.8', ''],
    ['2001:db8::1', ''],
    [undefined, ''],
  ])('a connection from %s gets %j', async (remote, status) => {
    const { mirror, path } = await aLocalMirror();
    let said = '';
    const stream = new Duplex({
      read() {},
      write(chunk, _encoding, done) {
        said += chunk.toString('latin1');
        done();
      },
    });
    mirror.accept(stream, remote, '192.168.1.1');
    stream.push(partRequest(path, 0, 9));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(said.slice(9, 12)).toBe(status);
    expect(stream.destroyed).toBe(status === '');
  });
});
