import type { Check } from '../../core/check.ts';
import type { Identity } from '../identify/identify.ts';
import { CAREFUL_IMAGE_BYTES, DEVICE_FLASH_BYTES, inBytes, MAX_IMAGE_BYTES } from '../limits.ts';
import type { Inspection } from '../parse/inspect.ts';

/** What to use instead of a file that is too large. */
const smaller: Partial<Record<Identity['family'], string>> = {
  tasmota:
    'Use tasmota-lite.bin, and never a minimal build first. From there you can install the build that you want.',
  // Without a web server ESPHome builds have 320 to 390 KB, with one or with a vendor's package 554 to 626 KB.
  esphome: "Leave out web_server, and what a vendor's package brings along, and build it again.",
  unknown: 'Use a smaller build, such as tasmota-lite.bin.',
};

const fewerFeatures = 'Use a build with fewer features, or tasmota-lite.bin.';

const olderLite = 'Use an older lite build, such as 14.1.0. From there you can update.';

/** Whether the device has room for the file. */
export function judgeSize({ size }: Inspection, identity: Identity): Check {
  const check = { id: 'image-size', title: 'Size' };
  if (size > MAX_IMAGE_BYTES) {
    return {
      ...check,
      answer: 'fail',
      sentence: `The file has ${inBytes(size)}, ${inBytes(size - MAX_IMAGE_BYTES)} more than the ${inBytes(MAX_IMAGE_BYTES)} that the device has room for.`,
      action: identity.variant === 'lite' ? olderLite : (smaller[identity.family] ?? fewerFeatures),
    };
  }
  if (size > CAREFUL_IMAGE_BYTES) {
    return {
      ...check,
      answer: 'warn',
      sentence: `The file has ${inBytes(size)}. The device should have room for ${inBytes(MAX_IMAGE_BYTES)}, but the vendor says 508 KB, and other tools stop at ${inBytes(CAREFUL_IMAGE_BYTES)}.`,
      action: `Choose a build of up to ${inBytes(CAREFUL_IMAGE_BYTES)} if you want to be sure.`,
    };
  }
  return {
    ...check,
    answer: 'pass',
    sentence: `The file has ${inBytes(size)}; the device has room for ${inBytes(MAX_IMAGE_BYTES)}.`,
  };
}

/** Flash modes by header byte 2 (esptool: Firmware Image Format). */
const modes: readonly (string | undefined)[] = ['QIO', 'QOUT', 'DIO', 'DOUT'];
const dout = 3;

/** Whether both parts read the flash chip in the one way that works on every Sonoff (itead's DIY documentation). */
export function judgeMode({ eboot, app }: Inspection): Check | null {
  const found = [eboot, app].filter((image) => image !== null).map(({ mode }) => mode);
  if (found.length === 0) return null;
  const check = { id: 'image-mode', title: 'Flash mode' };
  const wrong = found.find((mode) => mode !== dout);
  if (wrong === undefined)
    return { ...check, answer: 'pass', sentence: 'The flash mode is DOUT, as the device needs it.' };
  return {
    ...check,
    answer: 'fail',
    sentence: `The flash mode is ${modes[wrong] ?? 'one that does not exist'}; with anything but DOUT the device may never start again.`,
    // PlatformIO's board esp01_1m is QIO unless told otherwise.
    action:
      'Use a build with flash mode DOUT. If you built it yourself, build it again with board_build.flash_mode = dout (PlatformIO), board_flash_mode: dout (ESPHome) or Flash Mode DOUT (Arduino IDE).',
  };
}

/** Sizes of flash chips by the high half of header byte 3 (esptool: Firmware Image Format). */
const flashSizes: ReadonlyMap<number, number> = new Map(
  [512, 256, 1024, 2048, 4096, 2048, 4096, undefined, 8192, 16_384].flatMap((kilobytes, code) =>
    kilobytes === undefined ? [] : [[code, kilobytes * 1024] as const],
  ),
);

/** Speeds by the low half of header byte 3: 40, 26, 20 and 80 MHz. */
const speeds: ReadonlySet<number> = new Set([0, 1, 2, 15]);

/** The chip's own settings lie in the last five sectors of what the header calls the end of the flash. */
const reserved = 5 * 4096;

/** Whether the flash chip that the header describes can be that of the device. The chip reads the first header. */
export function judgeFlashSize({ eboot, size }: Inspection): Check | null {
  if (eboot === null) return null;
  const check = { id: 'image-flash-size', title: 'Flash size' };
  const flash = flashSizes.get(eboot.sizeCode);
  if (flash === undefined || !speeds.has(eboot.speedCode)) {
    return {
      ...check,
      answer: 'fail',
      sentence: 'The header describes a flash chip that does not exist.',
      action: 'Fetch the file again, or use another build.',
    };
  }
  const megabytes = `${flash / 1_048_576} MB`;
  if (flash < DEVICE_FLASH_BYTES) {
    return size <= flash - reserved
      ? {
          ...check,
          answer: 'pass',
          sentence: `The file is made for a flash chip of ${flash / 1024} KB, and the device has more.`,
        }
      : {
          ...check,
          answer: 'fail',
          sentence: `The file is made for a flash chip of ${flash / 1024} KB and does not fit on it: the chip would write its settings over the program.`,
          action: 'Use a build for 1 MB of flash.',
        };
  }
  if (flash > DEVICE_FLASH_BYTES) {
    return {
      ...check,
      answer: 'warn',
      // The chip takes no notice of the address bits that it does not have: 2 MB is 0 again, where eboot lies, and
      // that is where a file system of a 4 MB build begins (eagle.flash.4m2m.ld).
      sentence: `The file is made for a flash chip of ${megabytes}; a Sonoff in DIY mode has 1 MB. If the firmware keeps a file system, it could write it over its own boot loader there, and never start again.`,
      action: 'Use a build for 1 MB of flash. Go on only if you know that the firmware keeps no file system.',
    };
  }
  return { ...check, answer: 'pass', sentence: 'The file is made for 1 MB of flash, as the device has it.' };
}

/** Whose firmware it is, and whether it can be a first installation. */
export function judgeFirmware(identity: Identity, isWellFormed: boolean): Check {
  const check = { id: 'image-firmware', title: 'Firmware' };
  const { family, title, madeFor, minimalBecause } = identity;
  if (minimalBecause !== null) {
    // arendst/Tasmota#6102, #8217; itead/Sonoff_Devices_DIY_Tools#62, #80.
    return {
      ...check,
      answer: 'fail',
      sentence: `This is a minimal build of Tasmota, which only helps to update: ${minimalBecause}. It cannot set up Wi-Fi, so you could not reach the device any more.`,
      action: 'Use tasmota-lite.bin instead, whatever this file is called.',
    };
  }
  if (madeFor !== null)
    return {
      ...check,
      answer: 'warn',
      sentence: `This is ${title}, by what is written in it. It is made for ${madeFor}, not for a switch.`,
      action: 'Go on only if you know that it works on your device.',
    };
  if (family !== 'unknown')
    return { ...check, answer: 'pass', sentence: `This is ${title}, by what is written in it.` };
  if (!isWellFormed)
    return {
      ...check,
      answer: 'unknown',
      sentence: 'What is written in the file does not say whose firmware it is.',
    };
  return {
    ...check,
    answer: 'warn',
    sentence:
      'The file is well formed, but what is written in it does not say whose firmware it is: nobody can say whether it can set up Wi-Fi.',
    action: 'Go on only if you know this firmware.',
  };
}
