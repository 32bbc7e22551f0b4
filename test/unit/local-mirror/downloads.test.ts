import { describe, expect, it } from 'vitest';
import { Downloads } from '../../../src/local-mirror/server/downloads.ts';
import type { MirrorEvent } from '../../../src/local-mirror/server/events.ts';

const image = { path: '/x/tasmota-lite.bin', bytes: new Uint8Array(10_000), digest: 'ab'.repeat(32) };
const here = '192.168.1.77';

/** Downloads on a clock that stands still, and what they tell. */
function aBook() {
  const told: MirrorEvent[] = [];
  const downloads = new Downloads((event) => told.push(event), { stallMs: 20_000, giveUpMs: 180_000 });
  let now = 0;
  return {
    downloads,
    told,
    fetch(from: number, to: number, id: string | null = '1000000001') {
      now += 1;
      downloads.fetched(here, id, image, { from, to }, now);
    },
    /** What a report is about: the id that its download has, or null. */
    report(error: number | null, id: string | null = null): string | null {
      downloads.reported(here, id, error);
      return told.at(-1)?.download?.deviceId ?? null;
    },
    get isBusy() {
      return downloads.isBusy(now);
    },
  };
}

describe('a success', () => {
  it('counts when every byte was fetched, also by ranges of other sizes and with some of them twice', () => {
    const book = aBook();
    for (const [from, to] of [
      [0, 2999],
      [3000, 5999],
      [5500, 8999],
      [9000, 9999],
    ] as const)
      book.fetch(from, to);
    expect(book.report(0)).toBe('1000000001');
  });

  it.each([
    ['the last byte is missing', [[0, 9998]]],
    ['the first part is missing', [[4096, 9999]]],
    [
      'one byte in the middle is missing',
      [
        [0, 4999],
        [5001, 9999],
      ],
    ],
    [
      'it has begun anew',
      [
        [0, 9999],
        [0, 4095],
      ],
    ],
  ] as const)('does not when %s, and the device is still waited for', (_what, ranges) => {
    const book = aBook();
    for (const [from, to] of ranges) book.fetch(from, to);
    expect(book.report(0, '1000000001')).toBeNull();
    expect(book.isBusy).toBe(true);
  });

  it('without an id is that of the device behind the address that has everything', () => {
    const book = aBook();
    book.fetch(0, 9999, '1000000001');
    book.fetch(0, 4095, '1000000002');
    expect(book.report(0)).toBe('1000000001');
    expect(book.isBusy).toBe(true);
    expect(book.report(0, '1000000002')).toBeNull();
    expect(book.report(404)).toBe('1000000002');
    expect(book.isBusy).toBe(false);
  });

  it('said twice is the same one, and takes no failure back', () => {
    const book = aBook();
    book.fetch(0, 9999);
    expect([book.report(0), book.report(0)]).toEqual(['1000000001', '1000000001']);
    book.fetch(0, 9999);
    expect([book.report(409), book.report(0)]).toEqual(['1000000001', null]);
  });
});

describe('a failure without an id', () => {
  it('of the digest is of who has everything, another one of who has not', () => {
    const book = aBook();
    book.fetch(0, 4095, '1000000002');
    book.fetch(0, 9999, '1000000001');
    expect(book.report(404)).toBe('1000000002');
    book.fetch(0, 4095, '1000000002');
    expect(book.report(409)).toBe('1000000001');
    expect(book.report(410)).toBe('1000000002');
  });
});

it('a silence is told again and again, and no longer than a device waits', () => {
  const book = aBook();
  book.fetch(0, 4095);
  for (let second = 0; second < 400; second += 1) book.downloads.check(second * 1000);
  const seconds = book.told.flatMap((event) => (event.event === 'stalled' ? [event.seconds] : []));
  expect(seconds).toEqual([20, 40, 60, 80, 100, 120, 140, 160, 180].map((due) => due + 1));
});
