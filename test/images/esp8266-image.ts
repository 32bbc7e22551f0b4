/**
 * Builds ESP8266 firmware files byte by byte, in the shape that the Arduino core gives them (`tools/elf2bin.py`
 * of esp8266/Arduino): a small boot loader (eboot) at 0, padding, the file's own length and CRC, and the
 * application at 0x1000. Shares no code with `src/firmware`, so that the two can disagree.
 */
import { flavourStrings, type ImageFlavour, versionWords } from './flavours.ts';

/** One part of an image: where it is loaded and how long it is. */
export interface SegmentSpec {
  readonly address: number;
  readonly length: number;
}

/** What to build; everything has a default that makes a good image. */
export interface ImageSpec {
  /** Bytes of the whole file, a multiple of 16. */
  readonly size: number;
  /** Write length and CRC as cores since 2.7.0 do; otherwise the padding goes on in their place. */
  readonly crc: boolean;
  /** `core2`: CRC at 0xFF8, eboot of one segment. `core3`: CRC at 0x1010, eboot of two segments. */
  readonly layout: 'core2' | 'core3';
  /** Flash mode: 0 QIO, 1 QOUT, 2 DIO, 3 DOUT. */
  readonly mode: number;
  /** High nibble of header byte 3: 0 is 512 KB, 1 256 KB, 2 1 MB, 3 2 MB, 4 4 MB. */
  readonly flashSize: number;
  /** Low nibble of header byte 3: 0 is 40 MHz, 15 80 MHz. */
  readonly flashSpeed: number;
  readonly flavour: ImageFlavour;
  /** `8.5.0`, or `2021.12.3` for ESPHome. Tasmota takes a fourth number (`14.1.0.2`). */
  readonly version: string;
  /** Strings to place besides those of the flavour. */
  readonly strings: readonly string[];
  /** The contents are pseudo-random and depend on this alone. */
  readonly seed: number;
  readonly ebootLength: number;
  readonly ebootEntry: number;
  readonly appEntry: number;
  /** The segments after the one that runs from flash. That one gets all the rest of `size`. */
  readonly segments: readonly SegmentSpec[];
  /** Where the segment that runs from flash says it is mapped. */
  readonly iromAddress: number;
}

const defaults: ImageSpec = {
  size: 40_960,
  crc: true,
  layout: 'core2',
  mode: 3,
  flashSize: 2,
  flashSpeed: 0,
  flavour: 'tasmota-lite',
  version: '8.5.0',
  strings: [],
  seed: 1,
  ebootLength: 3584,
  ebootEntry: 0x4010f45c,
  appEntry: 0x401000b8,
  segments: [
    { address: 0x40100000, length: 316 },
    { address: 0x4010013c, length: 8192 },
    { address: 0x3ffe8000, length: 1612 },
    { address: 0x3ffe8650, length: 2420 },
  ],
  iromAddress: 0x40201010,
};

const appStart = 0x1000;

/** Pseudo-random bytes that depend on `seed` alone (mulberry32). */
export function fill(length: number, seed: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0;
  for (let at = 0; at < length; at++) {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    bytes[at] = (mixed ^ (mixed >>> 14)) & 0xff;
  }
  return bytes;
}

function putWord(bytes: Uint8Array, at: number, word: number): void {
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(at, word >>> 0, true);
}

function putText(bytes: Uint8Array, at: number, text: string): number {
  const encoded = new TextEncoder().encode(text);
  bytes.set(encoded, at);
  bytes[at + encoded.length] = 0;
  return at + encoded.length + 1;
}

/** Writes header, segment headers and checksum of one image; the contents come from `contents`. */
function putImage(
  file: Uint8Array,
  start: number,
  spec: ImageSpec,
  entry: number,
  parts: readonly { address: number; contents: Uint8Array }[],
): number {
  file.set([0xe9, parts.length, spec.mode, (spec.flashSize << 4) | spec.flashSpeed], start);
  putWord(file, start + 4, entry);
  let at = start + 8;
  let checksum = 0xef;
  for (const { address, contents } of parts) {
    putWord(file, at, address);
    putWord(file, at + 4, contents.length);
    file.set(contents, at + 8);
    for (const byte of contents) checksum ^= byte;
    at += 8 + contents.length;
  }
  const last = at | 15;
  file.fill(0, at, last);
  file[last] = checksum;
  return last + 1;
}

