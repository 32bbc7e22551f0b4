/** The chip of an ESP8285 Sonoff: 1 MiB, 0xFF where erased (protocol §5.1). */
const chipBytes = 1_048_576;

/** The part of the flash memory that a download is written to. */
export class PretendFlash {
  /** The memory from the start of the slot, 0xFF where nothing was written. */
  readonly bytes = new Uint8Array(chipBytes).fill(0xff);
  /** How many bytes the present download has written. */
  written = 0;
  /** How long the image is said to be; 0 before the first range. */
  total = 0;

  /** Begins a new image: what was there is gone. */
  begin(total: number): void {
    this.bytes.fill(0xff);
    this.written = 0;
    this.total = total;
  }

  /** Writes one range as it comes. False when it does not fit on the chip. */
  write(offset: number, bytes: Uint8Array): boolean {
    if (offset + bytes.length > this.bytes.length) return false;
    this.bytes.set(bytes, offset);
    this.written += bytes.length;
    return true;
  }

  /** The image as it stands in the slot. */
  get image(): Uint8Array {
    return this.bytes.slice(0, Math.min(this.total, this.bytes.length));
  }
}
