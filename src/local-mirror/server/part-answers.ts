import { httpDate, partHeadAfter, partHeadBefore } from './answer.ts';
import type { ByteRange } from './byte-range.ts';
import { partBytes } from './downloads.ts';
import type { ServedImage } from './shelf.ts';

/** A device reads no longer head (protocol §4.3). */
const longestHead = 512;

/**
 * Answers with parts of one image, each in one piece that is written in one system call. A device asks a hundred times
 * in a row, and of the head only the numbers change, and once a second the date.
 */
export class PartAnswers {
  readonly image: ServedImage;
  private readonly room = Buffer.allocUnsafe(longestHead + partBytes);
  private dated = '';
  private numbersAt = 0;

  constructor(image: ServedImage) {
    this.image = image;
  }

  /** Head and bytes of a part of at most 4096 bytes. They are good until the next call. */
  pieceOf(range: ByteRange): Buffer {
    const { image, room } = this;
    const date = httpDate();
    if (date !== this.dated) {
      this.numbersAt = room.write(partHeadBefore(), 'latin1');
      this.dated = date;
    }
    const bodyAt = this.numbersAt + room.write(partHeadAfter(image, range, false), this.numbersAt, 'latin1');
    room.set(image.bytes.subarray(range.from, range.to + 1), bodyAt);
    return room.subarray(0, bodyAt + range.to + 1 - range.from);
  }
}
