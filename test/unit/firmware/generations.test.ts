import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { generations } from '../../../src/firmware/parse/generations.ts';
import { inspect } from '../../../src/firmware/parse/inspect.ts';
import { buildImage, type ImageSpec, putCrc, reseal } from '../../images/esp8266-image.ts';
import { cores, oddSegments } from '../../images/generations.ts';
import { saying } from '../saying.ts';
import { answerOf, changed, checksOf, idsOf } from './judged.ts';

const core3: Partial<ImageSpec> = { layout: 'core3', ebootLength: 0xd60, ebootEntry: 0x4010f480 };
const old: Partial<ImageSpec> = { crc: false, ebootLength: 0x568, ebootEntry: 0x4010f29c };

describe('what every core makes', () => {
  it.each(cores)('$core is accepted', ({ spec }) => {
    const expected = spec.crc ? 'pass' : 'warn';
    expect(answerOf(buildImage(spec))).toBe(expected);
    expect(answerOf(buildImage({ ...spec, segments: oddSegments }))).toBe(expected);
  });

  it.each(cores)('$core is called by its name', ({ core, spec }) => {
    const found = inEnglish(inspect(buildImage(spec)).core ?? '');
    expect(core === '3.0.0-dev' ? '3.0' : core).toContain(
      found.slice(0, 3) === '2.6' ? '2.' : found.slice(0, 3),
    );
    const sentence = checksOf(buildImage(spec)).find(({ id }) => id === 'image-eboot')?.sentence;
    expect(sentence).toEqual(saying(`Arduino core ${found}`));
  });

  it.each(cores.filter(({ spec }) => spec.crc))(
    '$core with a right CRC may have any boot loader',
    ({ spec }) => {
      const image = buildImage({ ...spec, ebootLength: 0xd00, ebootEntry: 0x4010f400 });
      expect(inspect(image).core).toBeNull();
      expect(answerOf(image)).toBe('pass');
    },
  );

  it('each boot loader is in one row of the table', () => {
    const shapes = generations.flatMap(({ ebootParts, ebootEntries }) =>
      ebootEntries.map((entry) => `${ebootParts} ${entry}`),
    );
    expect(new Set(shapes).size).toBe(shapes.length);
  });
});

describe('a program of core 3', () => {
  const code = (length: number) => [
    { address: 0x40100000, length: 0x102 },
    { address: 0x40100104, length },
    { address: 0x3ffe8000, length: 0x5e0 },
    { address: 0x3ffe8620, length: 0x454 },
  ];

  it('may take 16 KB of the cache for its code', () => {
    expect(answerOf(buildImage({ ...core3, size: 98_304, segments: code(0xbefc) }))).toBe('pass');
    expect(idsOf(buildImage({ ...core3, size: 98_304, segments: code(0xbefd) }), 'fail')).toEqual([
      'image-app',
    ]);
  });

  it('of core 2 may not', () => {
    expect(answerOf(buildImage({ size: 98_304, segments: code(0x7efc) }))).toBe('pass');
    expect(idsOf(buildImage({ size: 98_304, segments: code(0x7efd) }), 'fail')).toEqual(['image-app']);
  });

  it('may have parts of any length', () => {
    const length = fc.integer({ min: 1, max: 3000 });
    fc.assert(
      fc.property(length, length, length, length, (text, text1, data, rodata) => {
        const segments = [
          { address: 0x40100000, length: 0xbc + text },
          { address: 0x40101000, length: text1 },
          { address: 0x3ffe8000, length: data },
          { address: 0x3ffe9000, length: rodata },
        ];
        const image = buildImage({ ...core3, size: 32_768, segments });
        expect(answerOf(image)).toBe('pass');
        expect(answerOf(image.subarray(0, image.length - 16))).toBe('fail');
      }),
      { numRuns: 60 },
    );
  });

  it('shows its CRC inside its first part', () => {
    const image = buildImage({ ...core3, segments: oddSegments });
    const parts = inspect(image).layout.map(({ kind, offset, size }) => [kind, offset, size]);
    expect(parts.slice(0, 7)).toEqual([
      ['eboot', 0, 0xd70],
      ['eboot', 0xd70, 0x40],
      ['padding', 0xdb0, 0x250],
      ['header', 0x1000, 8],
      ['header', 0x1008, 8],
      ['crc', 0x1010, 8],
      ['segment', 0x1018, expect.any(Number)],
    ]);
    expect(parts.slice(7).map(([kind]) => kind)).toEqual([
      'segment',
      'segment',
      'segment',
      'segment',
      'checksum',
    ]);
  });

  it('is refused when the CRC or the checksum was made in the way of another core', () => {
    const image = buildImage(core3);
    const withoutCrc = changed(image, (file) => file.fill(0, 0x1010, 0x1018));
    expect(idsOf(withoutCrc, 'fail')).toEqual(['image-eboot']);
    expect(idsOf(putCrc(withoutCrc.slice(), 0xff8), 'fail')).toContain('image-eboot');
    const plainSum = changed(image, (file) => {
      const last = file.length - 1;
      file[last] = file.subarray(0x1010, 0x1018).reduce((sum, byte) => sum ^ byte, file[last] ?? 0);
    });
    expect(idsOf(plainSum, 'fail')).toContain('image-checksum');
  });

  it('with a boot loader of tomorrow still says how much of it is missing', () => {
    const image = buildImage({ layout: 'core3', ebootLength: 0xd00, ebootEntry: 0x4010f400 });
    expect(inspect(image.subarray(0, 20_000)).expectedSize).toBe(image.length);
  });

  it('of core 2 with its CRC where core 3 keeps it is refused', () => {
    expect(idsOf(putCrc(buildImage({ crc: false }), 0x1010), 'fail')).toContain('image-eboot');
  });
});

