import { type Objection, plainObjection, type Told } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import { CAREFUL_IMAGE_BYTES, MAX_IMAGE_BYTES } from '../limits.ts';

/** The build that fits every device. */
export const lite = 'tasmota-lite.bin';

export const room = { bytes: MAX_IMAGE_BYTES };
const careful = { bytes: CAREFUL_IMAGE_BYTES };

/** What to use instead of a file that is too large, where no more is known of it. */
export const smallerBuild = text('firmware_smaller', 'Use a smaller build, such as {file}.', { file: lite });

const headers = 'esptool: Firmware Image Format';

/** How a good file can be one for another device or another purpose. */
export const fitnessObjections = {
  large: {
    trouble: 'image-size-large',
    answer: 'fail',
    sentence: ({ size, more }: Told<'size' | 'more'>) =>
      text(
        'firmware_size_large',
        'The file has {size}, {more} more than the {room} that the device has room for.',
        { size, more, room },
      ),
    action: smallerBuild,
    source: 'itead#102; protocol v2.0: 508 KB',
  },
  unsure: {
    trouble: 'image-size-unsure',
    answer: 'warn',
    sentence: ({ size }: Told<'size'>) =>
      text(
        'firmware_size_unsure',
        'The file has {size}. The device should have room for {room}, but the vendor says 508 KB, and other tools stop at {careful}.',
        { size, room, careful },
      ),
    action: text('firmware_size_unsure_do', 'Choose a build of up to {careful} if you want to be sure.', {
      careful,
    }),
    source: 'protocol v2.0: 508 KB; cli README: 508,000 bytes',
  },
  mode: {
    trouble: 'image-mode',
    answer: 'fail',
    sentence: ({ mode }: Told<'mode'>) =>
      text(
        'firmware_mode_wrong',
        'The flash mode is {mode}; with anything but DOUT the device may never start again.',
        { mode },
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
    source: headers,
  },
  noSuchFlash: plainObjection(
    'image-flash-none',
    'fail',
    text('firmware_flash_none', 'The header describes a flash chip that does not exist.'),
    text('firmware_flash_none_do', 'Fetch the file again, or use another build.'),
    headers,
  ),
  smallFlash: {
    trouble: 'image-flash-too-small',
    answer: 'fail',
    sentence: ({ size }: Told<'size'>) =>
      text(
        'firmware_flash_too_small',
        'The file is made for a flash chip of {size} and does not fit on it: the chip would write its settings over the program.',
        { size },
      ),
    action: text('firmware_flash_do', 'Use a build for 1 MB of flash.'),
    source: headers,
  },
  // The chip takes no notice of the address bits that it does not have: 2 MB is 0 again, where eboot lies, and
  // that is where a file system of a 4 MB build begins (eagle.flash.4m2m.ld).
  largeFlash: {
    trouble: 'image-flash-more',
    answer: 'warn',
    sentence: ({ size }: Told<'size'>) =>
      text(
        'firmware_flash_more',
        'The file is made for a flash chip of {size}; a Sonoff in DIY mode has 1 MB. If the firmware keeps a file system, it could write it over its own boot loader there, and never start again.',
        { size },
      ),
    action: text(
      'firmware_flash_more_do',
      'Use a build for 1 MB of flash. Go on only if you know that the firmware keeps no file system.',
    ),
    source: 'esp8266/Arduino eagle.flash.4m2m.ld',
  },
  minimal: {
    trouble: 'image-minimal',
    answer: 'fail',
    sentence: ({ because }: Told<'because'>) =>
      text(
        'firmware_minimal',
        'This is a minimal build of Tasmota, which only helps to update: {because}. It cannot set up Wi-Fi, so you could not reach the device any more.',
        { because },
      ),
    action: text('firmware_minimal_do', 'Use {file} instead, whatever this file is called.', { file: lite }),
    source: 'Tasmota#6102, Tasmota#8217, itead#62, itead#80',
  },
  otherPurpose: {
    trouble: 'image-made-for',
    answer: 'warn',
    sentence: ({ title, purpose }: Told<'title' | 'purpose'>) =>
      text(
        'firmware_made_for',
        'This is {title}, by what is written in it. It is made for {purpose}, not for a switch.',
        { title, purpose },
      ),
    action: text('firmware_made_for_do', 'Go on only if you know that it works on your device.'),
    source: 'tasmota/docs Firmware-Builds',
  },
  nobody: plainObjection(
    'image-nobody',
    'warn',
    text(
      'firmware_nobody',
      'The file is well formed, but what is written in it does not say whose firmware it is: nobody can say whether it can set up Wi-Fi.',
    ),
    text('firmware_nobody_do', 'Go on only if you know this firmware.'),
    'no name of a firmware in the file',
  ),
} as const satisfies Record<
  string,
  Objection<Told<'size' | 'more' | 'mode' | 'because' | 'title' | 'purpose'>>
>;
