import { maxMessageBytes } from '../../native-messages/limits.ts';

/** What a stream of frames holds next. */
export type Frame =
  | { readonly kind: 'message'; readonly message: unknown; readonly json: Buffer }
  /** A whole frame that is no JSON: the next one can still be read. */
  | { readonly kind: 'garbage' }
  /** A length that no message has. Where the next frame begins cannot be known, so nothing more is read. */
  | { readonly kind: 'lost'; readonly length: number };

const headBytes = 4;

/**
 * A message as browsers frame it: its length in four bytes, then JSON in UTF-8. The length is in the machine's own
 * order, which is little endian on everything that runs Node and a browser.
 *
 * @throws when it is longer than any message may be
 */
export function encodeFrame(message: object | null): Buffer {
  return frameOf(Buffer.from(JSON.stringify(message)));
}

/** JSON as it came, framed again. */
export function frameOf(json: Buffer): Buffer {
  if (json.length > maxMessageBytes) throw new Error(`A message of ${json.length} bytes is too long.`);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(json.length);
  return Buffer.concat([head, json]);
}

/** Cuts a stream into frames. */
export class FrameReader {
  private readonly chunks: Buffer[] = [];
  private held = 0;
  private wanted: number | null = null;
  private isLost = false;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });

  /** Whether the stream may end here without anything being cut off. */
  get isBetween(): boolean {
    return this.held === 0 && this.wanted === null && !this.isLost;
  }

  /** Takes the next bytes, and gives the frames that they complete. */
  *take(chunk: Buffer): Generator<Frame> {
    if (this.isLost) return;
    this.chunks.push(chunk);
    this.held += chunk.length;
    for (;;) {
      if (this.wanted === null) {
        if (this.held < headBytes) return;
        this.wanted = this.cut(headBytes).readUInt32LE();
        if (this.wanted > maxMessageBytes) {
          this.isLost = true;
          yield { kind: 'lost', length: this.wanted };
          return;
        }
      }
      if (this.held < this.wanted) return;
      const body = this.cut(this.wanted);
      this.wanted = null;
      yield this.read(body);
    }
  }

  private cut(bytes: number): Buffer {
    const all = this.chunks.length === 1 && this.chunks[0] ? this.chunks[0] : Buffer.concat(this.chunks);
    this.chunks.length = 0;
    if (all.length > bytes) this.chunks.push(all.subarray(bytes));
    this.held -= bytes;
    return all.subarray(0, bytes);
  }

  private read(body: Buffer): Frame {
    try {
      return { kind: 'message', message: JSON.parse(this.decoder.decode(body)), json: body };
    } catch {
      return { kind: 'garbage' };
    }
  }
}