describe('any one byte changed in a file with a CRC', () => {
  it.each([
    ['2.7', buildImage({ size: 24_576, segments: oddSegments })],
    ['3', buildImage({ ...core3, size: 24_576, segments: oddSegments })],
  ])('is refused: core %s', (_, image) => {
    fc.assert(
      fc.property(fc.nat(image.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const file = changed(image, (bytes) => bytes.set([(bytes[at] ?? 0) ^ flip], at));
        return answerOf(file) === 'fail';
      }),
      { numRuns: 1500 },
    );
  });
});

describe('a file without a CRC', () => {
  const image = buildImage(old);

  it.each([
    [
      'its boot loader starts elsewhere',
      (view: DataView) => view.setUint32(4, 0x4010f298, true),
      'image-eboot',
    ],
    ['its boot loader is shorter', (view: DataView) => view.setUint32(12, 0x560, true), 'image-eboot'],
    [
      'code is loaded elsewhere',
      (view: DataView, at: number) => view.setUint32(at, 0x40100010, true),
      'image-app',
    ],
    [
      'it starts between two words',
      (view: DataView) => view.setUint32(0x1004, 0x401000b9, true),
      'image-app',
    ],
  ] as const)('is refused when %s', (_, edit, check) => {
    const second = inspect(image).app?.segments[1];
    const file = changed(image, (_bytes, view) => edit(view, (second?.offset ?? 0) - 8));
    expect(idsOf(reseal(file), 'fail')).toContain(check);
  });

  it('is refused when the first code or the first data is not where the linker puts it', () => {
    const place = (code: number, data: number) => [
      { address: code, length: 0x100 },
      { address: 0x4010013c, length: 0x800 },
      { address: data, length: 0x600 },
      { address: 0x3ffe9000, length: 0x400 },
    ];
    expect(answerOf(buildImage({ ...old, segments: place(0x40100000, 0x3ffe8000) }))).toBe('warn');
    expect(idsOf(buildImage({ ...old, segments: place(0x40100010, 0x3ffe8000) }), 'fail')).toEqual([
      'image-app',
    ]);
    expect(idsOf(buildImage({ ...old, segments: place(0x40100000, 0x3ffe8010) }), 'fail')).toEqual([
      'image-app',
    ]);
  });

  it('is refused when data is not a whole number of words', () => {
    const [text, text1, data, rodata] = oddSegments;
    if (!text || !text1 || !data || !rodata) throw new Error('four parts');
    expect(answerOf(buildImage({ ...old, segments: [text, text1, data, rodata] }))).toBe('warn');
    const odd = { ...rodata, length: rodata.length + 1 };
    expect(idsOf(buildImage({ ...old, segments: [text, text1, data, odd] }), 'fail')).toEqual(['image-app']);
    expect(answerOf(buildImage({ segments: [text, text1, data, odd] }))).toBe('pass');
  });
});
