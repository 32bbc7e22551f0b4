import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readByteRange } from '../../../src/local-mirror/server/byte-range.ts';
import { RepeatedRequest } from '../../../src/local-mirror/server/repeated-request.ts';
import { readRequest } from '../../../src/local-mirror/server/request.ts';
import { aLocalMirror, aWire, digest, image, partRequest } from './mirror-desk.ts';

const served = { path: '/a', bytes: image, digest };
const of = (text: string) => RepeatedRequest.of(Buffer.from(text, 'latin1'), served, null);

describe('a request that is repeated', () => {
  it('is known by everything but its two numbers', () => {
    const repeated = of(partRequest('/a', 0, 4095));
    const range = (text: string) => repeated?.rangeIn(Buffer.from(text, 'latin1'));
    expect(range(partRequest('/a', 4096, 8191))).toEqual({ from: 4096, to: 8191 });
    expect(range(partRequest('/a', 466_944, 999_999))).toEqual({ from: 466_944, to: image.length - 1 });
    for (const other of [
      partRequest('/b', 4096, 8191),
      partRequest('/a', 4096, 8191, 'Host: x\r\n'),
      partRequest('/a', 9, 8),
      partRequest('/a', image.length, image.length + 9),
      partRequest('/a', 0, 9) + partRequest('/a', 0, 9),
      partRequest('/a', 0, 9).slice(0, -1),
      partRequest('/a', 0, 9).replace('0-9', '-9'),
      partRequest('/a', 0, 9).replace('0-9', '0-9,11-12'),
      partRequest('/a', 0, 9).replace('0-9', '0-\r\nTransfer-Encoding: chunked'),
      partRequest('/a', 0, 9).replace('0-9', `${'0'.repeat(15)}1-9`),
    ])
      expect([other, range(other)]).toEqual([other, null]);
  });

  it('has no body, whatever stands in it', () => {
    expect(
      of('GET /a HTTP/1.1\r\nRange:bytes=0-9\r\nContent-Length: 22\r\n\r\n\r\nRange: bytes=0-9\r\n\r\n'),
    ).toBe(null);
  });

  it('is never understood otherwise than by the strict reader', () => {
    const first = partRequest('/a', 0, 4095);
    const repeated = of(first);
    const at = first.indexOf('0-4095');
    const middle = fc.array(
      fc.constantFrom('0', '9', '4096', '-', '\r\n', ',', ' ', '+', '0x', 'X: y', '8191'),
      {
        maxLength: 5,
      },
    );
    const edit = fc.tuple(fc.nat(first.length - 1), fc.constantFrom('', 'x', '\r', '\n', '0', '-'));
    fc.assert(
      fc.property(middle, fc.option(edit), (numbers, change) => {
        let text = first.slice(0, at) + numbers.join('') + first.slice(at + 6);
        if (change) text = text.slice(0, change[0]) + change[1] + text.slice(change[0] + 1);
        const bytes = Buffer.from(text, 'latin1');
        const range = repeated?.rangeIn(bytes) ?? null;
        if (range === null) return;
        const reading = readRequest(bytes);
        expect(reading).toMatchObject({ state: 'complete', length: bytes.length });
        if (reading.state !== 'complete') return;
        expect(readByteRange(reading.request.headers.get('range'), image.length)).toEqual(range);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves every other request on its connection to the strict reader', async () => {
    const { port, path } = await aLocalMirror();
    const wire = await aWire(port);
    for (const [request, status] of [
      [partRequest(path, 0, 9), 206],
      [partRequest(path, 10, 19), 206],
      [partRequest(path, image.length, image.length), 416],
      [partRequest('/x', 0, 9), 404],
      [partRequest(path, 20, 29), 206],
      [partRequest(path, 0, 9).replace('User-Agent', 'User-Agent '), 400],
    ] as const) {
      wire.send(request);
      expect((await wire.answer()).status).toContain(` ${status} `);
    }
    await wire.ended;
  });

  it('gets byte for byte what the strict reader has answered', async () => {
    const { port, path } = await aLocalMirror();
    const repeating = await aWire(port);
    repeating.send(partRequest(path, 0, 4095));
    await repeating.answer();
    const last = image.length - 1;
    for (const [from, to] of [
      [4096, 8191],
      [8192, 8192],
      [last, last + 50],
      [0, 4096],
      [100, 99_999],
      [12_288, 16_383],
    ] as const) {
      const strict = await aWire(port);
      strict.send(partRequest(path, from, to));
      repeating.send(partRequest(path, from, to));
      const [one, other] = [await strict.answer(), await repeating.answer()];
      const undated = ({ head }: { head: string }) => head.replace(/\r\nDate: [^\r]{29}\r\n/, ' dated ');
      expect(undated(other)).toBe(undated(one));
      expect(other.body.equals(one.body)).toBe(true);
      expect(other.body.equals(Buffer.from(image.subarray(from, to + 1)))).toBe(true);
      strict.socket.destroy();
    }
  });
});
