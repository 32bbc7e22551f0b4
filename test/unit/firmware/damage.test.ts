import { describe, expect, it } from 'vitest';
import { buildImage, type ImageSpec } from '../../images/esp8266-image.ts';
import { oddSegments } from '../../images/generations.ts';
import { truncated, withTrailing } from '../../images/other-files.ts';
import { saying, sayingJust } from '../saying.ts';
import { answerOf, changed, checksOf, idsOf } from './judged.ts';

const images: readonly { name: string; spec: Partial<ImageSpec> }[] = [
  {
    name: 'Tasmota with a CRC',
    spec: {
      size: 24_576,
      segments: [
        { address: 0x40100000, length: 316 },
        { address: 0x4010013c, length: 2048 },
        { address: 0x3ffe8000, length: 1612 },
        { address: 0x3ffe8650, length: 2420 },
      ],
    },
  },
  {
    name: 'ESPHome with a CRC in the program, and parts that are no whole number of words',
    spec: {
      size: 24_576,
      layout: 'core3',
      ebootLength: 0xd60,
      ebootEntry: 0x4010f480,
      flavour: 'esphome',
      version: '2024.6.1',
      segments: oddSegments,
    },
  },
];

/** Positions to try: all that hold meaning, and every so many of the others. */
function* positions(size: number, step: number): Generator<number> {
  for (let at = 0; at < size; at++) {
    const hasMeaning = at < 0x20 || (at >= 0xff0 && at < 0x1020) || at >= size - 32;
    if (hasMeaning || at % step === 0) yield at;
  }
}

describe.each(images)('$name', ({ spec }) => {
  const good = buildImage(spec);

  it('is good', () => expect(answerOf(good)).toBe('pass'));

  it('is refused with any one byte changed', () => {
    const accepted: string[] = [];
    for (const at of positions(good.length, 97)) {
      const before = good[at] ?? 0;
      for (const value of new Set([before ^ 0xff, before ^ 1, 0xaa, 0x00])) {
        if (value === before) continue;
        const file = changed(good, (bytes) => bytes.set([value], at));
        if (answerOf(file) !== 'fail') accepted.push(`${at.toString(16)}=${value}`);
      }
    }
    expect(accepted).toEqual([]);
  });

  it('is refused with any value in the bytes that say what it is', () => {
    const accepted: string[] = [];
    for (const at of [0, 1, 2, 3, 0xff8, 0xffc, 0x1000, 0x1001, 0x1002, 0x1010, 0x1014, good.length - 1]) {
      for (let value = 0; value < 256; value++) {
        if (value === good[at]) continue;
        const file = changed(good, (bytes) => bytes.set([value], at));
        if (answerOf(file) !== 'fail') accepted.push(`${at.toString(16)}=${value}`);
      }
    }
    expect(accepted).toEqual([]);
  });

  it('is refused when cut off anywhere', () => {
    const accepted: number[] = [];
    for (let length = 0; length < good.length; length++) {
      if (length % 16 !== 0 && length % 37 !== 0 && length > 64) continue;
      if (answerOf(good.subarray(0, length)) !== 'fail') accepted.push(length);
    }
    expect(accepted).toEqual([]);
  });

  it('is refused with anything behind it', () => {
    for (const count of [1, 4, 15, 16, 32, 4096]) {
      for (const value of [0, 0xaa, 0xff]) expect(answerOf(withTrailing(good, count, value))).toBe('fail');
    }
  });
});

describe('an image without a CRC', () => {
  const good = buildImage({ crc: false });

  it('is good, but somebody should vouch for it', () => {
    expect(idsOf(good, 'warn')).toEqual(['image-crc']);
    const confirmed = checksOf(good, { checks: [], isConfirmed: true, title: null });
    expect(confirmed.every(({ answer }) => answer === 'pass')).toBe(true);
  });

  it('is refused when cut off anywhere', () => {
    const accepted: number[] = [];
    for (let length = 0; length < good.length; length += length % 16 === 15 ? 1 : 13) {
      if (answerOf(good.subarray(0, length)) !== 'fail') accepted.push(length);
    }
    for (let length = 0; length < good.length; length += 16) {
      if (answerOf(truncated(good, length)) !== 'fail') accepted.push(length);
    }
    expect(accepted).toEqual([]);
  });

  it('is refused with any one byte changed, save where nothing depends on it', () => {
    const accepted = new Set<string>();
    for (const at of positions(good.length, 37)) {
      const file = changed(good, (bytes) => bytes.set([(bytes[at] ?? 0) ^ 0x10], at));
      if (answerOf(file) === 'fail') continue;
      const isPadding = (at >= 0xe10 && at < 0x1000) || at >= good.length - 16;
      const isEntryOrSize = at === 0x1003 || (at >= 0x1004 && at < 0x1008) || at === 3;
      accepted.add(isPadding ? 'padding' : isEntryOrSize ? 'header' : at.toString(16));
    }
    expect([...accepted].filter((where) => where !== 'padding' && where !== 'header')).toEqual([]);
  });
});

describe('how much is missing', () => {
  const good = buildImage();
  const sentence = (bytes: Uint8Array) => checksOf(bytes).find(({ id }) => id === 'image-length')?.sentence;

  it('is said by the length beside the CRC', () => {
    expect(sentence(truncated(good, 20_000))).toEqual(saying('20,960 bytes are missing'));
    expect(sentence(truncated(good, 0x1000))).toEqual(saying('36,864 bytes are missing'));
  });

  it('is said by the last segment where there is no CRC', () => {
    const old = buildImage({ crc: false });
    expect(sentence(truncated(old, old.length - 100))).toEqual(saying('100 bytes are missing'));
  });

  it('is not said where nobody knows', () => {
    const old = buildImage({ crc: false });
    for (const length of [100, 0x1000, 0x100f, 10_000]) {
      expect(sentence(truncated(old, length))).toEqual(
        sayingJust('The file is cut off: it ends before the program is complete.'),
      );
    }
  });

  it('is no reason to call a whole firmware damaged to which something was added', () => {
    for (const layout of ['core2', 'core3'] as const) {
      const file = withTrailing(buildImage({ layout }), 2730, 0x41);
      expect(idsOf(file, 'fail')).toEqual(['image-length', 'image-crc']);
      const crc = checksOf(file).find(({ id }) => id === 'image-crc');
      expect(crc?.sentence).toEqual(saying('not for the 2,730 bytes that somebody has added'));
      const changedToo = changed(file, (bytes) => bytes.set([(bytes[0x3000] ?? 0) ^ 1], 0x3000));
      expect(checksOf(changedToo).find(({ id }) => id === 'image-crc')?.sentence).toEqual(saying('damaged'));
    }
  });

  it('is no reason to take the boot loader of core 3 for that of another system', () => {
    const cut = buildImage({ layout: 'core3', ebootLength: 0xd60, ebootEntry: 0x4010f480 }).subarray(
      0,
      20_000,
    );
    const eboot = checksOf(cut).find(({ id }) => id === 'image-eboot');
    expect(eboot?.answer).toBe('fail');
    expect(eboot?.sentence).toEqual(saying('that of Arduino core 3.1 or newer'));
  });

  it('is said of bytes too many as well', () => {
    expect(sentence(withTrailing(good, 1))).toEqual(saying('goes on for 1 byte that'));
    expect(sentence(withTrailing(good, 16))).toEqual(saying('goes on for 16 bytes that'));
  });
});
