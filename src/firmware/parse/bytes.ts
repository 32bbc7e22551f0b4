/** The unsigned little-endian word at `at`, or null where the file has no four bytes there. */
export function wordAt(bytes: Uint8Array, at: number): number | null {
  if (at < 0 || at + 4 > bytes.length) return null;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
}

/** The byte at `at`, or null beyond the end. */
export function byteAt(bytes: Uint8Array, at: number): number | null {
  return bytes[at] ?? null;
}

/** True when `bytes` has exactly `pattern` at `at`. */
export function hasAt(bytes: Uint8Array, pattern: readonly number[], at = 0): boolean {
  return pattern.every((value, index) => bytes[at + index] === value);
}

/** `0x` and eight digits. */
export function hex(word: number): string {
  return `0x${(word >>> 0).toString(16).padStart(8, '0')}`;
}

/**
 * The strings in a file: every run of four or more printable ASCII characters, each between zero characters.
 * Only the first 4 MB are looked through, the most that an ESP8266 can run.
 * One pass over the bytes makes what is left so short that looking for a dozen patterns costs next to nothing.
 */
export function stringsIn(file: Uint8Array): string {
  const bytes = file.subarray(0, 0x400000);
  const kept = new Uint8Array(bytes.length + 2);
  let length = 1;
  let at = 0;
  // The byte in front of `at` is never printable, so a run that is long enough reaches `at + 3`.
  while (at + 3 < bytes.length) {
    if (!isPrintable(bytes[at + 3])) {
      at += 4;
      continue;
    }
    let from = at + 3;
    while (from > at && isPrintable(bytes[from - 1])) from--;
    let to = at + 4;
    while (isPrintable(bytes[to])) to++;
    if (to - from >= 4) {
      kept.set(bytes.subarray(from, to), length);
      length += to - from + 1;
    }
    at = to + 1;
  }
  return new TextDecoder().decode(kept.subarray(0, length));
}

function isPrintable(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x20 && byte < 0x7f;
}
