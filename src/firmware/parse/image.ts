import { byteAt, wordAt } from './bytes.ts';

/** Where a part of an image goes when the device starts. */
export type Memory = 'flash' | 'iram' | 'dram' | 'elsewhere';

/** One part of an image. `offset` is where its contents begin in the file. */
export interface Segment {
  readonly offset: number;
  readonly address: number;
  readonly size: number;
  readonly memory: Memory;
}

/** An ESP8266 image as its header describes it (version 1: E9, segments, checksum in the last of 16 bytes). */
export interface Image {
  readonly offset: number;
  readonly segmentCount: number;
  /** 0 QIO, 1 QOUT, 2 DIO, 3 DOUT. */
  readonly mode: number;
  readonly sizeCode: number;
  readonly speedCode: number;
  readonly entry: number;
  /** The segments whose header lies within the file. */
  readonly segments: readonly Segment[];
  /** Where the image ends by its own account; null when that cannot be told. */
  readonly end: number | null;
  readonly checksum: { readonly stored: number | null; readonly computed: number };
}

/** Where the instruction memory ends unless a program takes some of the cache. */
const usualIramEnd = 0x40108000;

const largestSegment = 0x100000;

/** Addresses of the chip that something can be loaded to, or run from (ESP8266 memory map; eboot.c, `load`). */
function memoryOf(address: number, size: number, iramEnd: number): Memory {
  const memories: readonly { memory: Memory; from: number; to: number }[] = [
    { memory: 'flash', from: 0x40200000, to: 0x40300000 },
    { memory: 'iram', from: 0x40100000, to: iramEnd },
    { memory: 'dram', from: 0x3ffe8000, to: 0x3fffc000 },
  ];
  return memories.find(({ from, to }) => address >= from && address + size <= to)?.memory ?? 'elsewhere';
}

function xorOf(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (const byte of bytes.subarray(from, to)) sum ^= byte;
  return sum;
}

/** What differs between the generations of the core in how an image is read. */
export interface ReadingRules {
  /**
   * Where the core writes the file's length and CRC. They come after the checksum: where they lie in a segment,
   * these eight bytes count as zeros.
   */
  readonly hole: number | null;
  readonly iramEnd: number;
}

/** Reads the image at `offset`, or null when there is none. */
export function readImage(
  bytes: Uint8Array,
  offset: number,
  { hole, iramEnd }: ReadingRules = { hole: null, iramEnd: usualIramEnd },
): Image | null {
  const entry = wordAt(bytes, offset + 4);
  if (byteAt(bytes, offset) !== 0xe9 || entry === null) return null;
  const head = new DataView(bytes.buffer, bytes.byteOffset + offset, 8);
  const segmentCount = head.getUint8(1);
  const segments: Segment[] = [];
  let at = offset + 8;
  let computed = 0xef;
  let readable = true;
  while (segments.length < segmentCount && readable) {
    const address = wordAt(bytes, at);
    const size = wordAt(bytes, at + 4);
    if (address === null || size === null) {
      readable = false;
      break;
    }
    segments.push({ offset: at + 8, address, size, memory: memoryOf(address, size, iramEnd) });
    computed ^= xorOf(bytes, at + 8, Math.min(at + 8 + size, bytes.length));
    at += 8 + size;
    readable = size <= largestSegment;
  }
  const isInSegment = segments.some(
    ({ offset: start, size }) => hole !== null && hole >= start && hole + 8 <= start + size,
  );
  if (hole !== null && isInSegment) computed ^= xorOf(bytes, hole, hole + 8);
  const end = readable ? at - ((at - offset) & 15) + 16 : null;
  const sizes = head.getUint8(3);
  return {
    offset,
    segmentCount,
    mode: head.getUint8(2),
    sizeCode: sizes >> 4,
    speedCode: sizes & 15,
    entry,
    segments,
    end,
    checksum: { stored: end === null ? null : byteAt(bytes, end - 1), computed },
  };
}
