import { readBody } from '../../core/body.ts';
import type { Clock } from '../../core/clock.ts';
import { type Waited, waitFor } from '../../core/wait.ts';
import { type Fetch, mirrorRequest } from '../fetch/fetch-bytes.ts';
import type { Sha256Hex } from '../fetch/slices.ts';

/** One request as the device makes it: the range and the whole address with the device's query. */
export interface RangeRequest {
  readonly address: string;
  readonly start: number;
  readonly end: number;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** For everything, in milliseconds. */
  readonly timeoutMs: number;
  readonly sha256hex: Sha256Hex;
}

/** An answer with its status and as much of its body as was read: never more than one range and a chunk. */
export interface Answered {
  readonly kind: 'answered';
  readonly start: number;
  readonly end: number;
  readonly status: number;
  readonly headers: Headers;
  /** How the body ended: by itself, there was more than asked for, the connection broke, or it fell silent. */
  readonly ended: 'complete' | 'left' | 'broken-off' | 'late';
  /** Bytes read. */
  readonly received: number;
  /** From asking to the end of the body, in milliseconds. */
  readonly took: number;
  /** Digest of the first `end - start + 1` bytes read, or null where fewer came. */
  readonly digest: string | null;
}

/** What became of a request. */
export type RangeAnswer = Answered | { readonly kind: 'redirect' | 'late' | 'unreachable' | 'cancelled' };

const kindOfWaiting = { failed: 'unreachable', late: 'late', cancelled: 'cancelled' } as const;

/** Asks for one range. Never throws; the connection is given up once one byte too many has come. */
export async function askRange(request: RangeRequest): Promise<RangeAnswer> {
  const { start, end, clock, signal } = request;
  const began = clock.elapsed();
  const deadline = began + request.timeoutMs;
  const stop = new AbortController();
  const wait = <T>(task: Promise<T>): Promise<Waited<T>> =>
    waitFor(task, { ms: deadline - clock.elapsed(), clock, signal });
  try {
    const opened = await wait(begin(request, AbortSignal.any([signal, stop.signal])));
    if (opened.kind !== 'done') return { kind: kindOfWaiting[opened.kind] };
    const { status, headers, body, type } = opened.value;
    if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return { kind: 'redirect' };
    const bytes = new Uint8Array(end - start + 1);
    let filled = 0;
    const read = await readBody(body, {
      limit: bytes.byteLength,
      wait,
      take: (piece) => {
        bytes.set(piece, filled);
        filled += piece.byteLength;
        return false;
      },
    });
    if (read.kind === 'cancelled') return { kind: 'cancelled' };
    const took = clock.elapsed() - began;
    const digest = filled === bytes.byteLength ? await request.sha256hex(bytes) : null;
    const { kind: ended, received } = read;
    return { kind: 'answered', start, end, status, headers, ended, received, took, digest };
  } finally {
    stop.abort();
  }
}

/** Calls `fetch` so that even a throw of its own becomes a rejection. */
async function begin({ fetch, address, start, end }: RangeRequest, signal: AbortSignal): Promise<Response> {
  return fetch(address, { ...mirrorRequest, signal, headers: { Range: `bytes=${start}-${end}` } });
}
