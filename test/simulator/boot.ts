import { nameFirmware } from './boot-firmware.ts';
import { type AppImage, damage, readImage } from './boot-image.ts';

/** What an ESP8266 in a Sonoff does with the bytes in its flash. */
export type BootVerdict =
  | { readonly boots: true; readonly firmware: string }
  | { readonly boots: false; readonly reason: BrickReason };

/** Why it does not come up, or comes up deaf. */
export type BrickReason =
  | 'empty'
  | 'too large'
  | 'gzip'
  | 'HTML'
  | 'ESP32 image'
  | 'SDK user1 or user2 image'
  | 'not an eboot image'
  | 'not DOUT'
  | 'truncated'
  | 'checksum mismatch'
  | 'CRC mismatch'
  | 'minimal';

const maxImage = 520_192;
const appOffset = 0x1000;
const magic = 0xe9;
const dout = 3;

/**
 * Boots the bytes as boot ROM, eboot and core would (protocol §5.2, §5.3; images-and-servers D2; headers of real
 * images in image-headers.json). Damage that nothing in the file can show (no CRC, and an XOR that happens to
 * agree) boots, as it would on a desk.
 */
export function judgeBoot(image: Uint8Array): BootVerdict {
  const reason = brickReason(image);
  return reason === undefined
    ? { boots: true, firmware: nameFirmware(image).name }
    : { boots: false, reason };
}

function brickReason(image: Uint8Array): BrickReason | undefined {
  return (
    notAnImage(image) ??
    badLoader(image) ??
    badApplication(image) ??
    (isMinimal(image) ? 'minimal' : undefined)
  );
}

function isMinimal(image: Uint8Array): boolean {
  return nameFirmware(image).minimal;
}

function notAnImage(image: Uint8Array): BrickReason | undefined {
  const [first, second] = image;
  if (first === undefined) return 'empty';
  if (image.length > maxImage) return 'too large';
  if (first === 0x1f && second === 0x8b) return 'gzip';
  const start = Buffer.from(image.subarray(0, 256)).toString('latin1').trimStart().toLowerCase();
  if (start.startsWith('<')) return 'HTML';
  if (first === 0xea) return 'SDK user1 or user2 image';
  return first === magic ? undefined : 'not an eboot image';
}

/** The boot ROM loads the one segment of eboot at 0 and jumps into it. */
function badLoader(image: Uint8Array): BrickReason | undefined {
  const loader = readImage(image, 0);
  if (!loader) return 'truncated';
  if (isEsp32(loader)) return 'ESP32 image';
  const [segment, ...more] = loader.segments;
  if (loader.segmentCount !== 1 || more.length > 0) return 'not an eboot image';
  if (segment && segment.address !== 0x4010f000) return 'not an eboot image';
  if (!isBetween(loader.entry, 0x4010f000, 0x40110000)) return 'not an eboot image';
  if (loader.mode !== dout) return 'not DOUT';
  return damage(loader);
}

/** eboot copies the application's RAM segments and jumps; the code in flash is mapped where it lies. */
function badApplication(image: Uint8Array): BrickReason | undefined {
  if (image.length <= appOffset) return 'truncated';
  const app = readImage(image, appOffset);
  if (!app) return 'truncated';
  if (app.magic !== magic) return 'not an eboot image';
  const [mapped, ...ram] = app.segments;
  if (!isBetween(app.segmentCount, 1, 17) || (mapped && mapped.address !== 0x40201010))
    return 'not an eboot image';
  if (!ram.every(({ address }) => isRam(address))) return 'not an eboot image';
  if (!isBetween(app.entry, 0x40100000, 0x40110000)) return 'not an eboot image';
  if (app.mode !== dout) return 'not DOUT';
  return damage(app) ?? wrongCrc(image);
}

function isRam(address: number): boolean {
  return isBetween(address, 0x40100000, 0x40110000) || isBetween(address, 0x3ffe8000, 0x40000000);
}

/** The entry of an ESP32 image lies in a memory that an ESP8266 does not have (image-headers.json). */
function isEsp32(loader: AppImage): boolean {
  return isBetween(loader.entry, 0x40080000, 0x400c0000) || isBetween(loader.entry, 0x40370000, 0x40400000);
}

/** The core's own check: length at 0xFF8, CRC at 0xFFC, both words zero while it counts; 0xAA… is no CRC. */
function wrongCrc(image: Uint8Array): BrickReason | undefined {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const length = view.getUint32(0xff8, true);
  const stored = view.getUint32(0xffc, true);
  if (length === 0xaaaaaaaa && stored === 0xaaaaaaaa) return undefined;
  if (length > image.length) return 'truncated';
  return crcOf(image.subarray(0, length)) === stored ? undefined : 'CRC mismatch';
}

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const [index, byte] of bytes.entries()) {
    crc ^= (index >= 0xff8 && index < 0x1000 ? 0 : byte) << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

function isBetween(value: number, from: number, to: number): boolean {
  return value >= from && value < to;
}
