import { type Text, text } from '../../core/text.ts';
import type { ImageKind } from './image-kind.ts';

/**
 * First bytes of files that are not firmware for this chip (their format specifications; magic(5); for Beken and
 * Tuya libretiny-eu/ltchiptool).
 */
export const magics: readonly { bytes: readonly number[]; kind: ImageKind; what: Text }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], kind: 'zip', what: text('firmware_is_zip', 'a zip archive') },
  {
    bytes: [0x50, 0x4b, 0x05, 0x06],
    kind: 'zip',
    what: text('firmware_is_empty_zip', 'an empty zip archive'),
  },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], kind: 'archive', what: text('firmware_is_xz', 'an xz archive') },
  { bytes: [0x42, 0x5a, 0x68], kind: 'archive', what: text('firmware_is_bzip2', 'a bzip2 archive') },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], kind: 'archive', what: text('firmware_is_7zip', 'a 7-Zip archive') },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], kind: 'archive', what: text('firmware_is_zstd', 'a Zstandard archive') },
  { bytes: [0x52, 0x61, 0x72, 0x21], kind: 'archive', what: text('firmware_is_rar', 'a RAR archive') },
  {
    bytes: [0x7f, 0x45, 0x4c, 0x46],
    kind: 'elf',
    what: text(
      'firmware_is_elf',
      'an ELF file, which is what a compiler writes before an image is made of it',
    ),
  },
  {
    bytes: [0x52, 0x42, 0x4c, 0x00],
    kind: 'other-chip',
    what: text('firmware_is_rbl', 'an update file (RBL) for a chip of Beken'),
  },
  {
    bytes: [0x2f, 0x07, 0xb5, 0x94, 0x35, 0xff, 0x2a, 0x9b],
    kind: 'other-chip',
    what: text('firmware_is_beken', 'firmware for a chip of Beken'),
  },
  {
    bytes: [0x42, 0x46, 0x4e, 0x50],
    kind: 'other-chip',
    what: text('firmware_is_bouffalo', 'firmware for a chip of Bouffalo Lab'),
  },
  {
    bytes: [0xeb, 0x17, 0xa6, 0x03],
    kind: 'other-chip',
    what: text('firmware_is_gbl', 'an update file (GBL) for a Zigbee chip of Silicon Labs'),
  },
  {
    bytes: [0x1e, 0xf1, 0xee, 0x0b],
    kind: 'other-chip',
    what: text('firmware_is_zigbee', 'an update file for a Zigbee device'),
  },
  {
    bytes: [0x55, 0x46, 0x32, 0x0a],
    kind: 'other-chip',
    what: text('firmware_is_uf2', 'a UF2 file, for another chip'),
  },
  {
    bytes: [0xaa, 0x50],
    kind: 'esp32-part',
    what: text('firmware_is_partitions', 'a partition table, one part of firmware for an ESP32'),
  },
  {
    // boot_app0.bin: the first choice, and where the rest of the 32 bytes is erased (esp_ota_select_entry_t).
    bytes: [1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff],
    kind: 'esp32-part',
    what: text(
      'firmware_is_boot_app0',
      'the choice of program to start (boot_app0), one part of firmware for an ESP32',
    ),
  },
];
