import { describe, expect, it } from 'vitest';
import { parseDownloadUrl } from '../../../src/mirror/url/url-rules.ts';
import { aLocalMirror, aWire, digest, image, partRequest, reportRequest } from './mirror-desk.ts';

const bytes = Buffer.from(image);

describe('an answer of the local mirror', () => {
  it('has the status line, the names and the few headers that the device wants', async () => {
    const { port, path } = await aLocalMirror();
    const wire = await aWire(port);
    wire.send(partRequest(path, 4096, 8191));
    const { head, body } = await wire.answer();
    expect(head.split('\r\n')).toEqual([
      'HTTP/1.1 206 Partial Content',
      expect.stringMatching(/^Date: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/),
      'Content-Type: application/octet-stream',
      `Content-Range: bytes 4096-8191/${image.length}`,
      'Accept-Ranges: bytes',
      `ETag: "${digest.slice(0, 32)}"`,
      'Content-Length: 4096',
      'Connection: keep-alive',
      '',
      '',
    ]);
    expect(head.length).toBeLessThan(512);
    expect(body.equals(bytes.subarray(4096, 8192))).toBe(true);
  });

  it('comes 130 times on one connection', async () => {
    const { port, path } = await aLocalMirror();
    const wire = await aWire(port);
    for (let n = 0; n < 130; n += 1) {
      wire.send(partRequest(path, n, n + 99));
      const { body } = await wire.answer();
      expect(body.equals(bytes.subarray(n, n + 100))).toBe(true);
    }
  });

  it('is the same whatever the Host, and without one', async () => {
    const { port, path } = await aLocalMirror();
    const wire = await aWire(port);
    for (const host of [
      '',
      'Host: dl.itead.cn\r\n',
      'Host: 10.0.0.1:8080\r\n',
      'host:\r\n',
      'Host: a/../b\r\n',
    ]) {
      wire.send(partRequest(path, 0, 9, host));
      expect((await wire.answer()).body.equals(bytes.subarray(0, 10))).toBe(true);
    }
  });

  it('is the same for the request without a slash, between others on one connection', async () => {
    const { port, path, events } = await aLocalMirror();
    const wire = await aWire(port);
    for (const target of [path.slice(1), path, path.slice(1)]) {
      wire.send(`GET ${target} HTTP/1.1\r\nRange: bytes=0-9\r\n\r\n`);
      expect((await wire.answer()).body.equals(bytes.subarray(0, 10))).toBe(true);
    }
    wire.send(reportRequest('{"error":0}'));
    expect((await wire.answer()).status).toBe('HTTP/1.1 200 OK');
    expect(events.map(({ event }) => event)).toEqual(['range', 'range', 'range', 'verdict']);
  });

  it.each([
    ['bytes=0-4095', 0, 4095],
    ['bytes=469839-469839', 469_839, 469_839],
    ['bytes=466944-999999', 466_944, 469_839],
    ['bytes=469000-', 469_000, 469_839],
    ['bytes=-16', 469_824, 469_839],
    ['bytes=-999999', 0, 469_839],
  ])('to %s is exactly that part', async (range, from, to) => {
    const { port, path } = await aLocalMirror();
    const wire = await aWire(port);
    wire.send(`GET ${path} HTTP/1.1\r\nRange: ${range}\r\n\r\n`);
    const { head, body } = await wire.answer();
    expect(head).toContain(`\r\nContent-Range: bytes ${from}-${to}/469840\r\n`);
    expect(body.equals(bytes.subarray(from, to + 1))).toBe(true);
  });

  it.each(['bytes=469840-', 'bytes=469840-470000', 'bytes=9-8', 'bytes=-0'])(
    'to %s is 416',
    async (range) => {
      const { port, path } = await aLocalMirror();
      const wire = await aWire(port);
      wire.send(`GET ${path} HTTP/1.1\r\nRange: ${range}\r\n\r\n`);
      const { status, head, body } = await wire.answer();
      expect(status).toBe('HTTP/1.1 416 Range Not Satisfiable');
      expect(head).toContain('\r\nContent-Range: bytes */469840\r\n');
      expect(body).toHaveLength(0);
    },
  );

  it.each(['bytes=0-1,3-4', 'bytes=a-b', 'bytes', 'lines=0-9', 'bytes=1', 'bytes=-'])(
    'to %s is the whole',
    async (range) => {
      const { port, path, events } = await aLocalMirror();
      const wire = await aWire(port);
      wire.send(`GET ${path} HTTP/1.1\r\nRange: ${range}\r\nConnection: close\r\n\r\n`);
      const { status, body } = await wire.answer();
      await wire.ended;
      expect(status).toBe('HTTP/1.1 200 OK');
      expect(body.equals(bytes)).toBe(true);
      expect(events).toEqual([]);
    },
  );

  it('to HEAD has no body, and the connection goes on', async () => {
    const { port, path } = await aLocalMirror();
    const wire = await aWire(port);
    wire.send(`HEAD ${path} HTTP/1.1\r\nRange: bytes=0-9\r\n\r\nHEAD / HTTP/1.1\r\n\r\n`);
    const twoHeads = (await wire.take(1)).toString() + (await wire.take(330)).toString();
    expect(twoHeads).toContain('HTTP/1.1 206 Partial Content\r\n');
    expect(twoHeads).toContain('\r\n\r\nHTTP/1.1 404 Not Found\r\n');
  });

  it('to HTTP/1.0 closes', async () => {
    const { port, path } = await aLocalMirror();
    const wire = await aWire(port);
    wire.send(`GET ${path} HTTP/1.0\r\nRange: bytes=0-3\r\n\r\n`);
    expect(await wire.rest()).toContain('\r\nConnection: close\r\n\r\n\u{e9}');
  });

  it('has the bytes that were handed over, whatever becomes of the array afterwards', async () => {
    const { mirror, port } = await aLocalMirror();
    const mine = Uint8Array.of(1, 2, 3, 4);
    const { path } = mirror.handOver('a', mine, digest);
    mine.fill(9);
    const wire = await aWire(port);
    wire.send(partRequest(path, 0, 3));
    expect([...(await wire.answer()).body]).toEqual([1, 2, 3, 4]);
  });
});

