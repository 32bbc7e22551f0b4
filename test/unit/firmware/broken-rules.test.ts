import { describe, expect, it } from 'vitest';
import { gravest } from '../../../src/core/check.ts';
import { buildImage, putCrc, reseal } from '../../images/esp8266-image.ts';
import { saying } from '../saying.ts';
import { answerOf, changed, checksOf, idsOf } from './judged.ts';

const good = buildImage();
const ebootSegment = 8;
const firstSegment = 0x1008;

/** Where the header of segment `index` of the program lies. */
function segmentAt(bytes: Uint8Array, index: number): number {
  const view = new DataView(bytes.buffer);
  let at = firstSegment;
  for (let left = index; left > 0; left--) at += 8 + view.getUint32(at + 4, true);
  return at;
}

type Edit = (file: Uint8Array, view: DataView) => void;

/** One rule broken, all sums made right again: the check that must see it. */
const broken: readonly { what: string; edit: Edit; check: string }[] = [
  { what: 'eboot has no magic', edit: (file) => file.set([0xe8], 0), check: 'image-eboot' },
  {
    what: 'eboot loads elsewhere',
    edit: (_, view) => view.setUint32(ebootSegment, 0x40100000, true),
    check: 'image-eboot',
  },
  {
    what: 'eboot starts outside of itself',
    edit: (_, view) => view.setUint32(4, 0x4010fe04, true),
    check: 'image-eboot',
  },
  {
    what: 'eboot starts before itself',
    edit: (_, view) => view.setUint32(4, 0x4010effc, true),
    check: 'image-eboot',
  },
  { what: 'eboot has three segments', edit: (file) => file.set([3], 1), check: 'image-eboot' },
  { what: 'eboot is in QIO', edit: (file) => file.set([0], 2), check: 'image-mode' },
  { what: 'eboot is in DIO', edit: (file) => file.set([2], 2), check: 'image-mode' },
  { what: 'the program is in QOUT', edit: (file) => file.set([1], 0x1002), check: 'image-mode' },
  { what: 'the mode does not exist', edit: (file) => file.set([0xff], 2), check: 'image-mode' },
  { what: 'the flash size does not exist', edit: (file) => file.set([0x70], 3), check: 'image-flash-size' },
  { what: 'the flash speed does not exist', edit: (file) => file.set([0x25], 3), check: 'image-flash-size' },
  { what: 'the program has no magic', edit: (file) => file.set([0xea], 0x1000), check: 'image-app' },
  {
    what: 'the program is mapped elsewhere',
    edit: (_, view) => view.setUint32(firstSegment, 0x40211010, true),
    check: 'image-app',
  },
  {
    what: 'the program is mapped into RAM',
    edit: (_, view) => view.setUint32(firstSegment, 0x40100000, true),
    check: 'image-app',
  },
  {
    what: 'the program starts in flash',
    edit: (_, view) => view.setUint32(0x1004, 0x40201010, true),
    check: 'image-app',
  },
  {
    what: 'the program starts in data',
    edit: (_, view) => view.setUint32(0x1004, 0x3ffe8000, true),
    check: 'image-app',
  },
  {
    what: 'the program starts beyond what is loaded',
    edit: (_, view) => view.setUint32(0x1004, 0x40107ffc, true),
    check: 'image-app',
  },
  {
    what: 'a segment overlaps',
    edit: (file, view) => view.setUint32(segmentAt(file, 2), 0x40100100, true),
    check: 'image-app',
  },
  {
    what: 'a segment is in the ROM',
    edit: (file, view) => view.setUint32(segmentAt(file, 3), 0x40000000, true),
    check: 'image-app',
  },
  {
    what: 'a segment reaches beyond instruction RAM',
    edit: (file, view) => view.setUint32(segmentAt(file, 2), 0x40107000, true),
    check: 'image-app',
  },
  {
    what: 'a segment is over eboot',
    edit: (file, view) => view.setUint32(segmentAt(file, 2), 0x4010f000, true),
    check: 'image-app',
  },
  {
    what: 'a segment lies in the data of the ROM',
    edit: (file, view) => view.setUint32(segmentAt(file, 4), 0x3fffc000, true),
    check: 'image-app',
  },
  {
    what: 'a segment is not at a whole word',
    edit: (file, view) => view.setUint32(segmentAt(file, 4), 0x3ffe8652, true),
    check: 'image-app',
  },
  {
    what: 'a second segment runs from flash',
    edit: (file, view) => view.setUint32(segmentAt(file, 3), 0x40280000, true),
    check: 'image-app',
  },
  { what: 'the program has three segments', edit: (file) => file.set([3], 0x1001), check: 'image-app' },
  { what: 'the program has no segment', edit: (file) => file.set([0], 0x1001), check: 'image-app' },
  { what: 'the program has 255 segments', edit: (file) => file.set([255], 0x1001), check: 'image-app' },
  { what: 'the program has 17 segments', edit: (file) => file.set([17], 0x1001), check: 'image-app' },
  {
    what: 'a segment is as long as a word can say',
    edit: (file, view) => view.setUint32(segmentAt(file, 1) + 4, 0xffffffff, true),
    check: 'image-length',
  },
];

