/** Files that are not an ESP8266 image of the Arduino core, but that people do try to flash. */
import { gzipSync, zipSync } from 'fflate';
import { buildImage, fill } from './esp8266-image.ts';

/** A gzip of `bytes`, with the name of what is inside in its header, as `gzip` writes it. */
export function gzipOf(bytes: Uint8Array, name = 'tasmota-lite.bin'): Uint8Array {
  return gzipSync(bytes, { filename: name, mtime: 1_600_000_000_000 });
}

/** A zip archive with `bytes` in it. */
export function zipOf(bytes: Uint8Array, name = 'tasmota-lite.bin'): Uint8Array {
  return zipSync({ [name]: bytes });
}

/** What a server sends when the file is not there but it says 200 all the same. */
export function htmlPage(): Uint8Array {
  return new TextEncoder().encode(
    '\n<!DOCTYPE html>\n<html lang="en"><head><title>404 Not Found</title></head><body>Not found</body></html>\n',
  );
}

/** The chip ids in the extended header of ESP-IDF images (`esp_chip_id_t`). */
export const chips = [
  ['ESP32', 0],
  ['ESP32-S2', 2],
  ['ESP32-C3', 5],
  ['ESP32-S3', 9],
  ['ESP32-C2', 12],
  ['ESP32-C6', 13],
  ['ESP32-H2', 16],
  ['ESP32-P4', 18],
  ['ESP32-C61', 20],
  ['ESP32-C5', 23],
] as const;

/** The name of a chip of the ESP32 family. */
export type Chip = (typeof chips)[number][0];

/** An application image for a chip of the ESP32 family: also E9, but with a header of 24 bytes. */
export function esp32Image(chip: Chip = 'ESP32', size = 65_536): Uint8Array {
  const file = fill(size, 32);
  const view = new DataView(file.buffer);
  file.set([0xe9, 1, 2, 0x20]);
  view.setUint32(4, 0x400823ec, true);
  file.set([0xee, 0, 0, 0], 8);
  view.setUint16(12, chips.find(([name]) => name === chip)?.[1] ?? 0, true);
  file.fill(0, 14, 23);
  file[23] = 1;
  view.setUint32(24, 0x3f400020, true);
  view.setUint32(28, size - 32 - 48, true);
  file.fill(0, size - 48, size - 32);
  return file;
}

/** An ESP32 image that somebody gave an ESP8266 application at 0x1000. */
export function esp32WithCraftedApp(): Uint8Array {
  const file = buildImage();
  file.set(esp32Image('ESP32').subarray(0, 0x400), 0);
  return file;
}

/** An application for Espressif's own boot loader (`user1.bin`): EA, then four segments. */
export function sdkUserImage(size = 65_536): Uint8Array {
  const file = fill(size, 33);
  const view = new DataView(file.buffer);
  file.set([0xea, 4, 0, 0x20]);
  view.setUint32(4, 0x40100004, true);
  view.setUint32(8, 0, true);
  view.setUint32(12, size - 0x200, true);
  return file;
}

/** A file of `size` bytes that begins with `start` and has `texts` in it, each closed by a zero. */
function fileWith(start: readonly number[], texts: readonly string[] = [], size = 65_536): Uint8Array {
  const file = fill(size, 34);
  file.set(start);
  texts.forEach((text, index) => {
    file.set(new TextEncoder().encode(`\0${text}\0`), 0x4000 + index * 0x100);
  });
  return file;
}

/** Header of an image for the boot ROM: three parts, DIO, code at the beginning of the instruction memory. */
const romHeader = [0xe9, 3, 2, 0x40, 0x04, 0, 0x10, 0x40, 0, 0, 0x10, 0x40, 0, 0x10, 0, 0];

/** MicroPython as it is written to 0: no eboot, the rest of the program raw at 0x9000. */
export const microPython = (): Uint8Array => fileWith(romHeader, ['MicroPython v1.19.1 on 2022-06-18']);

/** NodeMCU as it is written to 0. */
export const nodeMcu = (): Uint8Array => fileWith(romHeader, ['NodeMCU 3.0.0.0 built with Docker']);

/** HAA with its boot loader rboot in front. */
export const haa = (): Uint8Array => fileWith(romHeader, ['rBoot v1.4.2', 'Home Accessory Architect']);

/** rboot alone. */
export const rboot = (): Uint8Array => fileWith(romHeader, ['rBoot v1.4.2 - richardaburton@gmail.com']);

/** A program that rboot starts, mapped behind it. */
export const rbootProgram = (): Uint8Array =>
  fileWith([0xe9, 5, 2, 0x20, 0xc8, 0x06, 0x10, 0x40, 0x10, 0x20, 0x20, 0x40, 0, 0x80, 0, 0]);

/** A program of ESP8266_RTOS_SDK 3, mapped behind a partition table. */
export const rtosSdk = (): Uint8Array =>
  fileWith([0xe9, 5, 2, 0x20, 0xc8, 0x06, 0x10, 0x40, 0x10, 0x00, 0x21, 0x40, 0, 0x80, 0, 0]);

/** Espressif's boot loader with `user1.bin` behind it. */
export function sdkWhole(size = 65_536): Uint8Array {
  const file = fileWith(romHeader, [], size);
  file.set(sdkUserImage(0x4000), 0x1000);
  return file;
}

/** A program of Espressif's SDK, of which nothing says what it is. */
export const sdkProgram = (): Uint8Array => fileWith(romHeader);

