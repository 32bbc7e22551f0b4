import type { Check } from '../../core/check.ts';
import { type Text, text } from '../../core/text.ts';
import type { Identity } from '../identify/identify.ts';
import { CAREFUL_IMAGE_BYTES, DEVICE_FLASH_BYTES, MAX_IMAGE_BYTES } from '../limits.ts';
import type { Inspection } from '../parse/inspect.ts';

/** The build that fits every device. */
const lite = 'tasmota-lite.bin';

const room = { bytes: MAX_IMAGE_BYTES };
const careful = { bytes: CAREFUL_IMAGE_BYTES };

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
  unknown: text('firmware_smaller', 'Use a smaller build, such as {file}.', { file: lite }),
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
      answer: 'fail',
      sentence: text(
        'firmware_size_large',
        'The file has {size}, {more} more than the {room} that the device has room for.',
        { size: { bytes: size }, more: { bytes: size - MAX_IMAGE_BYTES }, room: room },
      ),
      action: identity.variant === 'lite' ? olderLite : (smaller[identity.family] ?? fewerFeatures),
    };
  }
  if (size > CAREFUL_IMAGE_BYTES) {
    return {
      ...check,
      answer: 'warn',
      sentence: text(
        'firmware_size_unsure',
        'The file has {size}. The device should have room for {room}, but the vendor says 508 KB, and other tools stop at {careful}.',
        { size: { bytes: size }, room: room, careful: careful },
      ),
      action: text('firmware_size_unsure_do', 'Choose a build of up to {careful} if you want to be sure.', {
        careful: careful,
      }),
    };
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
  return {
    ...check,
    answer: 'fail',
    sentence: text(
      'firmware_mode_wrong',
      'The flash mode is {mode}; with anything but DOUT the device may never start again.',
      {
        mode: modes[wrong] ?? text('firmware_mode_none', 'one that does not exist'),
      },
    ),
    // PlatformIO's board esp01_1m is QIO unless told otherwise.
    action: text(
      'firmware_mode_do',
      'Use a build with flash mode DOUT. If you built it yourself, build it again with {settings}.',
      {
        settings: {
          any: [
            'board_build.flash_mode = dout (PlatformIO)',
            'board_flash_mode: dout (ESPHome)',
            'Flash Mode DOUT (Arduino IDE)',
          ],
        },
      },
    ),
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
  const check = { id: 'image-flash-size', title: text('firmware_flash_title', 'Flash size') };
  const flash = flashSizes.get(eboot.sizeCode);
  if (flash === undefined || !speeds.has(eboot.speedCode)) {
    return {
      ...check,
      answer: 'fail',
      sentence: text('firmware_flash_none', 'The header describes a flash chip that does not exist.'),
      action: text('firmware_flash_none_do', 'Fetch the file again, or use another build.'),
    };
  }
  if (flash < DEVICE_FLASH_BYTES) {
    return size <= flash - reserved
      ? {
          ...check,
          answer: 'pass',
          sentence: text(
            'firmware_flash_less',
            'The file is made for a flash chip of {size}, and the device has more.',
            { size: `${flash / 1024} KB` },
          ),
        }
      : {
          ...check,
          answer: 'fail',
          sentence: text(
            'firmware_flash_too_small',
            'The file is made for a flash chip of {size} and does not fit on it: the chip would write its settings over the program.',
            { size: `${flash / 1024} KB` },
          ),
          action: text('firmware_flash_do', 'Use a build for 1 MB of flash.'),
        };
  }
  if (flash > DEVICE_FLASH_BYTES) {
    return {
      ...check,
      answer: 'warn',
      // The chip takes no notice of the address bits that it does not have: 2 MB is 0 again, where eboot lies, and
      // that is where a file system of a 4 MB build begins (eagle.flash.4m2m.ld).
      sentence: text(
        'firmware_flash_more',
        'The file is made for a flash chip of {size}; a Sonoff in DIY mode has 1 MB. If the firmware keeps a file system, it could write it over its own boot loader there, and never start again.',
        { size: `${flash / 1_048_576} MB` },
      ),
      action: text(
        'firmware_flash_more_do',
        'Use a build for 1 MB of flash. Go on only if you know that the firmware keeps no file system.',
      ),
    };
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
    // arendst/Tasmota#6102, #8217; itead/Sonoff_Devices_DIY_Tools#62, #80.
    return {
      ...check,
      answer: 'fail',
      sentence: text(
        'firmware_minimal',
        'This is a minimal build of Tasmota, which only helps to update: {because}. It cannot set up Wi-Fi, so you could not reach the device any more.',
        { because: minimalBecause },
      ),
      action: text('firmware_minimal_do', 'Use {file} instead, whatever this file is called.', {
        file: lite,
      }),
    };
  }
  if (madeFor !== null)
    return {
      ...check,
      answer: 'warn',
      sentence: text(
        'firmware_made_for',
        'This is {title}, by what is written in it. It is made for {purpose}, not for a switch.',
        { title, purpose: madeFor },
      ),
      action: text('firmware_made_for_do', 'Go on only if you know that it works on your device.'),
    };
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
  return {
    ...check,
    answer: 'warn',
    sentence: text(
      'firmware_nobody',
      'The file is well formed, but what is written in it does not say whose firmware it is: nobody can say whether it can set up Wi-Fi.',
    ),
    action: text('firmware_nobody_do', 'Go on only if you know this firmware.'),
  };
}
