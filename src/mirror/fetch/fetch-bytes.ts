import { readBody } from '../../core/body.ts';
import type { Clock } from '../../core/clock.ts';
import { failed, type Result, success } from '../../core/result.ts';
import { type Waited, waitFor } from '../../core/wait.ts';
import { wasTurnedIntoHttps } from '../url/https-only.ts';
import {
  type DownloadFailure,
  type DownloadProblem,
  downloadFailure,
  problemOfStatus,
} from './download-failures.ts';

/** The part of `fetch` that this room uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How every request to a mirror is made: nothing remembered, nothing told, no redirect followed. */
export const mirrorRequest = {
  method: 'GET',
  redirect: 'manual', // gives an opaque answer that can be named; 'error' would look like a dead server
  cache: 'no-store',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
} as const satisfies RequestInit;

/** What to fetch and how long to bear with it (milliseconds). */
export interface FetchBytes {
  readonly href: string;
  readonly host: string;
  readonly file: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly maxBytes: number;
  /** Longest silence. */
  readonly stallMs: number;
  /** Longest time for everything. */
  readonly wholeMs: number;
  /** Asks for `bytes=0-`, which makes browsers ask for the bytes without compression. */
  readonly uncompressed?: boolean;
  /** Takes a compressed answer too, whose length nobody knows: for pages, never for images. */
  readonly anyEncoding?: boolean;
  readonly onProgress?: (progress: DownloadProgress) => void;
  readonly onChunk?: (chunk: Uint8Array) => void;
}

/** Bytes so far, and the number announced, where it was. */
export interface DownloadProgress {
  readonly received: number;
  readonly total: number | null;
}

/** All bytes of a file and what the server said about it. */
export interface FetchedBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly headers: Headers;
  readonly status: number;
}

const problemOfWaiting = { failed: 'unreachable', late: 'stalled', cancelled: 'cancelled' } as const;
const problemOfReading = { 'broken-off': 'broken-off', late: 'stalled', cancelled: 'cancelled' } as const;

/** Fetches a whole file. Never throws; the connection is given up as soon as the outcome is known. */
export async function fetchBytes(wanted: FetchBytes): Promise<Result<FetchedBytes, DownloadFailure>> {
  const { host, file, clock, maxBytes, onProgress, onChunk } = wanted;
  const deadline = clock.elapsed() + wanted.wholeMs;
  const stop = new AbortController();
  const signal = AbortSignal.any([wanted.signal, stop.signal]);
  const wait = <T>(task: Promise<T>): Promise<Waited<T>> =>
    waitFor(task, {
      ms: Math.min(wanted.stallMs, deadline - clock.elapsed()),
      clock,
      signal: wanted.signal,
    });
  const fail = (kind: DownloadProblem, status?: number) =>
    failed(downloadFailure(kind, status === undefined ? { host, file } : { host, file, status }));
  const failAs = (problem: DownloadProblem, ended: object) => {
    const error = 'error' in ended ? ended.error : undefined;
    const kind = wasTurnedIntoHttps(error) ? 'https-only' : problem;
    return failed(downloadFailure(kind, { host, file }, error));
  };

  try {
    const request = {
      ...mirrorRequest,
      signal,
      ...(wanted.uncompressed ? { headers: { Range: 'bytes=0-' } } : {}),
    };
    const opened = await wait(begin(wanted, request));
    if (opened.kind !== 'done') return failAs(problemOfWaiting[opened.kind], opened);
    const { status, headers, body } = opened.value;
    if (status !== 200 && !(wanted.uncompressed && status === 206))
      return fail(problemOfStatus(status), status);
    const encoded = isEncoded(headers);
    if (encoded && !wanted.anyEncoding) return fail('encoded');
    const total = encoded ? null : lengthOf(headers);
    if (total !== null && total > maxBytes) return fail('too-large');
    const chunks: Uint8Array[] = [];
    let received = 0;
    onProgress?.({ received, total });
    const end = await readBody(body, {
      limit: total ?? maxBytes,
      wait,
      take: (chunk) => {
        chunks.push(chunk);
        received += chunk.byteLength;
        onChunk?.(chunk);
        onProgress?.({ received, total });
        return false;
      },
    });
    if (end.kind === 'left') return fail(total === null ? 'too-large' : 'more-than-announced');
    if (end.kind !== 'complete') return failAs(problemOfReading[end.kind], end);
    if (total !== null && received < total) return fail('broken-off');
    return received === 0 ? fail('empty') : success({ bytes: joined(chunks, received), headers, status });
  } finally {
    stop.abort();
  }
}

/** Calls `fetch` so that even a throw of its own becomes a rejection. */
async function begin({ fetch, href }: FetchBytes, request: RequestInit): Promise<Response> {
  return fetch(href, request);
}

/** Whether the body was compressed on its way, so that its bytes and its announced length differ. */
export function isEncoded(headers: Headers): boolean {
  return !/^(?:identity)?$/i.test(headers.get('content-encoding')?.trim() ?? '');
}

/** The announced length in bytes, or null. */
export function lengthOf(headers: Headers): number | null {
  const announced = headers.get('content-length')?.trim() ?? '';
  return /^\d{1,15}$/.test(announced) ? Number(announced) : null;
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
