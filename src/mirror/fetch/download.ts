/*
 * Downloads, lists and digest files of a mirror. A leaf: imports core and `url`.
 */
import type { Clock } from '../../core/clock.ts';
import { failed, type Result, success } from '../../core/result.ts';
import type { DownloadUrl } from '../url/url-rules.ts';
import { type DownloadFailure, downloadFailure } from './download-failures.ts';
import { type DownloadProgress, type Fetch, fetchBytes } from './fetch-bytes.ts';
import { looksLikeWebPage } from './web-page.ts';

/** What `download` needs. Times are in milliseconds. */
export interface DownloadOptions {
  readonly url: DownloadUrl;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Default 2 MiB: four times what any device takes, so that the size check can still name the size. */
  readonly maxBytes?: number;
  /** Longest silence; default 15 s. */
  readonly stallMs?: number;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Every chunk as it arrives, in order and once, for hashing on the way. */
  readonly onChunk?: (chunk: Uint8Array) => void;
}

/** A file as the mirror has it. `at` is when it was complete (milliseconds since the epoch). */
export interface Downloaded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly total: number;
  readonly status: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly contentType: string | null;
  readonly at: number;
}

const tenMinutes = 600_000;

/**
 * Fetches a whole image, byte for byte as the device would get it. A server that compresses for browsers is
 * asked once more without (the device never asks for compression, so such a server may well be right); one
 * that still sends `Content-Encoding` is refused, because its bytes are not those the device would write.
 */
export async function download(options: DownloadOptions): Promise<Result<Downloaded, DownloadFailure>> {
  const { url, clock } = options;
  const wanted = { maxBytes: 2 * 1024 * 1024, stallMs: 15_000, wholeMs: tenMinutes, ...options, ...url };
  const first = await fetchBytes(wanted);
  const isEncoded = !first.ok && first.failure.kind === 'encoded';
  const fetched = isEncoded ? await fetchBytes({ ...wanted, uncompressed: true }) : first;
  if (!fetched.ok) {
    // Chromium gives no reason when it is sent compression that it did not ask for.
    return isEncoded && fetched.failure.kind === 'unreachable'
      ? failed(downloadFailure('encoded', url))
      : fetched;
  }
  const { bytes, headers, status } = fetched.value;
  if (looksLikeWebPage(bytes)) return failed(downloadFailure('html', url));
  return success({
    bytes,
    total: bytes.byteLength,
    status,
    etag: headers.get('etag'),
    lastModified: headers.get('last-modified'),
    contentType: headers.get('content-type'),
    at: clock.now(),
  });
}

/** What the shell says when the browser may not fetch from the mirror of `url`; only the shell can know. */
export function noMirrorPermission(url: DownloadUrl): DownloadFailure {
  return downloadFailure('no-permission', url);
}