/** The CRC that elf2bin stores, computed bit by bit as it does. */
export function slowCrc(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    for (let bit = 0x80; bit > 0; bit >>= 1) {
      const high = (crc & 0x80000000) !== 0;
      crc = (crc << 1) >>> 0;
      if (high !== ((byte & bit) !== 0)) crc = (crc ^ 0x04c11db7) >>> 0;
    }
  }
  return crc;
}

/** Writes length and CRC of the whole file at `at`, as elf2bin does last of all. */
export function putCrc(file: Uint8Array, at = 0xff8): Uint8Array {
  file.fill(0, at, at + 8);
  const crc = slowCrc(file);
  putWord(file, at, file.length);
  putWord(file, at + 4, crc);
  return file;
}

/** A well-formed file as the Arduino core builds it, unless `spec` says otherwise. */
export function buildImage(spec: Partial<ImageSpec> = {}): Uint8Array {
  const full: ImageSpec = { ...defaults, ...spec };
  if (full.size % 16 !== 0) throw new RangeError(`size must be a multiple of 16, not ${full.size}`);
  const file = new Uint8Array(full.size).fill(0xaa, 0, appStart);

  const eboot = [{ address: 0x4010f000, contents: fill(full.ebootLength, 7) }];
  if (full.layout === 'core3') eboot.push({ address: 0x3fff20b8, contents: fill(40, 8) });
  putImage(file, 0, full, full.ebootEntry, eboot);

  const loaded = full.segments.map(({ address, length }, index) => ({
    address,
    contents: fill(length, full.seed * 31 + index),
  }));
  const others = loaded.reduce((sum, { contents }) => sum + 8 + contents.length, 0);
  const iromLength = (full.size - appStart - 8 - 8 - others - 1) & ~3;
  if (iromLength < 4096) throw new RangeError(`${full.size} bytes leave no room for the program`);
  const irom = fill(iromLength, full.seed);
  irom.fill(0, 0, 8);

  const words = versionWords(full.flavour, full.version);
  words.forEach((word, index) => {
    putWord(irom, 0x400 + index * 4, word);
  });
  let at = 0x440;
  for (const text of [...flavourStrings(full.flavour, full.version), ...full.strings]) {
    at = putText(irom, at, text);
  }

  const end = putImage(file, appStart, full, full.appEntry, [
    { address: full.iromAddress, contents: irom },
    ...loaded,
  ]);
  if (end !== full.size) throw new RangeError(`the image ends at ${end}, not at ${full.size}`);
  if (full.crc) putCrc(file, full.layout === 'core3' ? 0x1010 : 0xff8);
  return file;
}

/** Makes the application's checksum and, where the file has one, its CRC right again after a change. */
export function reseal(bytes: Uint8Array): Uint8Array {
  const file = bytes.slice();
  const view = new DataView(file.buffer);
  const isCore3 = view.getUint8(1) === 2 && view.getUint32(0xff8, true) === 0xaaaaaaaa;
  if (isCore3) file.fill(0, 0x1010, 0x1018);
  for (const start of [0, appStart]) {
    let at = start + 8;
    let checksum = 0xef;
    for (let left = view.getUint8(start + 1); left > 0 && at + 8 <= file.length; left--) {
      const length = view.getUint32(at + 4, true);
      for (const byte of file.subarray(at + 8, at + 8 + length)) checksum ^= byte;
      at += 8 + length;
    }
    const last = at | 15;
    if (last < file.length) file[last] = checksum;
  }
  if (isCore3) return putCrc(file, 0x1010);
  return view.getUint32(0xff8, true) === 0xaaaaaaaa ? file : putCrc(file);
}