/** A boot loader and nothing behind it, as `boot_v1.7.bin` is. */
export const bootLoaderAlone = (): Uint8Array => fileWith(romHeader, [], 4080);

/** The radio settings of the ESP8266 (`esp_init_data_default.bin`) in one of their versions. */
export function radioSettings(version: number): Uint8Array {
  const file = fill(128, 35);
  file.set([5, version, 4, 2, 5, 5, 5, 2, 5, 0, 4, 5, 5, 4, 5, 5]);
  return file;
}

/** An update of Tuya: a header of `header` bytes, and then `inside`. */
export function tuyaUpdate(inside: Uint8Array, header = 0x20): Uint8Array {
  const file = new Uint8Array(header + inside.length);
  file.set([0x55, 0xaa, 0x55, 0xaa, 0x31, 0x2e, 0x30]);
  file.set([0xaa, 0x55, 0xaa, 0x55], header - 4);
  file.set(inside, header);
  return file;
}

/** An update of Mongoose OS. */
export function mongooseUpdate(): Uint8Array {
  const names = ['manifest.json', 'fs.bin', 'rboot.bin', 'switch1.bin'];
  return zipSync(Object.fromEntries(names.map((name) => [`switch1-0.4.6/${name}`, fill(2000, 36)])));
}

/** An image of LittleFS: the superblock names itself. */
export function littleFs(size = 65_536): Uint8Array {
  const file = new Uint8Array(size).fill(0xff);
  file.set([1, 0, 0, 0, 0xf0, 0x0f, 0xff, 0xf7]);
  file.set(new TextEncoder().encode('littlefs/'), 8);
  return file;
}

/** An image of SPIFFS with blocks of `block` bytes: a number near the end of each block's first page. */
export function spiffs(size = 65_536, block = 8192): Uint8Array {
  const file = new Uint8Array(size).fill(0xff);
  const view = new DataView(file.buffer);
  for (let at = 0; at < size; at += block) {
    view.setUint16(at, 0x8001, true);
    view.setUint16(at + 0xfc, 0x0529 ^ 256 ^ ((size - at) / block), true);
    view.setUint16(at + 0xfe, 1, true);
  }
  return file;
}

/** The beginning of a tar archive (POSIX ustar). */
export function tarOf(): Uint8Array {
  const file = new Uint8Array(10_240);
  file.set(new TextEncoder().encode('firmware.bin'));
  file.set(new TextEncoder().encode('ustar'), 257);
  return file;
}

/** What was read from a whole flash chip on which `bytes` were installed. */
export function flashDump(bytes: Uint8Array, size = 1_048_576): Uint8Array {
  const chip = new Uint8Array(size).fill(0xff);
  chip.set(bytes);
  return chip;
}

/** The jump that fills the table of exceptions of an ARM9. */
const armJump = [0x14, 0xf0, 0x9f, 0xe5];

/** Files for chips of other makers, and parts of files for an ESP32. */
export const otherChips: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ['Tuya UG', fileWith([0x55, 0xaa, 0x55, 0xaa, 0x31, 0x2e, 0x30, 0]), /Tuya/],
  ['Beken UG', fileWith([0x55, 0x47, 0x01, 0x00]), /Beken/],
  ['Beken RBL', fileWith([0x52, 0x42, 0x4c, 0x00]), /Beken/],
  ['Beken QIO', fileWith([0x2f, 0x07, 0xb5, 0x94, 0x35, 0xff, 0x2a, 0x9b]), /Beken/],
  ['Bouffalo Lab', fileWith([0x42, 0x46, 0x4e, 0x50]), /Bouffalo/],
  ['UF2', fileWith([0x55, 0x46, 0x32, 0x0a, 0x57, 0x51, 0x5d, 0x9e]), /UF2/],
  ['an update of Zigbee', fileWith([0x1e, 0xf1, 0xee, 0x0b]), /Zigbee/],
  ['an update of Silicon Labs', fileWith([0xeb, 0x17, 0xa6, 0x03]), /Silicon Labs/],
  [
    'a boot loader of Beken',
    fileWith([0x69, 0x0c, 0xb5, 0x96, 0x35, 0xff, 0x2a, 0x99, 0x35, 0xe7, 0x2a, 0x99]),
    /Beken/,
  ],
  [
    'a program for ARM9',
    fileWith([0xaa, 0, 0, 0xea, ...armJump, ...armJump, ...armJump]),
    /an ARM core, such as those of Beken/,
  ],
  ['a program for Cortex-M', fileWith([0, 0x50, 0, 0x20, 0xc1, 0x01, 0, 0x08]), /an ARM core/],
  [
    'boot_app0.bin',
    fileWith([1, 0, 0, 0, ...new Uint8Array(24).fill(0xff), 0x9a, 0x98, 0x43, 0x47], [], 8192),
    /boot_app0/,
  ],
  ['a partition table', fileWith([0xaa, 0x50, 1, 2, 0, 0x90], [], 3072), /partition table/],
];

/** The application part alone, as some tools write it for address 0x1000: E9, but no eboot in front. */
export function withoutEboot(bytes: Uint8Array = buildImage()): Uint8Array {
  return bytes.slice(0x1000);
}

/** The first `length` bytes of a file. */
export function truncated(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.slice(0, length);
}

/** A file with `count` bytes too many. */
export function withTrailing(bytes: Uint8Array, count: number, value = 0xff): Uint8Array {
  const file = new Uint8Array(bytes.length + count).fill(value);
  file.set(bytes);
  return file;
}
