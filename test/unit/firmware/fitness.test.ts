import { describe, expect, it } from 'vitest';
import { buildImage } from '../../images/esp8266-image.ts';
import { saying } from '../saying.ts';
import { answerOf, checksOf, idsOf } from './judged.ts';

const check = (bytes: Uint8Array, id: string) => checksOf(bytes).find((found) => found.id === id);

describe('size', () => {
  it.each([
    [507_984, 'pass'],
    [508_000, 'pass'],
    [508_016, 'warn'],
    [520_192, 'warn'],
    [520_208, 'fail'],
    [609_536, 'fail'],
  ] as const)('%i bytes: %s', (size, answer) => {
    const image = buildImage({ size });
    expect(check(image, 'image-size')?.answer).toBe(answer);
    expect(answerOf(image)).toBe(answer);
  });

  it('says how much is too much and what to use instead', () => {
    const full = check(buildImage({ size: 609_536, flavour: 'tasmota' }), 'image-size');
    expect(full?.sentence).toEqual(saying('89,344 bytes more'));
    expect(full?.action).toEqual(saying('tasmota-lite.bin'));
    expect(check(buildImage({ size: 520_208 }), 'image-size')?.action).toEqual(saying('14.1.0'));
    const esphome = buildImage({ size: 520_208, flavour: 'esphome', version: '2021.12.3' });
    expect(check(esphome, 'image-size')?.action).toEqual(saying('web_server'));
    expect(full?.action).toEqual(saying('never a minimal build first'));
    const easy = buildImage({ size: 520_208, flavour: 'unknown', strings: ['ESP_Easy_mega_20240822'] });
    expect(check(easy, 'image-size')?.action).toEqual(saying('fewer features'));
  });
});

describe('flash size', () => {
  it.each([
    [2, 'pass', '1 MB'],
    [3, 'warn', '2 MB'],
    [4, 'warn', '4 MB'],
    [5, 'warn', '2 MB'],
    [6, 'warn', '4 MB'],
    [8, 'warn', '8 MB'],
    [9, 'warn', '16 MB'],
    [0, 'pass', '512 KB'],
    [1, 'pass', '256 KB'],
    [7, 'fail', 'does not exist'],
    [15, 'fail', 'does not exist'],
  ] as const)('code %i: %s', (flashSize, answer, says) => {
    const found = check(buildImage({ flashSize }), 'image-flash-size');
    expect(found?.answer).toBe(answer);
    expect(found?.sentence).toEqual(saying(says));
  });

  it('says what a larger chip means for a program that keeps files', () => {
    const found = check(buildImage({ flashSize: 4 }), 'image-flash-size');
    expect(found?.sentence).toEqual(saying('over its own boot loader'));
    expect(found?.action).toEqual(saying('keeps no file system'));
  });

  it('must not let the chip write over the program', () => {
    const fits = buildImage({ size: 0x7b000, flashSize: 0 });
    expect(check(fits, 'image-flash-size')?.answer).toBe('pass');
    const over = check(buildImage({ size: 0x7b010, flashSize: 0 }), 'image-flash-size');
    expect(over?.sentence).toEqual(saying('512 KB'));
    expect(idsOf(buildImage({ size: 0x7b010, flashSize: 0 }), 'fail')).toEqual(['image-flash-size']);
    expect(idsOf(buildImage({ size: 0x3b010, flashSize: 1 }), 'fail')).toEqual(['image-flash-size']);
  });

  it.each([0, 1, 2, 15])('may go with speed code %i', (flashSpeed) => {
    expect(answerOf(buildImage({ flashSpeed }))).toBe('pass');
  });
});

describe('flash mode', () => {
  it.each([
    [0, 'QIO'],
    [1, 'QOUT'],
    [2, 'DIO'],
  ])('%i is refused as %s', (mode, name) => {
    expect(idsOf(buildImage({ mode }), 'fail')).toEqual(['image-mode']);
    expect(check(buildImage({ mode }), 'image-mode')?.sentence).toEqual(saying(name));
    const action = check(buildImage({ mode, layout: 'core3' }), 'image-mode')?.action;
    for (const setting of ['board_build.flash_mode = dout', 'board_flash_mode: dout', 'Arduino IDE']) {
      expect(action).toEqual(saying(setting));
    }
  });
});

describe('warnings', () => {
  it('are given for these reasons only', () => {
    const warned = {
      'image-size': buildImage({ size: 508_016 }),
      'image-flash-size': buildImage({ flashSize: 4 }),
      'image-firmware': buildImage({ flavour: 'unknown' }),
      'image-crc': buildImage({ crc: false }),
    };
    for (const [id, image] of Object.entries(warned)) expect(idsOf(image, 'warn')).toEqual([id]);
    for (const flavour of [
      'tasmota-lite',
      'tasmota',
      'tasmota-sensors',
      'tasmota-ir',
      'tasmota-DE',
      'espurna',
      'esphome',
    ] as const) {
      expect(idsOf(buildImage({ flavour, version: '9.1.0' }), 'warn')).toEqual([]);
    }
  });

  it('are given for what is made for another kind of device', () => {
    const ratgdo = buildImage({ flavour: 'unknown', layout: 'core3', strings: ['ratgdo_pw'] });
    expect(idsOf(ratgdo, 'warn')).toEqual(['image-firmware']);
    expect(check(ratgdo, 'image-firmware')?.sentence).toEqual(saying('made for a garage door opener'));
  });

  it('are given for what only helps to update', () => {
    const uploader = buildImage({ flavour: 'unknown', strings: ['<h1>ESP Easy Uploader</h1>'] });
    expect(idsOf(uploader, 'warn')).toEqual(['image-firmware']);
  });

  it('add up', () => {
    const image = buildImage({ size: 520_192, flashSize: 4, flavour: 'unknown', crc: false });
    expect(idsOf(image, 'warn').toSorted()).toEqual([
      'image-crc',
      'image-firmware',
      'image-flash-size',
      'image-size',
    ]);
    expect(answerOf(image)).toBe('warn');
  });
});
