import { byteAt, hasAt, wordAt } from './bytes.ts';

/** What a file is. Only `esp8266` can be flashed, and that only when it is whole. */
export type ImageKind =
  | 'esp8266'
  | 'esp8266-without-eboot'
  | 'sdk-user'
  | 'esp32'
  | 'gzip'
  | 'zip'
  | 'archive'
  | 'elf'
  | 'html'
  | 'text'
  | 'empty'
  | 'unknown';

/** What a file is, in words that finish the sentence "This is …", and what its header tells besides. */
export interface Recognised {
  readonly kind: ImageKind;
  readonly what: string;
  readonly chip: string | null;
  /** The name that a gzip gives what is inside. */
  readonly contains: string | null;
}

const plain = (kind: ImageKind, what: string): Recognised => ({ kind, what, chip: null, contains: null });

/** First bytes of files that are not firmware (their format specifications; magic(5)). */
const magics: readonly { bytes: readonly number[]; kind: ImageKind; what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: 'zip', what: 'a zip archive' },
  { bytes: [0x50, 0x4b, 0x05, 0x06], kind: 'zip', what: 'an empty zip archive' },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], kind: 'archive', what: 'an xz archive' },
  { bytes: [0x42, 0x5a, 0x68], kind: 'archive', what: 'a bzip2 archive' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], kind: 'archive', what: 'a 7-Zip archive' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: 'archive', what: 'a Zstandard archive' },
  { bytes: [0x52, 0x61, 0x72, 0x21], kind: 'archive', what: 'a RAR archive' },
  {
    bytes: [0x7f, 0x45, 0x4c, 0x46],
    kind: 'elf',
    what: 'an ELF file, which is what a compiler writes before an image is made of it',
  },
];

/** `esp_chip_id_t` in the extended header of ESP-IDF (`esp_app_format.h`). */
const chips: ReadonlyMap<number, string> = new Map([
  [0, 'ESP32'],
  [2, 'ESP32-S2'],
  [5, 'ESP32-C3'],
  [9, 'ESP32-S3'],
  [12, 'ESP32-C2'],
  [13, 'ESP32-C6'],
  [16, 'ESP32-H2'],
  [18, 'ESP32-P4'],
  [20, 'ESP32-C61'],
  [23, 'ESP32-C5'],
]);

/** Code of an ESP8266 that starts an image lies in its instruction RAM. */
function startsOnEsp8266(entry: number | null): boolean {
  return entry !== null && entry >= 0x40100000 && entry < 0x40110000;
}

function esp32At(bytes: Uint8Array, offset: number): string | null {
  const entry = wordAt(bytes, offset + 4);
  if (byteAt(bytes, offset) !== 0xe9 || entry === null || startsOnEsp8266(entry)) return null;
  const last = byteAt(bytes, offset + 23);
  if (last === null || last > 1) return null;
  const id = (byteAt(bytes, offset + 12) ?? 0) | ((byteAt(bytes, offset + 13) ?? 0) << 8);
  return chips.get(id) ?? null;
}

/** The name in a gzip's header (RFC 1952, 2.3: FNAME, after FEXTRA where there is one). */
function gzipName(bytes: Uint8Array): string | null {
  const flags = byteAt(bytes, 3) ?? 0;
  if ((flags & 8) === 0) return null;
  const start = flags & 4 ? 12 + (byteAt(bytes, 10) ?? 0) + ((byteAt(bytes, 11) ?? 0) << 8) : 10;
  const end = bytes.indexOf(0, start);
  if (end <= start || end - start > 255) return null;
  const name = new TextDecoder('latin1').decode(bytes.subarray(start, end));
  return /^[\x20-\x7e]+$/.test(name) ? name : null;
}

function textKind(bytes: Uint8Array): Recognised | null {
  if (byteAt(bytes, 0) === 0xe9 || byteAt(bytes, 0) === 0xea) return null;
  const start = new TextDecoder().decode(bytes.subarray(0, 1024));
  // The last character may be cut in two; control characters other than white space are not text.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f]|\ufffd(?!$)/.test(start)) return null;
  if (/^\s*<(?:!doctype|html|\?xml|head|body|!--)/i.test(start)) return plain('html', 'a web page');
  return plain('text', 'a text file');
}

/** An ESP8266 file of the Arduino core, possibly damaged: boot loader, or program, is where it must be. */
function looksLikeCore(bytes: Uint8Array): boolean {
  const starts = byteAt(bytes, 0) === 0xe9;
  if (starts && (wordAt(bytes, 8) === 0x4010f000 || (wordAt(bytes, 4) ?? 0) >>> 12 === 0x4010f)) return true;
  return byteAt(bytes, 0x1000) === 0xe9 && wordAt(bytes, 0x1008) === 0x40201010;
}

/** Says what a file is by its first bytes. */
export function recognise(bytes: Uint8Array): Recognised {
  if (bytes.length === 0) return plain('empty', 'an empty file');
  if (hasAt(bytes, [0x1f, 0x8b])) {
    return { ...plain('gzip', 'a gzip archive'), contains: gzipName(bytes) };
  }
  const magic = magics.find(({ bytes: pattern }) => hasAt(bytes, pattern));
  if (magic) return plain(magic.kind, magic.what);
  // The factory image of an ESP32 has 4 KB of FF in front of its boot loader.
  const chip = esp32At(bytes, 0) ?? (byteAt(bytes, 0) === 0xff ? esp32At(bytes, 0x1000) : null);
  if (chip !== null) return { kind: 'esp32', what: `firmware for the ${chip}`, chip, contains: null };
  if (looksLikeCore(bytes)) {
    return { ...plain('esp8266', 'firmware for the ESP8266'), chip: 'ESP8266' };
  }
  if (byteAt(bytes, 0) === 0xea && (byteAt(bytes, 1) ?? 0) <= 16) {
    return {
      ...plain('sdk-user', 'one half of an Espressif SDK firmware (user1 or user2)'),
      chip: 'ESP8266',
    };
  }
  if (byteAt(bytes, 0) === 0xe9 && startsOnEsp8266(wordAt(bytes, 4))) {
    return {
      ...plain('esp8266-without-eboot', 'ESP8266 firmware without the boot loader that must come first'),
      chip: 'ESP8266',
    };
  }
  return textKind(bytes) ?? plain('unknown', 'not firmware that this tool knows');
}
