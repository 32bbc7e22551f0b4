import { byteAt } from './bytes.ts';

/** The name in a gzip's header (RFC 1952, 2.3: FNAME, after FEXTRA where there is one). */
export function gzipName(bytes: Uint8Array): string | null {
  const flags = byteAt(bytes, 3) ?? 0;
  if ((flags & 8) === 0) return null;
  const start = flags & 4 ? 12 + (byteAt(bytes, 10) ?? 0) + ((byteAt(bytes, 11) ?? 0) << 8) : 10;
  const end = bytes.indexOf(0, start);
  if (end <= start || end - start > 255) return null;
  const name = new TextDecoder('latin1').decode(bytes.subarray(start, end));
  return /^[\x20-\x7e]+$/.test(name) ? name : null;
}

/** More than the list of files at the end of an archive takes. */
const listBytes = 16_384;

/**
 * True for an update of Mongoose OS, as Shelly has them: a zip with `manifest.json` beside boot loader and file
 * system (mgos-ota-http-client). Unpacking it gives no file that may be flashed.
 */
export function isMongooseUpdate(zip: Uint8Array): boolean {
  const list = new TextDecoder('latin1').decode(zip.subarray(-listBytes));
  return list.includes('manifest.json') && /(?:boot|fs)\.(?:bin|img)/.test(list);
}
