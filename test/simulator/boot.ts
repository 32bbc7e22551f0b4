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

/** What one boot loader does: where its core keeps length and CRC, and up to where it copies into IRAM. */
interface Loader {
  readonly crcAt: number;
  /** What lies at `crcAt` when nobody wrote a CRC. */
  readonly unwritten: number;
  readonly iramEnd: number;
}

/** By segments of eboot (`load_app_from_flash_raw` of 2.7.4 and 3.1.2; elf2bin.py, `crcsize_offset`). */
const loaders: Readonly<Record<number, Loader>> = {
  1: { crcAt: 0xff8, unwritten: 0xaaaaaaaa, iramEnd: 0x40108000 },
  2: { crcAt: 0x1010, unwritten: 0, iramEnd: 0x4010c000 },
};

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
  return notAnImage(image) ?? badLoader(image) ?? badApplication(image) ?? tooLittle(image);
}

function tooLittle(image: Uint8Array): BrickReason | undefined {
  return nameFirmware(image).minimal ? 'minimal' : undefined;
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

/** The boot ROM loads eboot from 0 and jumps into it: one segment up to core 2.7, two since core 3 (elf2bin.py). */
function badLoader(image: Uint8Array): BrickReason | undefined {
  const loader = readImage(image, 0);
  if (!loader) return 'truncated';
  if (isEsp32(loader)) return 'ESP32 image';
  const [code, data] = loader.segments;
  if (loaders[loader.segmentCount] === undefined) return 'not an eboot image';
  if (code && code.address !== 0x4010f000) return 'not an eboot image';
  if (data && !isBetween(data.address, 0x3ffe8000, 0x40000000)) return 'not an eboot image';
  if (!code || !isBetween(loader.entry, code.address, code.address + code.length))
    return 'not an eboot image';
  if (loader.mode !== dout) return 'not DOUT';
  return damage(loader);
}

/** eboot copies the application's RAM segments and jumps; the code in flash is mapped where it lies. */
function badApplication(image: Uint8Array): BrickReason | undefined {
  if (image.length <= appOffset) return 'truncated';
  const loader = loaders[image[1] ?? 0];
  if (!loader) return 'not an eboot image';
  // The XOR of the application was taken before the CRC was written into it; the CRC while its place was zero.
  const blank = image.slice();
  blank.fill(0, loader.crcAt, loader.crcAt + 8);
  const app = readImage(blank, appOffset);
  if (!app) return 'truncated';
  if (app.magic !== magic) return 'not an eboot image';
  const [mapped, ...ram] = app.segments;
  if (!isBetween(app.segmentCount, 1, 17) || (mapped && mapped.address !== 0x40201010))
    return 'not an eboot image';
  if (!ram.every((segment) => isRam(segment, loader))) return 'not an eboot image';
  if (app.overruns) return 'truncated';
  const isLoaded = ram.some(
    ({ address, length }) => address >= 0x40100000 && isBetween(app.entry, address, address + length),
  );
  if (!isLoaded) return 'not an eboot image';
  if (app.mode !== dout) return 'not DOUT';
  return damage(app) ?? wrongCrc(image, blank, loader);
}

/** eboot copies to whole words: it reads the flash straight to where a segment belongs. */
function isRam({ address, length }: AppImage['segments'][number], { iramEnd }: Loader): boolean {
  if (address % 4 !== 0) return false;
  const last = address + length;
  return address >= 0x40000000
    ? isBetween(address, 0x40100000, iramEnd) && last <= iramEnd
    : isBetween(address, 0x3ffe8000, 0x40000000) && last <= 0x40000000;
}

/** The entry of an ESP32 image lies in a memory that an ESP8266 does not have (image-headers.json). */
function isEsp32(loader: AppImage): boolean {
  return isBetween(loader.entry, 0x40080000, 0x400c0000) || isBetween(loader.entry, 0x40370000, 0x40400000);
}

/**
 * The core's own check: length and CRC, taken while both words are zero, and stored after the checksum was. What
 * lies there when nobody wrote them (padding of 0xAA, or the zeros of core 3) is no CRC.
 */
function wrongCrc(
  image: Uint8Array,
  blank: Uint8Array,
  { crcAt, unwritten }: Loader,
): BrickReason | undefined {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const length = view.getUint32(crcAt, true);
  const stored = view.getUint32(crcAt + 4, true);
  if (length === unwritten && stored === unwritten) return undefined;
  if (length > image.length) return 'truncated';
  return crcOf(blank.subarray(0, length)) === stored ? undefined : 'CRC mismatch';
}

function crcOf(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}

function isBetween(value: number, from: number, to: number): boolean {
  return value >= from && value < to;
}
