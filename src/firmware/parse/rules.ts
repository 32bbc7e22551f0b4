import { type Text, type TextArgument, text } from '../../core/text.ts';
import { hex } from './bytes.ts';
import type { Image, Segment } from './image.ts';

/** A rule that an image breaks. `rule` is stable; `detail` says what was found instead, for a person. */
export interface Fault {
  readonly part: 'eboot' | 'app';
  readonly rule: string;
  readonly detail: Text;
}

interface Rule {
  readonly rule: string;
  /** True for what a right CRC speaks for as well: the file is then as it was built. */
  readonly isSettledByCrc?: boolean;
  readonly holds: (image: Image) => boolean;
  readonly detail: (image: Image) => Text;
}

const ebootAddress = 0x4010f000;
const ebootLimit = 0x40110000;
const flashAddress = 0x40200000;
const sector = 0x1000;

function endOf({ address, size }: Segment): number {
  return address + size;
}

function isWithin(entry: number, segment: Segment | undefined): boolean {
  return segment !== undefined && entry >= segment.address && entry < endOf(segment);
}

function overlap(segments: readonly Segment[]): boolean {
  const sorted = segments.toSorted((a, b) => a.address - b.address);
  return sorted.some((segment, index) => {
    const next = sorted[index + 1];
    return next !== undefined && endOf(segment) > next.address;
  });
}

/** Where the parts of an image are loaded to. */
function places({ segments }: Image): TextArgument {
  return segments.length === 0
    ? text('firmware_fault_nowhere', 'nowhere')
    : segments.map(({ address }) => hex(address)).join(', ');
}

/** What the boot loader at 0 must be. The ROM loads it, so all its parts must be where RAM is. */
const ebootRules: readonly Rule[] = [
  {
    // One segment; two (constants in a part of their own) since core 3.0.0 (esp8266/Arduino#7844).
    rule: 'segment-count',
    holds: ({ segmentCount, segments }) =>
      segmentCount === 1 || (segmentCount === 2 && segments[1] !== undefined && isRomData(segments[1])),
    detail: ({ segmentCount }) =>
      text('firmware_fault_eboot_parts', 'it has {parts} parts where one or two are expected', {
        parts: segmentCount,
      }),
  },
  {
    rule: 'address',
    holds: ({ segments: [first] }) =>
      first?.address === ebootAddress && first.size > 0 && endOf(first) <= ebootLimit,
    detail: (image) =>
      text('firmware_fault_eboot_address', 'it loads to {places} instead of {expected}', {
        places: places(image),
        expected: hex(ebootAddress),
      }),
  },
  {
    rule: 'entry',
    holds: ({ entry, segments: [first] }) => isWithin(entry, first),
    detail: ({ entry }) =>
      text('firmware_fault_entry', 'it starts at {address}, where nothing is loaded', {
        address: hex(entry),
      }),
  },
  {
    rule: 'alignment',
    holds: ({ segments }) => segments.every(({ address, size }) => address % 4 === 0 && size % 4 === 0),
    detail: () =>
      text(
        'firmware_fault_eboot_words',
        'a part of it is not a whole number of words, as it is in every boot loader of the core',
      ),
  },
  {
    rule: 'room',
    holds: ({ end, segmentCount }) => end !== null && end <= (segmentCount === 1 ? sector - 8 : sector),
    detail: () => text('firmware_fault_eboot_room', 'it does not fit in front of the program'),
  },
];

/** Where core 3's eboot keeps its constants: in RAM that the program uses only later. */
function isRomData({ address, size }: Segment): boolean {
  return address >= 0x3ffe8000 && address + size <= 0x3fffc000;
}

/** What the program at 0x1000 must be for eboot to load and start it (eboot.c of esp8266/Arduino). */
const appRules: readonly Rule[] = [
  {
    rule: 'segment-count',
    holds: ({ segmentCount }) => segmentCount === 4 || segmentCount === 5,
    detail: ({ segmentCount }) =>
      text('firmware_fault_app_parts', 'it has {parts} parts where four or five are expected', {
        parts: segmentCount,
      }),
  },
  {
    // Flash is mapped as it lies: a part that runs from flash must say the address that it lies at.
    rule: 'mapping',
    holds: ({ segments: [first] }) =>
      first?.address === flashAddress + sector + 16 && first.memory === 'flash',
    detail: (image) =>
      text('firmware_fault_mapping', 'its first part is meant for {address}', {
        address: hex(image.segments[0]?.address ?? 0),
      }),
  },
  {
    rule: 'address',
    holds: ({ segments }) => segments.slice(1).every(({ memory }) => memory === 'iram' || memory === 'dram'),
    detail: (image) =>
      text('firmware_fault_address', 'it loads to {places}, which is not all memory that this chip has', {
        places: places(image),
      }),
  },
  {
    rule: 'overlap',
    holds: ({ segments }) => !overlap(segments),
    detail: () => text('firmware_fault_overlap', 'two of its parts are loaded over each other'),
  },
  {
    rule: 'entry',
    holds: ({ entry, segments }) =>
      segments.some((segment) => segment.memory === 'iram' && isWithin(entry, segment)),
    detail: ({ entry }) =>
      text('firmware_fault_entry', 'it starts at {address}, where nothing is loaded', {
        address: hex(entry),
      }),
  },
  {
    rule: 'alignment',
    holds: ({ segments }) => segments.every(({ address }) => address % 4 === 0),
    detail: () => text('firmware_fault_alignment', 'a part of it is loaded to the middle of a word'),
  },
  {
    // Only the linker script's parts for instruction memory have no closing ALIGN (eagle.app.v6.common.ld.h).
    rule: 'whole-words',
    isSettledByCrc: true,
    holds: ({ segments }) => segments.every(({ memory, size }) => memory === 'iram' || size % 4 === 0),
    detail: () =>
      text(
        'firmware_fault_words',
        'a part of it is not a whole number of words, as it is in every build without a CRC',
      ),
  },
  {
    // The linker script puts the first code and the first data of every program there.
    rule: 'first-addresses',
    isSettledByCrc: true,
    holds: ({ segments }) => isFirst(segments, 'iram', 0x40100000) && isFirst(segments, 'dram', 0x3ffe8000),
    detail: (image) =>
      text('firmware_fault_first', 'it loads to {places}, which is not where the core puts code and data', {
        places: places(image),
      }),
  },
  {
    rule: 'entry-alignment',
    isSettledByCrc: true,
    holds: ({ entry }) => entry % 4 === 0,
    detail: ({ entry }) =>
      text('firmware_fault_entry_alignment', 'it starts at {address}, which is in the middle of a word', {
        address: hex(entry),
      }),
  },
];

function isFirst(segments: readonly Segment[], memory: Segment['memory'], address: number): boolean {
  return segments.find((segment) => segment.memory === memory)?.address === address;
}

const rulesOf: Record<Fault['part'], readonly Rule[]> = { eboot: ebootRules, app: appRules };

/** The rules that `image` breaks as `part` of a file. `isProven` says that the CRC of the file is right. */
export function faultsOf(part: Fault['part'], image: Image, isProven: boolean): Fault[] {
  return rulesOf[part]
    .filter(({ isSettledByCrc = false }) => !(isSettledByCrc && isProven))
    .filter(({ holds }) => !holds(image))
    .map(({ rule, detail }) => ({ part, rule, detail: detail(image) }));
}
