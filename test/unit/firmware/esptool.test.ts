import { ESP8266ROMFirmwareImage } from 'esptool-js/lib/image/esp8266.js';
import { ESP8266ROM } from 'esptool-js/lib/targets/esp8266.js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Image } from '../../../src/firmware/parse/image.ts';
import { inspect } from '../../../src/firmware/parse/inspect.ts';
import { buildImage, type ImageSpec } from '../../images/esp8266-image.ts';

/** Well-formed images of every shape that the builder knows, and that esptool can read: it takes parts for whole words. */
const specs: readonly Partial<ImageSpec>[] = [
  {},
  { crc: false },
  { size: 520_192 },
  { size: 520_208, flashSize: 4 },
  { flavour: 'esphome', version: '2021.12.3', mode: 2, flashSpeed: 15 },
  { layout: 'core3', flavour: 'esphome', version: '2024.6.1' },
  { ebootLength: 1384, ebootEntry: 0x4010f29c },
  { ebootLength: 3456, ebootEntry: 0x4010f3e4, seed: 9 },
  {
    appEntry: 0x40100004,
    segments: [
      { address: 0x40100000, length: 8192 },
      { address: 0x3ffe8000, length: 1456 },
      { address: 0x3ffe85b0, length: 3012 },
    ],
  },
];

/** What both know of an image. */
function asEsptoolReads(bytes: Uint8Array) {
  const image = new ESP8266ROMFirmwareImage(new ESP8266ROM());
  image.loadFromFile(bytes);
  return {
    segments: image.segments.map(({ addr, data, fileOffs }) => [addr, data.length, fileOffs]),
    mode: image.flashMode,
    sizeAndSpeed: image.flashSizeFreq,
    entry: image.entrypoint,
    stored: image.checksum,
    computed: image.calculateChecksum(),
  };
}

function asWeRead(image: Image | null) {
  return {
    segments: image?.segments.map(({ address, size, offset }) => [address, size, offset - 8 - image.offset]),
    mode: image?.mode,
    sizeAndSpeed: image === null ? null : (image.sizeCode << 4) | image.speedCode,
    entry: image?.entry,
    stored: image?.checksum.stored,
    computed: image?.checksum.computed,
  };
}

describe('esptool-js reads what we read', () => {
  // It complains about every program that runs from flash.
  beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
  afterEach(() => void vi.restoreAllMocks());

  it.each(specs)('%o', (spec) => {
    const bytes = buildImage(spec);
    const { eboot, app } = inspect(bytes);
    expect(asWeRead(eboot)).toEqual(asEsptoolReads(bytes));
    // Core 3 writes the CRC into the program after the checksum was made; esptool does not know of that.
    const program = bytes.slice(0x1000);
    if (spec.layout === 'core3') program.fill(0, 16, 24);
    expect(asWeRead(app)).toEqual(asEsptoolReads(program));
  });
});
