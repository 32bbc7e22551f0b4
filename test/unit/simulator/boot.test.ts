import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildImage, reseal } from '../../images/esp8266-image.ts';
import { cores, oddSegments } from '../../images/generations.ts';
import { esp32Image, gzipOf, htmlPage } from '../../images/other-files.ts';
import { judgeBoot } from '../../simulator/boot.ts';

const good = buildImage();
const withoutCrc = buildImage({ crc: false });

function changed(bytes: Uint8Array, at: number, to?: number): Uint8Array {
  const copy = bytes.slice();
  copy[at] = to ?? (copy[at] ?? 0) ^ 0x01;
  return copy;
}

function brick(reason: string) {
  return { boots: false, reason };
}

describe('what boots', () => {
  it.each([
    ['tasmota-lite', 'Tasmota'],
    ['tasmota', 'Tasmota'],
    ['esphome', 'ESPHome'],
    ['espurna', 'ESPurna'],
    ['unknown', 'unknown firmware'],
  ] as const)('%s, built by core 2 and by core 3', (flavour, firmware) => {
    expect(judgeBoot(buildImage({ flavour }))).toEqual({ boots: true, firmware });
    expect(judgeBoot(buildImage({ flavour, layout: 'core3' }))).toEqual({ boots: true, firmware });
  });

  it.each(cores)('what core $core makes, also with parts that are no whole number of words', ({ spec }) => {
    expect(judgeBoot(buildImage(spec))).toMatchObject({ boots: true });
    expect(judgeBoot(buildImage({ ...spec, segments: oddSegments }))).toMatchObject({ boots: true });
  });

  it('a program of core 3 that takes some of the cache for its code', () => {
    const segments = [
      { address: 0x40100000, length: 0x102 },
      { address: 0x40100104, length: 0xa001 },
      { address: 0x3ffe8000, length: 0x5e0 },
    ];
    expect(judgeBoot(buildImage({ size: 81_920, layout: 'core3', segments }))).toMatchObject({ boots: true });
    expect(judgeBoot(buildImage({ size: 81_920, segments }))).toMatchObject({ boots: false });
  });

  it.each([
    ['KAUF', ['<b>TASMOTA-MINIMAL</b>', 'Either Tasmota or your own build', 'ota.tasmota.com']],
    ['Owie', ['based on the main page of Tasmota', 'Owie-recovery', 'Theo Arends']],
  ])('what only writes about Tasmota: %s', (_name, strings) => {
    expect(judgeBoot(buildImage({ flavour: 'unknown', strings }))).toMatchObject({ boots: true });
  });

  it('an image of 520,192 bytes, and one for a chip of 4 MB', () => {
    expect(judgeBoot(buildImage({ size: 520_192 }))).toMatchObject({ boots: true });
    expect(judgeBoot(buildImage({ flashSize: 4 }))).toMatchObject({ boots: true });
  });

  it('an image without a CRC, and damage that nothing in it can show', () => {
    expect(judgeBoot(withoutCrc)).toMatchObject({ boots: true });
    expect(judgeBoot(changed(changed(withoutCrc, 20_000), 20_001))).toMatchObject({ boots: true });
  });
});

describe('what is a brick', () => {
  it.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['16 bytes too many', buildImage({ size: 520_208 }), 'too large'],
    ['a gzip', gzipOf(good), 'gzip'],
    ['a web page', htmlPage(), 'HTML'],
    ['an ESP32 image', esp32Image('ESP32'), 'ESP32 image'],
    ['an ESP32-C3 image', changed(esp32Image('ESP32-C3'), 6, 0x38), 'ESP32 image'],
    ['an SDK user1.bin', changed(good, 0, 0xea), 'SDK user1 or user2 image'],
    ['an application without eboot', good.slice(0x1000), 'not an eboot image'],
    ['eboot and no application', good.slice(0, 0x1000), 'truncated'],
    ['something else at 0x1000', changed(good, 0x1000, 0), 'not an eboot image'],
    ['an rboot image', reseal(buildImage({ iromAddress: 0x40202010 })), 'not an eboot image'],
    ['an eboot with another entry', buildImage({ ebootEntry: 0x40100004 }), 'not an eboot image'],
    ['an application that starts in nothing', buildImage({ appEntry: 0x3fff0000 }), 'not an eboot image'],
    ['QIO', buildImage({ mode: 0 }), 'not DOUT'],
    ['QOUT', buildImage({ mode: 1 }), 'not DOUT'],
    ['DIO', buildImage({ mode: 2 }), 'not DOUT'],
    ['an application in DIO behind eboot in DOUT', changed(good, 0x1002, 2), 'not DOUT'],
    ['a broken eboot', changed(good, 0x200), 'checksum mismatch'],
    ['a broken application without CRC', changed(withoutCrc, 20_000), 'checksum mismatch'],
    ['damage that the XOR misses and the CRC shows', changed(changed(good, 20_000), 20_001), 'CRC mismatch'],
    ['damage in the padding', changed(good, 0xff0), 'CRC mismatch'],
    ['damage in the CRC of core 3', changed(buildImage({ layout: 'core3' }), 0x1014), 'CRC mismatch'],
    ['half a file', good.slice(0, 20_000), 'truncated'],
    ['all but the last byte', good.slice(0, -1), 'truncated'],
    ['minimal', buildImage({ flavour: 'tasmota-minimal' }), 'minimal'],
    ['minimal in another language', buildImage({ flavour: 'tasmota-minimal-translated' }), 'minimal'],
  ])('%s', (_name, bytes, reason) => {
    expect(judgeBoot(bytes)).toEqual(brick(reason));
  });

  it('every single-byte change of an image with a CRC', () => {
    const small = buildImage({ size: 24_576 });
    for (let at = 0; at < small.length; at += 577) {
      expect(judgeBoot(changed(small, at)), `byte ${at}`).toMatchObject({ boots: false });
    }
  });

  it('every truncation', () => {
    for (let length = 0; length < good.length; length += 1009) {
      expect(judgeBoot(good.slice(0, length)), `${length} bytes`).toMatchObject({ boots: false });
    }
  });
});

const real = new URL('../../../../shared/firmware/', import.meta.url);

describe.skipIf(!existsSync(real))('real files', () => {
  it.each([
    ['tasmota-8.2.0--tasmota-lite.bin', { boots: true, firmware: 'Tasmota' }],
    ['tasmota-8.1.0--tasmota-lite.bin', { boots: true, firmware: 'Tasmota' }],
    ['athom-sw02-esphome.bin', { boots: true, firmware: 'ESPHome' }],
    ['esphome-2022.3.0-esp8266-core302--esp-web-tools.bin', { boots: true, firmware: 'ESPHome' }],
    ['pio-esp8285-serial2net-core302--hansavr.bin', { boots: true, firmware: 'unknown firmware' }],
    ['arduino-generic-wifiap-core31x--jackoske.bin', { boots: true, firmware: 'unknown firmware' }],
    ['tasmota-8.1.0--tasmota-minimal.bin', brick('minimal')],
    ['tasmota-8.5.0--tasmota.bin', brick('too large')],
    ['tasmota-8.5.0--tasmota-lite.bin.gz', brick('gzip')],
  ])('%s', (name, verdict) => {
    expect(judgeBoot(new Uint8Array(readFileSync(new URL(name, real))))).toEqual(verdict);
  });
});
