/** One of the two parts of an eboot file, as far as its bytes go. */
export interface AppImage {
  readonly magic: number;
  readonly segmentCount: number;
  readonly mode: number;
  readonly entry: number;
  readonly segments: readonly { readonly address: number; readonly length: number }[];
  /** A segment or the checksum lies behind the end of the file. */
  readonly overruns: boolean;
  readonly checksum: number;
  readonly storedChecksum: number;
}

const headerBytes = 8;
const checksumSeed = 0xef;

/** Walks an ESP8266 image: header, segments, and the XOR in the last byte of the 16-byte row (esptool docs). */
export function readImage(file: Uint8Array, start: number): AppImage | undefined {
  if (start + headerBytes > file.length) return undefined;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const segmentCount = view.getUint8(start + 1);
  const segments: { address: number; length: number }[] = [];
  let at = start + headerBytes;
  let checksum = checksumSeed;
  let overruns = false;
  for (let index = 0; index < segmentCount && !overruns; index += 1) {
    if (at + headerBytes > file.length) {
      overruns = true;
      break;
    }
    const address = view.getUint32(at, true);
    const length = view.getUint32(at + 4, true);
    segments.push({ address, length });
    at += headerBytes + length;
    overruns = at > file.length;
    if (!overruns) checksum = file.subarray(at - length, at).reduce((xor, byte) => xor ^ byte, checksum);
  }
  const last = start + (Math.floor((at - start) / 16) + 1) * 16 - 1;
  if (last >= file.length) overruns = true;
  return {
    magic: view.getUint8(start),
    segmentCount,
    mode: view.getUint8(start + 2),
    entry: view.getUint32(start + 4, true),
    segments,
    overruns,
    checksum,
    storedChecksum: overruns ? -1 : view.getUint8(last),
  };
}

/** What the bytes themselves show to be wrong. */
export function damage(image: AppImage): 'truncated' | 'checksum mismatch' | undefined {
  if (image.overruns) return 'truncated';
  return image.checksum === image.storedChecksum ? undefined : 'checksum mismatch';
}
