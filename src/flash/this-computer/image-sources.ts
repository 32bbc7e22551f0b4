import { beside } from '../../core/assurance.ts';
import type { Clock } from '../../core/clock.ts';
import type { Failure } from '../../core/result.ts';
import { text } from '../../core/text.ts';
import { digestOf } from '../../firmware/digest.ts';
import { MAX_IMAGE_BYTES } from '../../firmware/limits.ts';
import type { Releases } from '../../firmware/releases/releases.ts';
import { download, noMirrorPermission } from '../../mirror/fetch/download.ts';
import { fetchBytes } from '../../mirror/fetch/fetch-bytes.ts';
import type { DownloadUrl } from '../../mirror/url/url-rules.ts';
import type { Found, ImageSource } from './handing-over.ts';
import { type ImageRefusal, imageRefusal } from './image-refusals.ts';

/** What it takes to get an image from elsewhere. */
export interface ImageSourceEnvironment {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  mayReachMirror(url: string): Promise<boolean>;
  mayReachReleaseFiles(): Promise<boolean>;
  releases(signal: AbortSignal): Promise<Releases | null>;
}

/** A file that a view has read. */
export function fromFile(name: string, bytes: Uint8Array): ImageSource {
  return { name, find: async () => ({ ok: true, name, bytes }) };
}

/** The image that was fetched from a mirror before, in the state in which it was looked at. */
export function fromMirror(
  environment: ImageSourceEnvironment,
  url: DownloadUrl,
  digest: string,
): ImageSource {
  const { fetch, clock } = environment;
  return {
    name: url.file,
    async find() {
      if (!(await environment.mayReachMirror(url.href))) {
        const lacksPermission = { from: 'mirror', url: url.href, digest } as const;
        return { ...failedAs(noMirrorPermission(url)), lacksPermission };
      }
      const { signal } = new AbortController();
      const fetched = await download({ url, fetch, clock, signal });
      if (!fetched.ok) return failedAs(fetched.failure);
      const { bytes } = fetched.value;
      if ((await digestOf(bytes)) === digest) return { ok: true, name: url.file, bytes };
      return refused('changed');
    },
  };
}

const asset = 'tasmota-lite.bin';

/** The newest official Tasmota lite that fits, and whose digest GitHub has published. */
export function fromReleases(environment: ImageSourceEnvironment): ImageSource {
  const { fetch, clock } = environment;
  return {
    name: asset,
    async find() {
      if (!(await environment.mayReachReleaseFiles()))
        return { ...refused('github-permission'), lacksPermission: { from: 'release' } };
      const { signal } = new AbortController();
      const known = await environment.releases(signal).catch(() => null);
      const newest = newestLite(known);
      if (newest === null) return refused('no-release');
      const fetched = await fetchBytes({
        // GitHub redirects to the host that has the files; the digest says whether the right one came.
        fetch: (url, init) => fetch(url, { ...init, redirect: 'follow' }),
        ...{ clock, signal, href: newest.url, host: 'github.com', file: asset },
        ...{ maxBytes: MAX_IMAGE_BYTES, stallMs: 15_000, wholeMs: 300_000 },
      });
      if (!fetched.ok) return failedAs(fetched.failure);
      const { bytes } = fetched.value;
      if ((await digestOf(bytes)) === newest.digest) return { ok: true, name: asset, bytes };
      return refused('forged');
    },
  };
}

/** Where the newest Tasmota lite is that fits into a device, and its digest; null where nobody knows. */
export function newestLite(known: Releases | null): { readonly url: string; readonly digest: string } | null {
  for (const { tag, assets } of known?.releases ?? []) {
    const lite = assets.find(({ name }) => name === asset);
    if (!lite?.digest || lite.size > MAX_IMAGE_BYTES || !/^v[\d.]+$/.test(tag)) continue;
    return {
      url: `https://github.com/arendst/Tasmota/releases/download/${tag}/${asset}`,
      digest: lite.digest,
    };
  }
  return null;
}

function refused(refusal: ImageRefusal): Extract<Found, { ok: false }> {
  return { ok: false, trouble: imageRefusal(refusal) };
}

function failedAs({ sentence, action, trouble }: Failure): Extract<Found, { ok: false }> {
  return {
    ok: false,
    trouble: {
      sentence: text('this_computer_download', '{sentence}', { sentence }),
      action: text('this_computer_download_action', '{action}', { action }),
      ...beside({ trouble }),
    },
  };
}
