import type { Clock } from '../../core/clock.ts';
import { type Result, success } from '../../core/result.ts';
import type { Text } from '../../core/text.ts';
import { linksIn } from '../url/links.ts';
import { parseDownloadUrl, resolveFirmware } from '../url/url-rules.ts';
import type { DownloadFailure } from './download-failures.ts';
import { type Fetch, fetchBytes } from './fetch-bytes.ts';
import { refusedByName } from './image-names.ts';

/**
 * A firmware file that a mirror lists. `file` is its name in the mirror's folder as it is typed into the
 * Firmware field (percent-encoded as in `href`); `refused` says why it must not be offered, or is null.
 */
export interface ListedImage {
  readonly file: string;
  readonly href: string;
  readonly refused: Text | null;
}

/** Longest index page that is read, in characters and in bytes; 500 files of nginx are about 80 KB. */
const maxListing = 512 * 1024;
const maxImages = 500;

/**
 * The firmware files linked from an index page of nginx, Apache, lighttpd, darkhttpd or from the community
 * mirror's own page. Takes any text, never throws, never leads out of `base`.
 */
export function parseListing(html: string, base: string): ListedImage[] {
  const images = new Map<string, ListedImage>();
  for (const link of linksIn(html.slice(0, maxListing))) {
    if (images.size >= maxImages) break;
    const image = listed(link, base);
    if (image && !images.has(image.href)) images.set(image.href, image);
  }
  return [...images.values()];
}

function listed(link: string, base: string): ListedImage | null {
  const target = link.trim();
  if (!URL.canParse(target, base)) return null;
  const { href, pathname } = new URL(target, base);
  if (!href.startsWith(base) || !/\.bin(?:\.gz)?$/i.test(pathname)) return null;
  const file = href.slice(base.length);
  const url = parseDownloadUrl(href);
  if (!url.ok) return { file, href, refused: url.failure.sentence };
  const named = resolveFirmware(file, base);
  // A name that reads like an address of its own (`example.com/a.bin`) could not be typed, so it is not shown.
  if (!named.ok || named.value.href !== href) return null;
  return { file, href, refused: refusedByName(file) };
}

/** What `fetchListing` needs. `base` is the mirror's folder. */
export interface ListingOptions {
  readonly fetch: Fetch;
  readonly base: string;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** Fetches the mirror's index page and reads it. An empty list means that the page links no firmware. */
export async function fetchListing(options: ListingOptions): Promise<Result<ListedImage[], DownloadFailure>> {
  const { fetch, base, signal, clock } = options;
  const limits = { maxBytes: maxListing, stallMs: 10_000, wholeMs: 30_000 };
  const page = { href: base, host: new URL(base).host, file: '', anyEncoding: true };
  const fetched = await fetchBytes({ ...page, fetch, clock, signal, ...limits });
  if (!fetched.ok) return fetched;
  return success(parseListing(new TextDecoder().decode(fetched.value.bytes), base));
}
