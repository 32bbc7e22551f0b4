import { sizeText } from '../../core/size.ts';
import { type Text, text } from '../../core/text.ts';
import { gzipName, isMongooseUpdate } from './archives.ts';
import { byteAt, hasAt, hex, wordAt } from './bytes.ts';
import { fileSystemOf } from './file-systems.ts';
import { readImage } from './image.ts';
import type { ImageKind } from './image-kind.ts';
import { magics } from './magics.ts';
import { otherChipOf } from './other-chips.ts';
import { recogniseWithoutEboot, startsOnEsp8266 } from './without-eboot.ts';

/** What a file is, in words that finish the sentence "This is …", and what its header tells besides. */
export interface Recognised {
  readonly kind: ImageKind;
  readonly what: Text;
  readonly chip: string | null;
  /** The name that a gzip gives what is inside. */
  readonly contains: string | null;
}

const plain = (kind: ImageKind, what: Text): Recognised => ({ kind, what, chip: null, contains: null });

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

function esp32At(bytes: Uint8Array, offset: number): string | null {
  const entry = wordAt(bytes, offset + 4);
  if (byteAt(bytes, offset) !== 0xe9 || entry === null || startsOnEsp8266(entry)) return null;
  const last = byteAt(bytes, offset + 23);
  if (last === null || last > 1) return null;
  const id = (byteAt(bytes, offset + 12) ?? 0) | ((byteAt(bytes, offset + 13) ?? 0) << 8);
  // Every program of ESP-IDF describes itself behind its header (`esp_app_desc_t`), also for a chip of tomorrow.
  return chips.get(id) ?? (wordAt(bytes, offset + 32) === 0xabcd5432 ? 'ESP32' : null);
}

/** Where the boot loader lies in a file that is to be written from 0: 0x1000, and 0x2000 for the newest chips. */
const esp32Loaders = [0x1000, 0x2000];

function esp32In(bytes: Uint8Array): string | null {
  const first = esp32At(bytes, 0);
  if (first !== null || byteAt(bytes, 0) !== 0xff) return first;
  return esp32Loaders.map((offset) => esp32At(bytes, offset)).find((chip) => chip !== null) ?? null;
}

/** Sizes of flash chips from 512 KB to 16 MB. */
const flashSizes: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5].map((power) => 524_288 * 2 ** power));

/** A copy of a whole flash chip begins like the firmware in it, and goes on behind it. */
function isDump(bytes: Uint8Array): boolean {
  if (!flashSizes.has(bytes.length) || byteAt(bytes, 0) !== 0xe9) return false;
  const app = readImage(bytes, 0x1000);
  return app === null
    ? startsOnEsp8266(wordAt(bytes, 4))
    : app.end !== null && app.end < bytes.length && looksLikeCore(bytes);
}

function textKind(bytes: Uint8Array): Recognised | null {
  if (byteAt(bytes, 0) === 0xe9 || byteAt(bytes, 0) === 0xea) return null;
  const start = new TextDecoder().decode(bytes.subarray(0, 1024));
  // The last character may be cut in two; control characters other than white space are not text.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\0-\x08\x0e-\x1a\x1c-\x1f]|\ufffd(?!$)/.test(start)) return null;
  if (/^\s*<(?:!doctype|html|\?xml|head|body|!--)/i.test(start))
    return plain('html', text('firmware_is_page', 'a web page'));
  return plain('text', text('firmware_is_text', 'a text file'));
}

/**
 * The container of Tuya's updates: a header, which this closes, and then what is to be installed. The header has 32
 * bytes (libretiny-eu/ltchiptool), or 51 where there is a program for each half of the flash (tuya-convert).
 */
const tuyaHeaderEnd = [0xaa, 0x55, 0xaa, 0x55];
const tuyaInside = [0x20, 0x33];

