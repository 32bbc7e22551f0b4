import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examine } from '../../../src/firmware/report.ts';
import { buildImage, fill } from '../../images/esp8266-image.ts';
import { gzipOf } from '../../images/other-files.ts';

const digest = '0'.repeat(64);
const good = buildImage();

/** A verdict on any bytes is one that can be stored, and that covers the file from end to end. */
function expectVerdict(bytes: Uint8Array): void {
  const report = examine(bytes, { digest, name: 'any.bin' });
  expect(report.checks.length).toBeGreaterThan(0);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  // What speaks against a file names its row in the table of troubles.
  for (const { answer, trouble } of report.checks)
    expect(trouble !== undefined).toBe(answer === 'fail' || answer === 'warn');
  let at = 0;
  for (const part of report.layout) {
    expect(part.offset).toBe(at);
    expect(part.size).toBeGreaterThan(0);
    at += part.size;
  }
  expect(at).toBe(bytes.length);
}

describe('any bytes', () => {
  it('get a verdict', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 6000 }), expectVerdict), { numRuns: 300 });
  });

  it('get a verdict up to two megabytes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000 }),
        fc.integer(),
        fc.constantFrom(0xe9, 0xea, 0x1f, 0x3c, 0x50, 0x00),
        (size, seed, first) => {
          const bytes = fill(size, seed);
          bytes.fill(first, 0, 1);
          expectVerdict(bytes);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('are refused unless they are an image', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 9000 }),
        (bytes) => examine(bytes, { digest, name: 'x.bin' }).answer === 'fail',
      ),
      { numRuns: 300 },
    );
  });

  it('get a verdict when they begin like an image', () => {
    const header = fc.record({
      at: fc.nat(0x1080),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 24 }),
      cut: fc.nat(good.length),
    });
    fc.assert(
      fc.property(fc.array(header, { minLength: 1, maxLength: 5 }), (edits) => {
        const file = good.slice();
        for (const { at, bytes } of edits) file.set(bytes, at);
        expectVerdict(file);
        expectVerdict(file.subarray(0, edits[0]?.cut));
      }),
      { numRuns: 400 },
    );
  });

  it('get a verdict when segments are of any length', () => {
    const word = fc.oneof(
      fc.nat(),
      fc.constantFrom(0, 4, 0xffffffff, 0xfffffff8, 0x80000000, 0x7fffffff, 0x100000),
    );
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 255 }), (address, size, count) => {
        const file = good.slice();
        const view = new DataView(file.buffer);
        file[0x1001] = count;
        view.setUint32(0x1008, address, true);
        view.setUint32(0x100c, size, true);
        expectVerdict(file);
      }),
      { numRuns: 300 },
    );
  });

  it('get a verdict when a gzip is cut off', () => {
    const packed = gzipOf(good);
    for (let length = 0; length < 40; length++) expectVerdict(packed.subarray(0, length));
  });

  it('may lie anywhere in a larger buffer', () => {
    const buffer = new Uint8Array(good.length + 13).fill(0xe9);
    buffer.set(good, 5);
    expect(examine(buffer.subarray(5, 5 + good.length), { digest, name: 'x.bin' }).checks).toEqual(
      examine(good, { digest, name: 'x.bin' }).checks,
    );
  });
});
