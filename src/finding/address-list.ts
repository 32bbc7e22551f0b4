import type { Failure, Result } from '../core/result.ts';
import { type ListFailure, listFailures, longestList } from './list-failure.ts';
import { expandRange } from './ranges.ts';

export { type ListFailure, type ListFailureKind, longestList } from './list-failure.ts';

/** What a list of addresses holds, in its order, and which pieces of it could not be taken, one by one. */
export interface AddressList<Address, Why extends Failure> {
  readonly addresses: readonly Address[];
  readonly leftOut: readonly { readonly piece: string; readonly failure: Why | ListFailure }[];
}

const separators = /[\s,;|]+/;
/** A dash with room around it, as in "192.168.1.20 – 30", is the dash of a range. */
const looseDash = /(\d)\s*[-–—]\s*(?=\d)/g;
/** What lists are written with. */
const ornament = /^["'(<*•]+|["')>]+$/g;
/** What is kept of a piece; no address is longer than a name of 253 and what stands around it. */
const longestPiece = 400;

/**
 * Reads addresses as they are typed or pasted: one by one, as ranges (`192.168.1.20-30`) or networks of at most 254
 * addresses (`192.168.1.0/24`), with any separators between them. What is there twice counts once.
 *
 * @param parse reads a single address
 */
export function parseAddressList<Address extends { readonly host: string }, Why extends Failure>(
  text: string,
  parse: (piece: string) => Result<Address, Why>,
): AddressList<Address, Why> {
  const byHost = new Map<string, Address>();
  const leftOut: { piece: string; failure: Why | ListFailure }[] = [];
  const leave = (piece: string, failure: Why | ListFailure) => leftOut.push({ piece, failure });
  for (const piece of piecesOf(text)) {
    const range = expandRange(piece);
    if (range && !range.ok) {
      leave(piece, range.failure);
      continue;
    }
    for (const single of range?.value ?? [piece]) {
      const parsed = parse(single);
      if (!parsed.ok) leave(single, parsed.failure);
      else if (byHost.has(parsed.value.host)) continue;
      else if (byHost.size < longestList) byHost.set(parsed.value.host, parsed.value);
      else {
        leave(piece, listFailures['too-many']);
        return { addresses: [...byHost.values()], leftOut };
      }
    }
  }
  return { addresses: [...byHost.values()], leftOut };
}

function piecesOf(text: string): string[] {
  return text
    .replace(looseDash, '$1-')
    .split(separators)
    .map((piece) => piece.slice(0, longestPiece).replace(ornament, ''))
    .filter((piece) => piece !== '' && !/^[-–—]+$/.test(piece));
}
