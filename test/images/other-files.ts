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