describe('a path of the local mirror', () => {
  it('can be told to the device, whatever the file is called', async () => {
    const { mirror } = await aLocalMirror();
    for (const name of [
      'ä:b?c#d%2f.bin',
      '../../etc/passwd',
      '',
      '...',
      'x'.repeat(300),
      'a b\nc.bin',
      '\u{0}',
    ]) {
      const { path } = mirror.handOver(name, image, digest);
      expect(path).toMatch(/^\/[\w-]{12}\/[A-Za-z0-9._-]{1,64}$/);
      expect(parseDownloadUrl(`http://192.168.1.2:8080${path}`)).toMatchObject({ ok: true, value: { path } });
    }
  });

  it('is another one for each file, also of the same name', async () => {
    const { mirror } = await aLocalMirror();
    const paths = Array.from({ length: 100 }, () => mirror.handOver('a.bin', image, digest).path);
    expect(new Set(paths).size).toBe(100);
  });
});

describe('a report to the local mirror', () => {
  it.each([0, 404, 406, 409, 410, 7])('of %i is answered and told', async (error) => {
    const desk = await aLocalMirror();
    const wire = await aWire(desk.port);
    wire.send(reportRequest(JSON.stringify({ error, more: [1] })));
    const { status, head } = await wire.answer();
    expect([status, head]).toEqual(['HTTP/1.1 200 OK', expect.stringContaining('Content-Length: 0')]);
    expect(await desk.event('verdict')).toMatchObject({ device: '127.0.0.1', error });
  });

  it.each(['', '{', '[]', '{"error":"0"}', '{"error":0.5}', '{"error":null}', 'error=0', '\u{0}'])(
    'that is %j is told as unreadable',
    async (body) => {
      const desk = await aLocalMirror();
      const wire = await aWire(desk.port);
      wire.send(reportRequest(body));
      expect((await wire.answer()).status).toBe('HTTP/1.1 200 OK');
      expect(await desk.event('verdict')).toMatchObject({ error: null });
    },
  );

  it.each([
    'Origin: http://evil.example\r\n',
    'Sec-Fetch-Site: cross-site\r\n',
    'User-Agent: Mozilla/5.0 (X11)\r\n',
  ])('that a web page has made is refused (%s)', async (header) => {
    const desk = await aLocalMirror();
    const wire = await aWire(desk.port);
    wire.send(reportRequest('{"error":0}', header));
    expect((await wire.answer()).status).toBe('HTTP/1.1 403 Forbidden');
    expect(desk.events).toEqual([]);
  });

  it('counts even when the device does not wait for the answer', async () => {
    const desk = await aLocalMirror();
    const wire = await aWire(desk.port);
    wire.socket.end(reportRequest('{"error":0}'));
    expect(await desk.event('verdict')).toMatchObject({ error: 0 });
  });
});
