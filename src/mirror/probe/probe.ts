/*
 * Asking a mirror as the device will. A leaf: imports core, `url` and `fetch`.
 */
import { type Answer, type Check, gravest } from '../../core/check.ts';
import type { Clock } from '../../core/clock.ts';
import type { Wording } from '../../core/text.ts';
import type { Fetch } from '../fetch/fetch-bytes.ts';
import type { Sha256Hex, Slice } from '../fetch/slices.ts';
import type { DownloadUrl } from '../url/url-rules.ts';
import { buildDeviceQuery } from './device-query.ts';
import { mirrorChecks } from './probe-checks.ts';
import { askRange, type RangeAnswer } from './probe-request.ts';
import type { Exchange } from './probe-situation.ts';

/** What is kept of an image for asking its mirror about it. `etag` is that of the whole download. */
export interface ProbedImage {
  readonly size: number;
  readonly digest: string;
  readonly slices: readonly Slice[];
  readonly etag: string | null;
}

/** What `probe` needs. */
export interface ProbeOptions {
  readonly url: DownloadUrl;
  readonly image: ProbedImage;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether the shell has made sure that these requests carry `Host: dl.itead.cn`. */
  readonly hostOverride: 'active' | 'unavailable';
  /** Whether the device's firmware asks by that name, or is not known to be free of the bug. */
  readonly hostRequired: boolean;
  /** Where it is known from that this mirror answers by that name (`Mirror.source`). */
  readonly hostKnownFrom?: Wording | null;
  /** What the device appends after `?`; made up when missing. */
  readonly deviceQuery?: string;
  /** Per request, in milliseconds; default 10 s. */
  readonly timeoutMs?: number;
  readonly sha256hex?: Sha256Hex;
}

/** What a mirror answered, bound to the image and the time (milliseconds since the epoch). */
export interface MirrorReport {
  readonly url: string;
  readonly digest: string;
  readonly at: number;
  readonly checks: readonly Check[];
  readonly answer: Answer;
  /** How many requests it cost: never more than three. */
  readonly requests: number;
}

/**
 * Asks the mirror for the first, a middle and the last range of an image, one after the other as the device
 * will, and judges the answers. Stops at the first answer that is not a whole range. Never throws.
 */
export async function probe(options: ProbeOptions): Promise<MirrorReport> {
  const { url, image, clock, signal, fetch, hostOverride, hostRequired } = options;
  const { deviceQuery = buildDeviceQuery(), timeoutMs = 10_000, sha256hex = webCryptoSha256 } = options;
  const at = clock.now();
  const address = `${url.href}?${deviceQuery}`;
  const answers: RangeAnswer[] = [];
  for (const { start, end } of image.slices.slice(0, 3)) {
    const answer = await askRange({ address, start, end, fetch, clock, signal, timeoutMs, sha256hex });
    answers.push(answer);
    if (answer.kind !== 'answered' || answer.status !== 206 || answer.ended !== 'complete') break;
  }
  const { size, etag, slices } = image;
  const hostKnownFrom = options.hostKnownFrom ?? null;
  const asked = { hostOverride, hostRequired, hostKnownFrom, timeoutMs };
  const exchange: Exchange = { host: url.host, size, etag, slices, answers, ...asked };
  const checks = mirrorChecks.map(({ id, title, judge }): Check => ({ id, title, ...judge(exchange) }));
  return {
    url: url.href,
    digest: image.digest,
    at,
    checks,
    answer: gravest(checks),
    requests: answers.length,
  };
}

async function webCryptoSha256(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
