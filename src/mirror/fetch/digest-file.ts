import type { Clock } from '../../core/clock.ts';
import type { DownloadUrl } from '../url/url-rules.ts';
import { type Fetch, fetchBytes } from './fetch-bytes.ts';
import { looksLikeWebPage } from './web-page.ts';

/** What `fetchSidecar` needs. */
export interface SidecarOptions {
  readonly url: DownloadUrl;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * The text of `<file>.sha256` beside the image, or null when there is none. Reading it is not this room's
 * business. At most 4 KB and 10 s; it is a second opinion, so no failure here matters.
 */
export async function fetchSidecar({ url, fetch, clock, signal }: SidecarOptions): Promise<string | null> {
  const { host, file } = url;
  const limits = { maxBytes: 4096, stallMs: 5_000, wholeMs: 10_000 };
  const fetched = await fetchBytes({
    href: `${url.href}.sha256`,
    host,
    file,
    fetch,
    clock,
    signal,
    ...limits,
  });
  if (!fetched.ok || looksLikeWebPage(fetched.value.bytes)) return null;
  return new TextDecoder().decode(fetched.value.bytes);
}
