import { against, type Check } from '../../core/check.ts';
import { sizeText } from '../../core/size.ts';
import { type Text, text } from '../../core/text.ts';
import type { Identity } from '../identify/identify.ts';
import { CAREFUL_IMAGE_BYTES, DEVICE_FLASH_BYTES, MAX_IMAGE_BYTES } from '../limits.ts';
import type { Inspection } from '../parse/inspect.ts';
import { fitnessObjections, lite, room, smallerBuild } from './fitness-objections.ts';

/** What to use instead of a file that is too large. */
const smaller: Partial<Record<Identity['family'], Text>> = {
  tasmota: text(
    'firmware_smaller_tasmota',
    'Use {file}, and never a minimal build first. From there you can install the build that you want.',
    { file: lite },
  ),
  // Without a web server ESPHome builds have 320 to 390 KB, with one or with a vendor's package 554 to 626 KB.
  esphome: text(
    'firmware_smaller_esphome',
    "Leave out {component}, and what a vendor's package brings along, and build it again.",
    { component: 'web_server' },
  ),
  unknown: smallerBuild,
};

const fewerFeatures = text('firmware_fewer_features', 'Use a build with fewer features, or {file}.', {
  file: lite,
});

const olderLite = text(
  'firmware_older_lite',
  'Use an older lite build, such as {version}. From there you can update.',
  { version: '14.1.0' },
);

/** Whether the device has room for the file. */
export function judgeSize({ size }: Inspection, identity: Identity): Check {
  const check = { id: 'image-size', title: text('firmware_size_title', 'Size') };
  if (size > MAX_IMAGE_BYTES) {
    return {
      ...check,
      ...against(
        fitnessObjections.large,
        { size: { bytes: size }, more: { bytes: size - MAX_IMAGE_BYTES } },
        { action: identity.variant === 'lite' ? olderLite : (smaller[identity.family] ?? fewerFeatures) },
      ),
    };
  }
  if (size > CAREFUL_IMAGE_BYTES) {
    return { ...check, ...against(fitnessObjections.unsure, { size: { bytes: size } }) };
  }
  return {
    ...check,
    answer: 'pass',
    sentence: text('firmware_size_right', 'The file has {size}; the device has room for {room}.', {
      size: { bytes: size },
      room: room,
    }),
  };
}

/** Flash modes by header byte 2 (esptool: Firmware Image Format). */
const modes: readonly (string | undefined)[] = ['QIO', 'QOUT', 'DIO', 'DOUT'];
const dout = 3;

/** Whether both parts read the flash chip in the one way that works on every Sonoff (itead's DIY documentation). */
export function judgeMode({ eboot, app }: Inspection): Check | null {
  const found = [eboot, app].filter((image) => image !== null).map(({ mode }) => mode);
  if (found.length === 0) return null;
  const check = { id: 'image-mode', title: text('firmware_mode_title', 'Flash mode') };
  const wrong = found.find((mode) => mode !== dout);
  if (wrong === undefined)
    return {
      ...check,
      answer: 'pass',
      sentence: text('firmware_mode_right', 'The flash mode is DOUT, as the device needs it.'),
    };
  const mode = modes[wrong] ?? text('firmware_mode_none', 'one that does not exist');
  return { ...check, ...against(fitnessObjections.mode, { mode }) };
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
  const check = { id: 'image-flash-size', title: text('firmware_flash_title', 'Flash size') };
  const flash = flashSizes.get(eboot.sizeCode);
  if (flash === undefined || !speeds.has(eboot.speedCode)) {
    return { ...check, ...against(fitnessObjections.noSuchFlash, {}) };
  }
  if (flash < DEVICE_FLASH_BYTES) {
    return size <= flash - reserved
      ? {
          ...check,
          answer: 'pass',
          sentence: text(
            'firmware_flash_less',
            'The file is made for a flash chip of {size}, and the device has more.',
            { size: sizeText(flash) },
          ),
        }
      : { ...check, ...against(fitnessObjections.smallFlash, { size: sizeText(flash) }) };
  }
  if (flash > DEVICE_FLASH_BYTES) {
    return { ...check, ...against(fitnessObjections.largeFlash, { size: sizeText(flash) }) };
  }
  return {
    ...check,
    answer: 'pass',
    sentence: text('firmware_flash_right', 'The file is made for 1 MB of flash, as the device has it.'),
  };
}

/** Whose firmware it is, and whether it can be a first installation. */
export function judgeFirmware(identity: Identity, isWellFormed: boolean): Check {
  const check = { id: 'image-firmware', title: text('firmware_whose_title', 'Firmware') };
  const { family, title, madeFor, minimalBecause } = identity;
  if (minimalBecause !== null) {
    return { ...check, ...against(fitnessObjections.minimal, { because: minimalBecause }) };
  }
  if (madeFor !== null)
    return { ...check, ...against(fitnessObjections.otherPurpose, { title, purpose: madeFor }) };
  if (family !== 'unknown')
    return {
      ...check,
      answer: 'pass',
      sentence: text('firmware_whose', 'This is {title}, by what is written in it.', { title }),
    };
  if (!isWellFormed)
    return {
      ...check,
      answer: 'unknown',
      sentence: text(
        'firmware_whose_unknown',
        'What is written in the file does not say whose firmware it is.',
      ),
    };
  return { ...check, ...against(fitnessObjections.nobody, {}) };
}
