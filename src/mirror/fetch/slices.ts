/** Bytes per request of the device (sonoff-diy-protocol §4.2). */
export const sliceSize = 4096;

/** One range the device asks for, first and last byte included, with the lower-case hex SHA-256 of its bytes. */
export interface Slice {
  readonly start: number;
  readonly end: number;
  readonly digest: string;
}

/** SHA-256 in lower-case hex. */
export type Sha256Hex = (bytes: Uint8Array) => Promise<string>;

/** The first range the device asks for, one from the middle, and the last one, without repeats. */
export function probeRanges(size: number): readonly { readonly start: number; readonly end: number }[] {
  if (size <= 0) return [];
  const aligned = (offset: number) => Math.floor(offset / sliceSize) * sliceSize;
  const starts = [0, aligned(size / 2), aligned(size - 1)];
  return [...new Set(starts)].map((start) => ({ start, end: Math.min(start + sliceSize, size) - 1 }));
}

/** Keeps of an image what a later probe compares with, so that the bytes themselves need not be kept. */
export async function takeSlices(bytes: Uint8Array, sha256hex: Sha256Hex): Promise<Slice[]> {
  const ranges = probeRanges(bytes.byteLength);
  return Promise.all(
    ranges.map(async ({ start, end }) => ({
      start,
      end,
      digest: await sha256hex(bytes.subarray(start, end + 1)),
    })),
  );
}
