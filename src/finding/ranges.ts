import { failed, type Result, success } from '../core/result.ts';
import { type ListFailure, listFailures } from './list-failure.ts';

const quad = '(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})';
const rangePattern = new RegExp(`^${quad}-(?:(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})\\.)?(\\d{1,3})$`);
const networkPattern = new RegExp(`^${quad}/(\\d{1,3})$`);
/** What begins like an address and goes on like a range. */
const rangeLike = /^\d+(?:\.\d+)+(?:-|\/\d)/;

const smallestNetwork = 32;
const largestNetwork = 24;

/**
 * The IPv4 addresses of a range (`192.168.1.20-30`, `192.168.1.20-192.168.1.30`) or of a network of at most 254
 * (`192.168.1.0/24`, without the addresses of the network itself and of the broadcast). Null when `piece` is neither.
 */
export function expandRange(piece: string): Result<readonly string[], ListFailure> | null {
  const network = networkPattern.exec(piece);
  if (network) return addressesOf(numbers(network.slice(1, 5)), Number(network[5]));
  const range = rangePattern.exec(piece);
  if (range) {
    const [first, otherFront] = [numbers(range.slice(1, 5)), range[5]];
    const front = first.slice(0, 3);
    if (otherFront !== undefined && numbers(otherFront.split('.')).join() !== front.join())
      return failed(listFailures['two-networks']);
    return between(front, first[3] ?? 0, Number(range[6]));
  }
  return rangeLike.test(piece) ? failed(listFailures['not-a-range']) : null;
}

function numbers(texts: readonly string[]): number[] {
  return texts.map(Number);
}

function between(front: readonly number[], from: number, to: number): Result<readonly string[], ListFailure> {
  if ([...front, from, to].some((number) => number > 255)) return failed(listFailures['not-a-range']);
  if (from > to) return failed(listFailures.backwards);
  return success(Array.from({ length: to - from + 1 }, (_, n) => [...front, from + n].join('.')));
}

function addressesOf(quad: readonly number[], bits: number): Result<readonly string[], ListFailure> {
  if (bits > smallestNetwork) return failed(listFailures['not-a-range']);
  if (bits < largestNetwork) return failed(listFailures['network-too-large']);
  const size = 2 ** (smallestNetwork - bits);
  const last = quad[3] ?? 0;
  const first = last - (last % size);
  const front = quad.slice(0, 3);
  // A network of one or two has neither an address of its own nor one for broadcasts (RFC 3021).
  return size <= 2 ? between(front, first, first + size - 1) : between(front, first + 1, first + size - 2);
}
