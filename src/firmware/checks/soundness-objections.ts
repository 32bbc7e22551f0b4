import { type Objection, plainObjection, type Told } from '../../core/check.ts';
import { text } from '../../core/text.ts';

const fetchAgain = text(
  'firmware_fetch_or_other',
  'Fetch the file again. If that does not help, choose another mirror or another build.',
);
const asBuilt = text('firmware_as_built', 'Use the file as it was built, with nothing added behind it.');
const useArduino = text(
  'firmware_use_arduino',
  'Use a build that was made with the Arduino core, such as {file}.',
  { file: 'tasmota-lite.bin' },
);

const elf2bin = 'esp8266/Arduino tools/elf2bin.py';
const esptool = 'esptool: Firmware Image Format';

/** How a file can be damaged, or not be what the Arduino core builds. */
export const soundnessObjections = {
  cutOff: {
    trouble: 'image-length-missing',
    answer: 'fail',
    sentence: ({ missing }: Told<'missing'>) =>
      text('firmware_length_missing', 'The file is cut off: {missing} are missing at the end.', { missing }),
    action: fetchAgain,
    source: esptool,
  },
  cutShort: plainObjection(
    'image-length-cut',
    'fail',
    text('firmware_length_cut', 'The file is cut off: it ends before the program is complete.'),
    fetchAgain,
    esptool,
  ),
  endUnknown: plainObjection(
    'image-length-unknown',
    'fail',
    text('firmware_length_unknown', 'Nobody can tell where the program in the file ends.'),
    fetchAgain,
    esptool,
  ),
  goesOn: {
    trouble: 'image-length-more',
    answer: 'fail',
    sentence: ({ more }: Told<'more'>) =>
      text(
        'firmware_length_more',
        'After the end of the firmware the file goes on for {more} that do not belong to it.',
        { more },
      ),
    action: asBuilt,
    source: esptool,
  },
  noEboot: plainObjection(
    'image-eboot-none',
    'fail',
    text(
      'firmware_eboot_none',
      'The file does not begin with a boot loader, without which the device never starts again.',
    ),
    fetchAgain,
    'itead#92, itead#112',
  ),
  ebootFault: {
    trouble: 'image-eboot-wrong',
    answer: 'fail',
    sentence: ({ detail }: Told<'detail'>) =>
      text('firmware_eboot_wrong', 'The boot loader at the beginning is not one that works here: {detail}.', {
        detail,
      }),
    action: fetchAgain,
    source: esptool,
  },
  ebootUnproved: {
    trouble: 'image-eboot-crc',
    answer: 'fail',
    sentence: ({ core }: Told<'core'>) =>
      text(
        'firmware_eboot_crc',
        'The boot loader is that of Arduino core {core}, but nothing shows that it is whole: the CRC of the file is not right.',
        { core },
      ),
    action: fetchAgain,
    source: elf2bin,
  },
  ebootTwoParts: plainObjection(
    'image-eboot-two-parts',
    'fail',
    text(
      'firmware_eboot_two_parts',
      'The boot loader at the beginning has two parts, as that of another system has, and no CRC in the file shows that it belongs here.',
    ),
    useArduino,
    'Mongoose OS',
  ),
  ebootUnknown: plainObjection(
    'image-eboot-unknown',
    'fail',
    text(
      'firmware_eboot_unknown',
      'The boot loader at the beginning is none that the Arduino core has had, and no CRC in the file shows that it is whole.',
    ),
    useArduino,
    elf2bin,
  ),
  noApp: plainObjection(
    'image-app-none',
    'fail',
    text('firmware_app_none', 'Where the program must begin there is none.'),
    fetchAgain,
    esptool,
  ),
  appFault: {
    trouble: 'image-app-wrong',
    answer: 'fail',
    sentence: ({ detail }: Told<'detail'>) =>
      text('firmware_app_wrong', 'The program may not start: {detail}.', { detail }),
    action: fetchAgain,
    source: esptool,
  },
  checksum: plainObjection(
    'image-checksum',
    'fail',
    text('firmware_checksum_wrong', 'The file is damaged: a checksum in it is wrong.'),
    fetchAgain,
    esptool,
  ),
  crcAdded: {
    trouble: 'image-crc-added',
    answer: 'fail',
    sentence: ({ added }: Told<'added'>) =>
      text(
        'firmware_crc_added',
        'The CRC is right for the firmware, but not for the {added} that somebody has added behind it.',
        { added },
      ),
    action: asBuilt,
    source: elf2bin,
  },
  crcWrong: plainObjection(
    'image-crc-wrong',
    'fail',
    text('firmware_crc_wrong', 'The file is damaged: it is not what its own CRC was made of.'),
    fetchAgain,
    elf2bin,
  ),
  noCrc: plainObjection(
    'image-crc-none',
    'warn',
    text(
      'firmware_crc_none',
      'The file carries no CRC, as older builds do, and nobody confirms its digest: small damage could go unseen.',
    ),
    text(
      'firmware_crc_none_do',
      'Compare the digest with one from a place that you trust, or use a newer build.',
    ),
    elf2bin,
  ),
} as const satisfies Record<string, Objection<Told<'missing' | 'more' | 'detail' | 'core' | 'added'>>>;
