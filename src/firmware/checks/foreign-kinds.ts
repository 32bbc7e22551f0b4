import type { Check } from '../../core/check.ts';
import type { Inspection } from '../parse/inspect.ts';
import type { ImageKind } from '../parse/kinds.ts';

const useLite = 'Use tasmota-lite.bin instead.';

const foreignLoader =
  'It does not begin with the boot loader of the Arduino core, and the device would never start again.';

/** What flashing a file of each kind would do, and what to do instead. */
const kinds: Record<Exclude<ImageKind, 'esp8266'>, { why: string; action: string }> = {
  // arendst/Tasmota#8761: the device wrote a .bin.gz as it was, and never started again.
  gzip: {
    why: 'The device would write it as it is, packed, and never start again.',
    action: 'Use the file without .gz at the end of its name.',
  },
  zip: {
    why: 'The device would write it as it is, packed, and never start again.',
    action: 'Unpack it and use the .bin file inside.',
  },
  archive: {
    why: 'The device would write it as it is, packed, and never start again.',
    action: 'Unpack it and use the .bin file inside.',
  },
  elf: { why: 'The device cannot start it.', action: 'Use the .bin file that was built from it.' },
  html: { why: 'The server has sent a page instead of the file.', action: 'Check the address of the file.' },
  text: { why: 'A device cannot start it.', action: 'Check the address of the file.' },
  empty: { why: 'There is nothing in it.', action: 'Fetch the file again.' },
  dump: {
    why: 'It holds more than a program, and more than the device has room for.',
    action: 'Use the firmware file that was flashed to that chip, not the copy.',
  },
  'file-system': {
    why: 'It holds files that a program uses, but no program.',
    action: 'Use the firmware file that belongs to it.',
  },
  'esp32-part': { why: 'A Sonoff in DIY mode has an ESP8266, which cannot run it.', action: useLite },
  'other-chip': { why: 'A Sonoff in DIY mode has an ESP8266, which cannot run it.', action: useLite },
  // ct-Open-Source/tuya-convert, files/upgrade.bin: 32 bytes in front of user1 or user2.
  'tuya-update': {
    why: 'The device would write it with all that is around the firmware, and never start again.',
    action: useLite,
  },
  'esp8266-part': { why: 'It is one part of a firmware, without the program.', action: useLite },
  esp32: { why: 'A Sonoff in DIY mode has an ESP8266, which cannot run it.', action: useLite },
  // itead/Sonoff_Devices_DIY_Tools#92, #112: images without eboot leave the device dead.
  'sdk-user': {
    why: 'It has no boot loader, and without one the device never starts again.',
    action: useLite,
  },
  sdk: { why: foreignLoader, action: useLite },
  'rtos-sdk': { why: foreignLoader, action: useLite },
  micropython: { why: foreignLoader, action: useLite },
  nodemcu: { why: foreignLoader, action: useLite },
  rboot: { why: foreignLoader, action: useLite },
  mongoose: { why: foreignLoader, action: useLite },
  'esp8266-without-eboot': {
    why: 'Without it the device never starts again.',
    action: 'Use the complete file of the same build, which begins with the boot loader.',
  },
  unknown: { why: 'The device would write it all the same, and never start again.', action: useLite },
};

/** Whether the file is firmware for the ESP8266 at all. */
export function judgeKind({ kind, what, contains, app, eboot }: Inspection): Check {
  const check = { id: 'image-kind', title: 'Kind of file' };
  if (kind !== 'esp8266') {
    const { why, action } = kinds[kind];
    const inside = contains === null ? '' : ` of ${contains}`;
    return { ...check, answer: 'fail', sentence: `This is ${what}${inside}. ${why}`, action };
  }
  if (app === null && eboot === null) {
    return {
      ...check,
      answer: 'fail',
      sentence: 'This looks like a damaged firmware for the ESP8266.',
      action: 'Fetch the file again.',
    };
  }
  return {
    ...check,
    answer: 'pass',
    sentence: 'This is firmware for the ESP8266, the chip of a Sonoff in DIY mode.',
  };
}
