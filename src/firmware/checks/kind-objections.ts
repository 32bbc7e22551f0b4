import { type Objection, plainObjection, type Told } from '../../core/check.ts';
import { keysOf } from '../../core/keys.ts';
import { type Text, text } from '../../core/text.ts';
import type { ImageKind } from '../parse/image-kind.ts';

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

type ForeignKind = Exclude<ImageKind, 'esp8266'>;

interface Row {
  /** What stands in the table for what a file of this kind is called. */
  readonly such: Text;
  readonly why: Text;
  readonly action: Text;
  /** Where it is known from, where more than the layout of such a file is. */
  readonly source?: string;
}

/** What flashing a file of each kind would do, and what to do instead. */
const kinds: Readonly<Record<ForeignKind, Row>> = {
  // arendst/Tasmota#8761: the device wrote a .bin.gz as it was, and never started again.
  gzip: {
    such: text('firmware_such_gzip', 'a gzip archive'),
    source: 'Tasmota#8761',
    why: packed,
    action: text('firmware_gzip_do', 'Use the file without .gz at the end of its name.'),
  },
  zip: { such: text('firmware_such_zip', 'a zip archive'), why: packed, action: unpack },
  archive: { such: text('firmware_such_archive', 'another archive'), why: packed, action: unpack },
  elf: {
    such: text('firmware_such_elf', 'an ELF file'),
    why: text('firmware_elf', 'The device cannot start it.'),
    action: text('firmware_elf_do', 'Use the .bin file that was built from it.'),
  },
  html: {
    such: text('firmware_such_html', 'a web page'),
    why: text('firmware_html', 'The server has sent a page instead of the file.'),
    action: checkAddress,
  },
  text: {
    such: text('firmware_such_text', 'a text'),
    why: text('firmware_text', 'A device cannot start it.'),
    action: checkAddress,
  },
  empty: {
    such: text('firmware_such_empty', 'an empty file'),
    why: text('firmware_empty', 'There is nothing in it.'),
    action: fetchAgain,
  },
  dump: {
    such: text('firmware_such_dump', 'a copy of a whole flash chip'),
    why: text('firmware_dump', 'It holds more than a program, and more than the device has room for.'),
    action: text('firmware_dump_do', 'Use the firmware file that was flashed to that chip, not the copy.'),
  },
  'file-system': {
    such: text('firmware_such_file_system', 'a file system'),
    why: text('firmware_file_system', 'It holds files that a program uses, but no program.'),
    action: text('firmware_file_system_do', 'Use the firmware file that belongs to it.'),
  },
  'esp32-part': {
    such: text('firmware_such_esp32_part', 'a part of firmware for an ESP32'),
    why: otherChip,
    action: useLite,
  },
  'other-chip': {
    such: text('firmware_such_other_chip', 'firmware for another chip'),
    why: otherChip,
    action: useLite,
  },
  // ct-Open-Source/tuya-convert, files/upgrade.bin: 32 bytes in front of user1 or user2.
  'tuya-update': {
    such: text('firmware_such_tuya_update', 'an update file of Tuya'),
    source: 'ct-Open-Source/tuya-convert files/upgrade.bin',
    why: text(
      'firmware_tuya_update',
      'The device would write it with all that is around the firmware, and never start again.',
    ),
    action: useLite,
  },
  'esp8266-part': {
    such: text('firmware_such_esp8266_part', 'a part of firmware for the ESP8266'),
    why: text('firmware_part', 'It is one part of a firmware, without the program.'),
    action: useLite,
  },
  esp32: { such: text('firmware_such_esp32', 'firmware for an ESP32'), why: otherChip, action: useLite },
  // itead/Sonoff_Devices_DIY_Tools#92, #112: images without eboot leave the device dead.
  'sdk-user': {
    such: text('firmware_such_sdk_user', 'one half of firmware of Espressif'),
    source: 'itead#92, itead#112',
    why: text('firmware_sdk_user', 'It has no boot loader, and without one the device never starts again.'),
    action: useLite,
  },
  sdk: { such: text('firmware_such_sdk', 'firmware of Espressif'), why: foreignLoader, action: useLite },
  'rtos-sdk': {
    such: text('firmware_such_rtos_sdk', 'firmware of the RTOS SDK'),
    why: foreignLoader,
    action: useLite,
  },
  micropython: {
    such: text('firmware_such_micropython', 'MicroPython'),
    why: foreignLoader,
    action: useLite,
  },
  nodemcu: { such: text('firmware_such_nodemcu', 'NodeMCU'), why: foreignLoader, action: useLite },
  rboot: { such: text('firmware_such_rboot', 'firmware with rboot'), why: foreignLoader, action: useLite },
  mongoose: {
    such: text('firmware_such_mongoose', 'firmware of Mongoose OS'),
    why: foreignLoader,
    action: useLite,
  },
  'esp8266-without-eboot': {
    such: text('firmware_such_esp8266_without_eboot', 'firmware without a boot loader'),
    why: text('firmware_no_eboot', 'Without it the device never starts again.'),
    action: text(
      'firmware_no_eboot_do',
      'Use the complete file of the same build, which begins with the boot loader.',
    ),
  },
  unknown: {
    such: text('firmware_such_unknown', 'something unknown'),
    why: text('firmware_foreign', 'The device would write it all the same, and never start again.'),
    action: useLite,
  },
};

/** A file of this kind; its name says what it is, and what it holds where that is known. */
export function kindObjection(
  kind: ForeignKind,
): Objection<Told<'what'> & { readonly contains: string | null }> {
  const { why, action, source = 'the layout of such files' } = kinds[kind];
  return {
    ...{ trouble: `image-kind-${kind}`, answer: 'fail', action, source },
    sentence: ({ what, contains }) =>
      contains === null
        ? text('firmware_kind', 'This is {what}. {why}', { what, why })
        : text('firmware_kind_of', 'This is {what} of {contains}. {why}', { what, contains, why }),
  };
}

/** A file of which nothing but its beginning is right. */
export const damagedObjection = plainObjection(
  'image-kind-damaged',
  'fail',
  text('firmware_kind_damaged', 'This looks like a damaged firmware for the ESP8266.'),
  fetchAgain,
  'esptool: Firmware Image Format',
);

/** The objections to every kind, and what each is called in the table. */
export function everyKindObjection(): readonly {
  readonly objection: ReturnType<typeof kindObjection>;
  readonly what: Text;
}[] {
  return keysOf(kinds).map((kind) => ({ objection: kindObjection(kind), what: kinds[kind].such }));
}
