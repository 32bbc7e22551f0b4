import { pieceBytes } from './limits.ts';
import type { RequestOf } from './requests.ts';

/** Characters are made of so many bytes at a time: more arguments than that, and a call may overflow the stack. */
const stride = 8192;

/** Bytes as base64, in browsers and under Node alike. */
export function toBase64(bytes: Uint8Array): string {
  let characters = '';
  for (let at = 0; at < bytes.length; at += stride)
    characters += String.fromCharCode(...bytes.subarray(at, at + stride));
  return btoa(characters);
}

/** The bytes of strict base64; null when it is none. */
export function fromBase64(text: string): Uint8Array | null {
  // atob() forgives spaces and missing padding.
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** The messages that hand `bytes` over after the `take` of the same `id`, in order. */
export function* piecesOf(id: number, bytes: Uint8Array): Generator<RequestOf<'piece'>> {
  for (let offset = 0; offset < bytes.length; offset += pieceBytes)
    yield { type: 'piece', id, offset, data: toBase64(bytes.subarray(offset, offset + pieceBytes)) };
}

/** Puts the pieces of one image together. */
export class Assembly {
  readonly name: string;
  readonly sha256: string;
  private readonly bytes: Uint8Array;
  private filled = 0;

  constructor({ name, sha256, bytes }: Pick<RequestOf<'take'>, 'name' | 'sha256' | 'bytes'>) {
    this.name = name;
    this.sha256 = sha256;
    this.bytes = new Uint8Array(bytes);
  }

  /** Takes the next piece. `wrong` when it is not the next one, says too much or is no base64. */
  add({ offset, data }: Pick<RequestOf<'piece'>, 'offset' | 'data'>): 'more' | 'whole' | 'wrong' {
    const piece = fromBase64(data);
    const fits = offset === this.filled && piece !== null && piece.length > 0;
    if (!fits || piece.length > this.bytes.length - this.filled) return 'wrong';
    this.bytes.set(piece, offset);
    this.filled += piece.length;
    return this.filled === this.bytes.length ? 'whole' : 'more';
  }

  /** All of it; null until it is whole. */
  get whole(): Uint8Array | null {
    return this.filled === this.bytes.length ? this.bytes : null;
  }
}
