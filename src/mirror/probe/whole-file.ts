import { readBody } from '../../core/body.ts';
import { against, type Check } from '../../core/check.ts';
import type { Clock } from '../../core/clock.ts';
import { text } from '../../core/text.ts';
import { type Waited, waitFor } from '../../core/wait.ts';
import { problemOfStatus } from '../fetch/download-failures.ts';
import { type Fetch, isEncoded, mirrorRequest } from '../fetch/fetch-bytes.ts';
import { again } from '../sentences.ts';
import type { DownloadUrl } from '../url/url-rules.ts';
import { type Judgement, judge } from './judgement.ts';
import { wholeFileObjections } from './whole-file-objections.ts';

/** A SHA-256 that is fed piece by piece. */
export interface StreamedDigest {
  update(chunk: Uint8Array): void;
  hex(): string;
}

/** What `readWholeFile` needs. Times are in milliseconds. */
export interface WholeFileOptions {
  readonly url: DownloadUrl;
  readonly size: number;
  /** Lower-case hex SHA-256 of the file that was checked. */
  readonly digest: string;
  readonly createDigest: () => Promise<StreamedDigest>;
  /** What the device appends after `?`. */
  readonly deviceQuery: string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Longest silence; default 10 s. */
  readonly stallMs?: number;
  /** Longest time for everything; by default the device's own patience (sonoff-diy-protocol §4.4). */
  readonly wholeMs?: number;
}

type Read =
  | { readonly kind: 'read'; readonly digest: string }
  | { readonly kind: 'short' | 'long' | 'broken-off'; readonly received: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'redirect' | 'encoded' | 'unreachable' | 'late' | 'cancelled' };

const about = { id: 'mirror-whole-file', title: text('mirror_check_whole', 'Whole file') };

/**
 * Reads the whole file once, as the device asks for it, and compares its digest: three parts that are right say
 * nothing about a byte between them. Both 200 and 206 count, because the parts have shown already whether Range
 * works. Never throws; the connection is given up as soon as the outcome is known.
 */
export async function readWholeFile(options: WholeFileOptions): Promise<Check> {
  return { ...about, ...verdict(await read(options), options) };
}

async function read(options: WholeFileOptions): Promise<Read> {
  const { url, size, deviceQuery, clock, signal, stallMs = 10_000, wholeMs = 180_000 } = options;
  const deadline = clock.elapsed() + wholeMs;
  const stop = new AbortController();
  const wait = <T>(task: Promise<T>): Promise<Waited<T>> =>
    waitFor(task, { ms: Math.min(stallMs, deadline - clock.elapsed()), clock, signal });
  try {
    const opened = await wait(
      begin(options.fetch, `${url.href}?${deviceQuery}`, {
        ...mirrorRequest,
        headers: { Range: `bytes=0-${size - 1}` },
        signal: AbortSignal.any([signal, stop.signal]),
      }),
    );
    if (opened.kind === 'failed') return { kind: 'unreachable' };
    if (opened.kind !== 'done') return { kind: opened.kind };
    const { status, headers, body, type } = opened.value;
    if (type === 'opaqueredirect' || problemOfStatus(status) === 'redirect') return { kind: 'redirect' };
    if (status !== 200 && status !== 206) return { kind: 'status', status };
    if (isEncoded(headers)) return { kind: 'encoded' };
    const digest = await options.createDigest();
    const end = await readBody(body, {
      limit: size,
      wait,
      take: (piece) => {
        digest.update(piece);
        return false;
      },
    });
    const { kind, received } = end;
    if (kind === 'late' || kind === 'cancelled') return { kind };
    if (kind === 'broken-off') return { kind, received };
    if (kind === 'left') return { kind: 'long', received };
    return received < size ? { kind: 'short', received } : { kind: 'read', digest: digest.hex() };
  } finally {
    stop.abort();
  }
}

/** Calls `fetch` so that even a throw of its own becomes a rejection. */
async function begin(fetch: Fetch, address: string, request: RequestInit): Promise<Response> {
  return fetch(address, request);
}

function verdict(read: Read, { url: { host }, size, digest }: WholeFileOptions): Judgement {
  switch (read.kind) {
    case 'read':
      return read.digest === digest
        ? judge(
            'pass',
            text(
              'mirror_whole_well',
              '{host} has for the device exactly the file that was checked, byte for byte.',
              { host },
            ),
          )
        : against(wholeFileObjections.other, { host });
    case 'short':
    case 'broken-off':
      return against(wholeFileObjections.short, { host, received: read.received, size: { bytes: size } });
    case 'long':
      return against(wholeFileObjections.long, { host, size: { bytes: size } });
    case 'status':
      return against(wholeFileObjections.status, { host, status: String(read.status) });
    case 'redirect':
    case 'encoded':
    case 'unreachable':
    case 'late':
      return against(wholeFileObjections[read.kind], { host });
    case 'cancelled':
      return judge(
        'unknown',
        text('mirror_whole_cancelled', 'The reading of the whole file was stopped.'),
        again,
      );
  }
}
