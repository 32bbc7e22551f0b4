import { type Text, text } from '../../core/text.ts';
import { wordAt } from './bytes.ts';
import type { Image } from './image.ts';

/** The length and the CRC of a file: where the two words lie, and what lies there when nobody wrote them. */
export interface CrcPlace {
  readonly offset: number;
  readonly blank: number;
}

/** What the Arduino core of some years makes of a program. Offsets are those in the file. */
export interface Generation {
  /** Finishes "Arduino core …". */
  readonly core: Text;
  /** Parts of the boot loader (eboot): its code, and since core 3 its constants. */
  readonly ebootParts: 1 | 2;
  /** Bytes of code and entry points of its boot loaders: the releases' and those between them. */
  readonly ebootSizes: readonly number[];
  readonly ebootEntries: readonly number[];
  readonly crc: CrcPlace;
  /** False where the core left the place of the CRC empty. */
  readonly writesCrc: boolean;
  /** Where the instruction memory ends that a program may be loaded to. */
  readonly iramEnd: number;
}

const release = (version: string) => text('firmware_core', '{version}', { version });

const paddedCrc: CrcPlace = { offset: 0xff8, blank: 0xaaaaaaaa };
const programCrc: CrcPlace = { offset: 0x1010, blank: 0 };
const iram32 = 0x40108000;
/** Since core 3 a program may take 16 KB of the cache (`MMU_IRAM_SIZE`, #7060), and eboot loads up to here. */
const iram48 = 0x4010c000;

/**
 * The generations, oldest first; the next core adds a row. From the history of esp8266/Arduino: bootloaders/eboot
 * (eboot.elf of every release), tools/elf2bin.py and tools/sdk/ld/eagle.app.v6.common.ld.h.
 */
export const generations: readonly Generation[] = [
  {
    // 1.6.5 in July 2015 (b605ab316, 5763dbba3, 481cee646), 2.0.0 and 2.1.0 (91ca9ba75), 2.2.0 (8a3386bfb),
    // 2.3.0 to 2.6.2 (32bd42b02), 2.6.3 (1189417d9).
    core: text('firmware_core_2_6', '2.6 or older'),
    ebootParts: 1,
    ebootSizes: [0x4d8, 0x4f0, 0x568, 0x570, 0x5b8],
    ebootEntries: [0x4010f238, 0x4010f240, 0x4010f250, 0x4010f29c],
    crc: paddedCrc,
    writesCrc: false,
    iramEnd: iram32,
  },
  {
    // The CRC came with 52d84b1ea (#6566). 2.7.0 (9b41d9ac5), 2.7.1 (ea879b6ef), 2.7.2 (51daecc23), 2.7.3 and 2.7.4.
    core: release('2.7'),
    ebootParts: 1,
    ebootSizes: [0xd80, 0xd88, 0xe00, 0xe48, 0xe50],
    ebootEntries: [0x4010f3e4, 0x4010f3e8, 0x4010f42c, 0x4010f45c],
    crc: paddedCrc,
    writesCrc: true,
    iramEnd: iram32,
  },
  {
    // Development of 3.0.0 with the new compiler (d979b57d7, #6294), until the CRC moved.
    core: text('firmware_core_before_3', '3.0 before its release'),
    ebootParts: 1,
    ebootSizes: [0xe20, 0xe38, 0xe40, 0xe50, 0xe70],
    ebootEntries: [0x4010f47c, 0x4010f498, 0x4010f4a8, 0x4010f4ac],
    crc: paddedCrc,
    writesCrc: true,
    iramEnd: iram48,
  },
  {
    // 07b4c09b9 (#7844) moved the CRC into the program and the constants of eboot into a part of their own.
    core: release('3.0'),
    ebootParts: 2,
    ebootSizes: [0xd84, 0xd9c],
    ebootEntries: [0x4010f494, 0x4010f49c],
    crc: programCrc,
    writesCrc: true,
    iramEnd: iram48,
  },
  {
    // 3.1.0 to 3.1.2 (dc6b15e38), and what followed (ce9e72014, a348833a8).
    core: text('firmware_core_3_1', '3.1 or newer'),
    ebootParts: 2,
    ebootSizes: [0xd48, 0xd50, 0xd60],
    ebootEntries: [0x4010f474, 0x4010f480],
    crc: programCrc,
    writesCrc: true,
    iramEnd: iram48,
  },
];

/** True when `eboot` has the shape of a boot loader of this generation. */
export function isEbootOf({ ebootParts, ebootSizes, ebootEntries }: Generation, eboot: Image): boolean {
  const [code] = eboot.segments;
  return (
    eboot.segmentCount === ebootParts &&
    code !== undefined &&
    ebootSizes.includes(code.size) &&
    ebootEntries.includes(eboot.entry)
  );
}

/**
 * Which generation a file is to be read as. A length that is written where one keeps it counts for more than the
 * boot loader, and the number of its parts for more than the rest of it, so that no change of one byte makes a
 * file with a CRC look like one without.
 */
export function generationOf(bytes: Uint8Array, eboot: Image | null): Generation {
  const parts = eboot?.segmentCount === 2 ? 2 : 1;
  const ranked = generations.map((generation) => ({
    generation,
    rank:
      (generation.writesCrc && wordAt(bytes, generation.crc.offset) === bytes.length ? 4 : 0) +
      (generation.ebootParts === parts ? 2 : 0) +
      (eboot !== null && isEbootOf(generation, eboot) ? 1 : 0),
  }));
  return ranked.reduce((best, other) => (other.rank > best.rank ? other : best)).generation;
}
