import { createHash } from 'node:crypto';

/** SHA-256 as the firmware room gives it, made by Node. */
export const sha256hex = async (bytes: Uint8Array): Promise<string> =>
  createHash('sha256').update(bytes).digest('hex');

/** Bytes that begin like an image and do not repeat, the same for the same `seed`. */
export function imageOf(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = seed;
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[at] = state >>> 16;
  }
  bytes[0] = 0xe9;
  return bytes;
}
