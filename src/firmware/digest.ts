import { createSHA256, sha256 } from 'hash-wasm';

/** A SHA-256 that is fed piece by piece. `hex` is asked once, last. */
export interface Digest {
  update(chunk: Uint8Array): void;
  /** The digest in lower-case hexadecimal. */
  hex(): string;
}

/** A digest that has seen nothing yet. */
export async function createDigest(): Promise<Digest> {
  const hasher = await createSHA256();
  hasher.init();
  return {
    update: (chunk) => {
      hasher.update(chunk);
    },
    hex: () => hasher.digest('hex'),
  };
}

/** The digest of bytes that are all there. */
export function digestOf(bytes: Uint8Array): Promise<string> {
  return sha256(bytes);
}