describe('one rule broken', () => {
  it('nothing is said against the image itself', () => {
    expect(checksOf(good).filter(({ answer }) => answer !== 'pass')).toEqual([]);
  });

  it.each(broken)('$what', ({ edit, check }) => {
    expect(idsOf(reseal(changed(good, edit)), 'fail')).toContain(check);
  });

  it.each(broken)('$what, without a CRC', ({ edit, check }) => {
    expect(idsOf(reseal(changed(buildImage({ crc: false }), edit)), 'fail')).toContain(check);
  });

  it('a checksum is wrong, and the CRC was made afterwards', () => {
    for (const at of [0xe1f, good.length - 1]) {
      const file = putCrc(changed(good, (bytes) => bytes.set([(bytes[at] ?? 0) ^ 1], at)));
      expect(idsOf(file, 'fail')).toEqual(['image-checksum']);
    }
  });

  it('the CRC alone is wrong', () => {
    expect(
      idsOf(
        changed(good, (file) => file.fill(0x55, 0xf00, 0xf10)),
        'fail',
      ),
    ).toEqual(['image-crc']);
  });

  it('half of the CRC looks like padding', () => {
    expect(
      idsOf(
        changed(good, (_, view) => view.setUint32(0xff8, 0xaaaaaaaa, true)),
        'fail',
      ),
    ).toContain('image-crc');
    expect(
      idsOf(
        changed(good, (_, view) => view.setUint32(0xffc, 0xaaaaaaaa, true)),
        'fail',
      ),
    ).toContain('image-crc');
  });

  it('every failure says what to do', () => {
    for (const { edit } of broken) {
      for (const check of checksOf(reseal(changed(good, edit)))) {
        expect(check.sentence).toEqual(saying(/^[A-Z].*\.$/));
        if (check.answer === 'fail') expect(check.action).toEqual(saying(/^[A-Z].*\.$/));
      }
    }
  });
});

describe('two rules broken', () => {
  it.each(broken.map((first, index) => ({ first, index })))(
    '$first.what, and any other',
    ({ first, index }) => {
      for (const second of broken.slice(index + 1)) {
        const file = changed(good, (bytes, view) => {
          first.edit(bytes, view);
          second.edit(bytes, view);
        });
        expect([second.what, answerOf(reseal(file))]).toEqual([second.what, 'fail']);
        expect([second.what, answerOf(file)]).toEqual([second.what, 'fail']);
      }
    },
  );
});

describe('boot loaders of two segments', () => {
  const core3 = buildImage({ layout: 'core3', flavour: 'esphome', version: '2024.6.1' });

  it('are accepted as Arduino core 3 writes them, with their CRC in the program', () => {
    expect(gravest(checksOf(core3))).toBe('pass');
  });

  it('are refused without that CRC, as Mongoose OS has them', () => {
    const mongoose = buildImage({ layout: 'core3', crc: false, flavour: 'unknown' });
    expect(idsOf(mongoose, 'fail')).toContain('image-eboot');
    expect(idsOf(putCrc(mongoose, 0xff8), 'fail')).toContain('image-eboot');
  });

  it('do not lose their CRC by losing a segment', () => {
    expect(idsOf(reseal(changed(core3, (file) => file.set([1], 1))), 'fail')).toContain('image-crc');
  });
});
