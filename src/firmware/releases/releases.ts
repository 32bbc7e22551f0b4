/*
 * What is known of official builds, and what a digest proves. Imports core and the names of `identify`.
 */
import * as v from 'valibot';
import { type Failure, failed, type Result, success } from '../../core/result.ts';
import { type Text, text } from '../../core/text.ts';

/** An official ESP8266 firmware file. GitHub knows digests of what was uploaded since June 2025. */
export interface ReleaseAsset {
  readonly name: string;
  readonly size: number;
  readonly digest: string | null;
}

/** One official release, with only what is needed to recognise its files. */
export interface Release {
  readonly tag: string;
  /** `14.1.0` for the tag `v14.1.0`. */
  readonly version: string;
  readonly assets: readonly ReleaseAsset[];
}

/** What GitHub said last, to be kept and asked again with its ETag. */
export interface Releases {
  readonly etag: string | null;
  readonly releases: readonly Release[];
  /** Set when GitHub could not be asked again since: there may be newer releases. */
  readonly isOutdated?: true;
}

/** Why GitHub's list could not be had. None of these stops anybody from flashing. */
export type ReleasesFailure = Failure<'offline' | 'limited' | 'refused' | 'malformed' | 'cancelled'>;

/** Either a new list, or the news that the old one still holds. */
export type ReleasesAnswer =
  | { readonly status: 'changed'; readonly releases: Releases }
  | { readonly status: 'unchanged' };

/** Twelve releases reach back more than two years, and no older one has digests. */
export const releasesUrl = 'https://api.github.com/repos/arendst/Tasmota/releases?per_page=12';

/** Twelve releases with all their files take two to three megabytes. */
const largestAnswer = 16_000_000;

const digestSchema = v.pipe(
  v.string(),
  v.regex(/^sha256:[0-9a-f]{64}$/i),
  v.transform((digest) => digest.slice(7).toLowerCase()),
);

const releaseSchema = v.object({
  tag_name: v.string(),
  draft: v.fallback(v.boolean(), false),
  assets: v.array(
    v.object({
      name: v.string(),
      size: v.pipe(v.number(), v.integer(), v.minValue(0)),
      digest: v.fallback(v.nullable(digestSchema), null),
    }),
  ),
});

const releasesSchema = v.array(releaseSchema);

const storedSchema = v.object({
  etag: v.nullable(v.string()),
  releases: v.array(
    v.object({
      tag: v.string(),
      version: v.string(),
      assets: v.array(v.object({ name: v.string(), size: v.number(), digest: v.nullable(v.string()) })),
    }),
  ),
});

/** Assets that an ESP8266 can run: not the ESP32 builds, not the packed ones. */
const wanted = /^tasmota(?!32)[\w-]*\.bin$/i;

function keep(releases: v.InferOutput<typeof releasesSchema>): Release[] {
  return releases
    .filter(({ draft }) => !draft)
    .map(({ tag_name: tag, assets }) => ({
      tag,
      version: tag.replace(/^v/i, ''),
      assets: assets.filter(({ name }) => wanted.test(name)),
    }))
    .filter(({ assets }) => assets.length > 0);
}

/** A list as it was stored, or null when it is not one. */
export function readStoredReleases(stored: unknown): Releases | null {
  const parsed = v.safeParse(storedSchema, stored);
  return parsed.success ? parsed.output : null;
}

const instead = text(
  'firmware_releases_do',
  'Go on without it: every other check of the firmware works offline.',
);

const failures: Record<ReleasesFailure['kind'], Text> = {
  offline: text(
    'firmware_releases_offline',
    'GitHub could not be reached, so nobody can say whether this is an official release.',
  ),
  limited: text(
    'firmware_releases_limited',
    'GitHub answers only 60 questions an hour from one address, and they are used up.',
  ),
  refused: text('firmware_releases_refused', 'GitHub did not give out the list of official releases.'),
  malformed: text(
    'firmware_releases_malformed',
    'GitHub answered with something that is not a list of releases.',
  ),
  cancelled: text('firmware_releases_cancelled', 'The question to GitHub was cancelled.'),
};

function fail(kind: ReleasesFailure['kind']): Result<ReleasesAnswer, ReleasesFailure> {
  return failed({ kind, sentence: failures[kind], action: instead });
}

async function readText(response: Response): Promise<string | null> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > largestAnswer) return null;
  }
  return text + decoder.decode();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What `fetchReleases` needs. `etag` is that of the list already there. */
export interface FetchReleasesOptions {
  readonly fetch: typeof fetch;
  readonly etag: string | null;
  readonly signal: AbortSignal;
}

/** Asks GitHub for the official releases, without a token and without sending anything about the person. */
export async function fetchReleases(
  options: FetchReleasesOptions,
): Promise<Result<ReleasesAnswer, ReleasesFailure>> {
  const { fetch, etag, signal } = options;
  try {
    const response = await fetch(releasesUrl, {
      headers: { accept: 'application/vnd.github+json', ...(etag === null ? {} : { 'if-none-match': etag }) },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal,
    });
    if (response.status === 304 && etag !== null) return success({ status: 'unchanged' });
    if (response.status === 403 || response.status === 429) return fail('limited');
    if (!response.ok) return fail('refused');
    const text = await readText(response);
    const parsed = v.safeParse(releasesSchema, text === null ? null : parse(text));
    if (!parsed.success) return fail('malformed');
    const releases = { etag: response.headers.get('etag'), releases: keep(parsed.output) };
    return success({ status: 'changed', releases });
  } catch {
    return fail(signal.aborted ? 'cancelled' : 'offline');
  }
}
