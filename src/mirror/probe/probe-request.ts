import type { Clock } from '../../core/clock.ts';
import { type Fetch, mirrorRequest } from '../fetch/fetch-bytes.ts';
import type { Sha256Hex } from '../fetch/slices.ts';
import { type Waited, waitFor } from '../fetch/waiting.ts';

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
  /** How the body ended: by itself, we had enough, the connection broke, or it fell silent. */
  readonly ended: 'complete' | 'over-long' | 'broken-off' | 'late';
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
    waitFor(task, deadline - clock.elapsed(), clock, signal);
  try {
    const opened = await wait(begin(request, AbortSignal.any([signal, stop.signal])));
    if (opened.kind !== 'done') return { kind: kindOfWaiting[opened.kind] };
    const { status, headers, body, type } = opened.value;
    if (type === 'opaqueredirect' || (status >= 300 && status < 400)) return { kind: 'redirect' };
    const read = await readUpTo(body, end - start + 1, wait);
    if (read === 'cancelled') return { kind: 'cancelled' };
    const took = clock.elapsed() - began;
    const whole = read.received > end - start;
    const digest = whole ? await request.sha256hex(read.bytes) : null;
    const { ended, received } = read;
    return { kind: 'answered', start, end, status, headers, ended, received, took, digest };
  } finally {
    stop.abort();
  }
}

/** Calls `fetch` so that even a throw of its own becomes a rejection. */
async function begin({ fetch, address, start, end }: RangeRequest, signal: AbortSignal): Promise<Response> {
  return fetch(address, { ...mirrorRequest, signal, headers: { Range: `bytes=${start}-${end}` } });
}

interface ReadBody {
  readonly ended: Answered['ended'];
  readonly received: number;
  readonly bytes: Uint8Array;
}

const endOfWaiting = { failed: 'broken-off', late: 'late' } as const;

/** Reads until the body ends or is longer than `size`, and keeps the first `size` bytes. */
async function readUpTo(
  body: ReadableStream<Uint8Array> | null,
  size: number,
  wait: <T>(task: Promise<T>) => Promise<Waited<T>>,
): Promise<ReadBody | 'cancelled'> {
  const bytes = new Uint8Array(size);
  const reader = body?.getReader();
  let received = 0;
  while (reader) {
    const read = await wait(reader.read());
    if (read.kind === 'cancelled') return 'cancelled';
    if (read.kind !== 'done') return { ended: endOfWaiting[read.kind], received, bytes };
    if (read.value.done) break;
    const chunk = read.value.value;
    bytes.set(chunk.subarray(0, Math.max(0, size - received)), Math.min(received, size));
    received += chunk.byteLength;
    if (received > size) return { ended: 'over-long', received, bytes };
  }
  return { ended: 'complete', received, bytes };
}
