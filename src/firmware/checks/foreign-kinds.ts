import type { Check } from '../../core/check.ts';
import { type Text, text } from '../../core/text.ts';
import type { ImageKind } from '../parse/image-kind.ts';
import type { Inspection } from '../parse/inspect.ts';

const useLite = text('firmware_use_lite', 'Use {file} instead.', { file: 'tasmota-lite.bin' });

const foreignLoader = text(
  'firmware_foreign_loader',
  'It does not begin with the boot loader of the Arduino core, and the device would never start again.',
);

const packed = text('firmware_packed', 'The device would write it as it is, packed, and never start again.');
const unpack = text('firmware_packed_do', 'Unpack it and use the .bin file inside.');
const otherChip = text('firmware_other_chip', 'A Sonoff in DIY mode has an ESP8266, which cannot run it.');
const checkAddress = text('firmware_check_address', 'Check the address of the file.');
const fetchAgain = text('firmware_fetch_again', 'Fetch the file again.');

/** What flashing a file of each kind would do, and what to do instead. */
const kinds: Record<Exclude<ImageKind, 'esp8266'>, { why: Text; action: Text }> = {
  // arendst/Tasmota#8761: the device wrote a .bin.gz as it was, and never started again.
  gzip: {
    why: packed,
    action: text('firmware_gzip_do', 'Use the file without .gz at the end of its name.'),
  },
  zip: {
    why: packed,
    action: unpack,
  },
  archive: {
    why: packed,
    action: unpack,
  },
  elf: {
    why: text('firmware_elf', 'The device cannot start it.'),
    action: text('firmware_elf_do', 'Use the .bin file that was built from it.'),
  },
  html: {
    why: text('firmware_html', 'The server has sent a page instead of the file.'),
    action: checkAddress,
  },
  text: { why: text('firmware_text', 'A device cannot start it.'), action: checkAddress },
  empty: { why: text('firmware_empty', 'There is nothing in it.'), action: fetchAgain },
  dump: {
    why: text('firmware_dump', 'It holds more than a program, and more than the device has room for.'),
    action: text('firmware_dump_do', 'Use the firmware file that was flashed to that chip, not the copy.'),
  },
  'file-system': {
    why: text('firmware_file_system', 'It holds files that a program uses, but no program.'),
    action: text('firmware_file_system_do', 'Use the firmware file that belongs to it.'),
  },
  'esp32-part': { why: otherChip, action: useLite },
  'other-chip': { why: otherChip, action: useLite },
  // ct-Open-Source/tuya-convert, files/upgrade.bin: 32 bytes in front of user1 or user2.
  'tuya-update': {
    why: text(
      'firmware_tuya_update',
      'The device would write it with all that is around the firmware, and never start again.',
    ),
    action: useLite,
  },
  'esp8266-part': {
    why: text('firmware_part', 'It is one part of a firmware, without the program.'),
    action: useLite,
  },
  esp32: { why: otherChip, action: useLite },
  // itead/Sonoff_Devices_DIY_Tools#92, #112: images without eboot leave the device dead.
  'sdk-user': {
    why: text('firmware_sdk_user', 'It has no boot loader, and without one the device never starts again.'),
    action: useLite,
  },
  sdk: { why: foreignLoader, action: useLite },
  'rtos-sdk': { why: foreignLoader, action: useLite },
  micropython: { why: foreignLoader, action: useLite },
  nodemcu: { why: foreignLoader, action: useLite },
  rboot: { why: foreignLoader, action: useLite },
  mongoose: { why: foreignLoader, action: useLite },
  'esp8266-without-eboot': {
    why: text('firmware_no_eboot', 'Without it the device never starts again.'),
    action: text(
      'firmware_no_eboot_do',
      'Use the complete file of the same build, which begins with the boot loader.',
    ),
  },
  unknown: {
    why: text('firmware_foreign', 'The device would write it all the same, and never start again.'),
    action: useLite,
  },
};

/** Whether the file is firmware for the ESP8266 at all. */
export function judgeKind({ kind, what, contains, app, eboot }: Inspection): Check {
  const check = { id: 'image-kind', title: text('firmware_kind_title', 'Kind of file') };
  if (kind !== 'esp8266') {
    const { why, action } = kinds[kind];
    const sentence =
      contains === null
        ? text('firmware_kind', 'This is {what}. {why}', { what, why })
        : text('firmware_kind_of', 'This is {what} of {contains}. {why}', { what, contains, why });
    return { ...check, answer: 'fail', sentence, action };
  }
  if (app === null && eboot === null) {
    return {
      ...check,
      answer: 'fail',
      sentence: text('firmware_kind_damaged', 'This looks like a damaged firmware for the ESP8266.'),
      action: fetchAgain,
    };
  }
  return {
    ...check,
    answer: 'pass',
    sentence: text(
      'firmware_kind_right',
      'This is firmware for the ESP8266, the chip of a Sonoff in DIY mode.',
    ),
  };
}
