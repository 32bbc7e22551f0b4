import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringsIn } from '../../../src/firmware/parse/bytes.ts';

const encode = (text: string) => new TextEncoder().encode(text);

describe('the strings in a file', () => {
  it.each([
    ['\x01lite\x02abc\x03Hello!', '\0lite\0Hello!\0'],
    ['lite', '\0lite\0'],
    ['abc', '\0'],
    ['', '\0'],
    ['\nabcd\x7fefgh', '\0abcd\0efgh\0'],
  ])('%j', (text, strings) => expect(stringsIn(encode(text))).toBe(strings));

  it('are the runs of four or more printable characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ', '~', '\0', '\n', '\x7f'), maxLength: 80 }),
        (text) => {
          const runs = text.match(/[\x20-\x7e]{4,}/g) ?? [];
          expect(stringsIn(encode(text))).toBe(`\0${runs.map((run) => `${run}\0`).join('')}`);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('are looked for where an ESP8266 has flash, however large the file is', () => {
    const bytes = new Uint8Array(0x400100);
    bytes.set(new TextEncoder().encode('early'), 0x3ffff0);
    bytes.set(new TextEncoder().encode('late'), 0x400080);
    expect(stringsIn(bytes)).toBe('\0early\0');
  });
});
