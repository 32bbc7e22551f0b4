import { randomBytes } from 'node:crypto';

/** Bytes that were handed over, and the only path under which they are served. */
export interface ServedImage {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Lower-case hex SHA-256 of `bytes`. */
  readonly digest: string;
}

const longestName = 64;

/** All that can be read from the mirror. */
export class Shelf {
  private readonly images = new Map<string, ServedImage>();

  /**
   * Puts bytes on the shelf. They are copied, so that nobody can change them afterwards. The path is short and
   * free of `:` and `?` (protocol §4.2); nobody can guess its 72 random bits.
   */
  put(name: string, bytes: Uint8Array, digest: string): ServedImage {
    const plain = name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(-longestName);
    const path = `/${randomBytes(9).toString('base64url')}/${plain === '' ? 'firmware.bin' : plain}`;
    const image = { path, bytes: Uint8Array.from(bytes), digest };
    this.images.set(path, image);
    return image;
  }

  find(path: string): ServedImage | undefined {
    return this.images.get(path);
  }
}