function tuyaUpdate(bytes: Uint8Array): Recognised {
  const inside = tuyaInside.find((at) => hasAt(bytes, tuyaHeaderEnd, at - 4));
  const first = inside === undefined ? null : byteAt(bytes, inside);
  if (first === 0xe9 || first === 0xea)
    return {
      ...plain(
        'tuya-update',
        text('firmware_is_tuya', 'an update file of Tuya (UG) with firmware for the ESP8266 in it'),
      ),
      chip: 'ESP8266',
    };
  const isBeken = inside !== undefined && hasAt(bytes, [0x52, 0x42, 0x4c, 0x00], inside);
  return plain(
    'other-chip',
    isBeken
      ? text('firmware_is_tuya_beken', 'an update file of Tuya (UG), for a chip of Beken')
      : text('firmware_is_tuya_other', 'an update file of Tuya (UG), for another chip'),
  );
}

/** What can be said of bytes that are nothing known. */
function unknownKind(bytes: Uint8Array): Recognised {
  const [first = 0] = bytes;
  let same = 1;
  while (same < bytes.length && bytes[same] === first) same++;
  if (same < bytes.length || same === 1)
    return plain('unknown', text('firmware_is_unknown', 'not firmware that this tool knows'));
  const byte = hex(first).replace('000000', '');
  return plain(
    'unknown',
    first === 0xff
      ? text(
          'firmware_is_erased',
          'not firmware that this tool knows: there is only {byte} in it, as in flash memory that was erased',
          { byte },
        )
      : text('firmware_is_one_byte', 'not firmware that this tool knows: there is only {byte} in it', {
          byte,
        }),
  );
}

/** An ESP8266 file of the Arduino core, possibly damaged: boot loader, or program, is where it must be. */
function looksLikeCore(bytes: Uint8Array): boolean {
  const starts = byteAt(bytes, 0) === 0xe9;
  if (starts && (wordAt(bytes, 8) === 0x4010f000 || (wordAt(bytes, 4) ?? 0) >>> 12 === 0x4010f)) return true;
  return byteAt(bytes, 0x1000) === 0xe9 && wordAt(bytes, 0x1008) === 0x40201010;
}

/** Says what a file is by its first bytes. */
export function recognise(bytes: Uint8Array): Recognised {
  if (bytes.length === 0) return plain('empty', text('firmware_is_empty', 'an empty file'));
  if (hasAt(bytes, [0x1f, 0x8b])) {
    return { ...plain('gzip', text('firmware_is_gzip', 'a gzip archive')), contains: gzipName(bytes) };
  }
  const magic = magics.find(({ bytes: pattern }) => hasAt(bytes, pattern));
  if (magic?.kind === 'zip' && isMongooseUpdate(bytes))
    return plain('mongoose', text('firmware_is_mongoose_update', 'an update of Mongoose OS (a zip archive)'));
  if (magic) return plain(magic.kind, magic.what);
  if (hasAt(bytes, [0x55, 0xaa])) return tuyaUpdate(bytes);
  if (hasAt(bytes, [0x75, 0x73, 0x74, 0x61, 0x72], 257))
    return plain('archive', text('firmware_is_tar', 'a tar archive'));
  const chip = esp32In(bytes);
  if (chip !== null)
    return {
      kind: 'esp32',
      what: text('firmware_is_esp32', 'firmware for the {chip}', { chip }),
      chip,
      contains: null,
    };
  if (isDump(bytes)) {
    return {
      ...plain(
        'dump',
        text('firmware_is_dump', 'a copy of a whole flash chip of {size}', {
          size: sizeText(bytes.length),
        }),
      ),
      chip: 'ESP8266',
    };
  }
  if (looksLikeCore(bytes)) {
    return { ...plain('esp8266', text('firmware_is_esp8266', 'firmware for the ESP8266')), chip: 'ESP8266' };
  }
  const foreign = recogniseWithoutEboot(bytes);
  if (foreign !== null) return { ...plain(foreign.kind, foreign.what), chip: 'ESP8266' };
  const fileSystem = fileSystemOf(bytes);
  if (fileSystem !== null)
    return plain(
      'file-system',
      text('firmware_is_file_system', 'an image of a file system ({name})', { name: fileSystem }),
    );
  const readable = textKind(bytes);
  if (readable !== null) return readable;
  if (hasAt(bytes, [0x55, 0x47]))
    return plain('other-chip', text('firmware_is_ug', 'an update file (UG) for a chip of Beken'));
  const otherChip = otherChipOf(bytes);
  return otherChip === null ? unknownKind(bytes) : plain('other-chip', otherChip);
}
