import type { ByteRange } from './byte-range.ts';
import { partBytes } from './downloads.ts';
import type { ServedImage } from './shelf.ts';

/** The device's next request differs from its last one in these two numbers only (capture device-download-request-shape). */
const rangeLine = /\r\nRange: bytes=(?=\d)/i;

const dash = 45;

/**
 * A request for a part that the strict reader has taken, by which the ones like it are known at a glance: whatever
 * has the same bytes around the two numbers of its range is read in the same way.
 */
export class RepeatedRequest {
  readonly image: ServedImage;
  readonly deviceId: string | null;
  private readonly before: Buffer;
  private readonly after: Buffer;

  private constructor(before: Buffer, after: Buffer, image: ServedImage, deviceId: string | null) {
    this.before = before;
    this.after = after;
    this.image = image;
    this.deviceId = deviceId;
  }

  /** Of one whole request that was answered with a part of `image`; null when it has a body or another shape. */
  static of(bytes: Buffer, image: ServedImage, deviceId: string | null): RepeatedRequest | null {
    const text = bytes.toString('latin1');
    const line = rangeLine.exec(text);
    if (line === null || text.indexOf('\r\n\r\n') !== text.length - 4) return null;
    const numbersAt = line.index + line[0].length;
    return new RepeatedRequest(
      Buffer.from(text.slice(0, numbersAt), 'latin1'),
      Buffer.from(text.slice(text.indexOf('\r\n', numbersAt)), 'latin1'),
      image,
      deviceId,
    );
  }

  /**
   * The range when `bytes` are this request again and nothing else, the image has it, and it is no longer than what
   * a device asks for at a time; else null.
   */
  rangeIn(bytes: Buffer): ByteRange | null {
    const { before, after, image } = this;
    const start = before.length;
    const end = bytes.length - after.length;
    if (end - start < 3) return null;
    const middle = bytes.indexOf(dash, start);
    const from = numberIn(bytes, start, middle);
    const last = numberIn(bytes, middle + 1, end);
    if (Number.isNaN(from) || Number.isNaN(last)) return null;
    if (bytes.compare(before, 0, start, 0, start) !== 0) return null;
    if (bytes.compare(after, 0, after.length, end) !== 0) return null;
    const to = Math.min(last, image.bytes.length - 1);
    return from > to || to - from >= partBytes ? null : { from, to };
  }
}

/** The number that the digits from `start` to `end` make; NaN for none, for more than 15, and for anything else. */
function numberIn(bytes: Buffer, start: number, end: number): number {
  if (end <= start || end - start > 15) return Number.NaN;
  let number = 0;
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}
