import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import { digestOf } from '../../../src/firmware/digest.ts';
import type { Releases } from '../../../src/firmware/releases/releases.ts';
import type { ImageSource } from '../../../src/flash/this-computer/handing-over.ts';
import {
  fromMirror,
  fromReleases,
  type ImageSourceEnvironment,
  newestLite,
} from '../../../src/flash/this-computer/image-sources.ts';
import { parseDownloadUrl } from '../../../src/mirror/url/url-rules.ts';

const bytes = Uint8Array.of(0xe9, 1, 2, 3);
const digest = await digestOf(bytes);
const lite = { name: 'tasmota-lite.bin', size: 4, digest };
const releases: Releases = {
  etag: null,
  releases: [
    { tag: 'v15.0.0', version: '15.0.0', assets: [{ ...lite, size: 600_000 }] },
    { tag: 'v14.1.0', version: '14.1.0', assets: [{ ...lite, digest: null }] },
    { tag: 'v14.0.0', version: '14.0.0', assets: [lite] },
  ],
};

function desk(changes: Partial<ImageSourceEnvironment> = {}) {
  const asked: { url: string; redirect: unknown }[] = [];
  const environment: ImageSourceEnvironment = {
    fetch: async (input, init) => {
      asked.push({ url: String(input), redirect: init?.redirect });
      return new Response(bytes);
    },
    clock: systemClock,
    mayReachMirror: async () => true,
    mayReachReleaseFiles: async () => true,
    releases: async () => releases,
    ...changes,
  };
  return { asked, environment };
}

const troubleOf = async (source: ImageSource) => {
  const found = await source.find();
  return found.ok ? null : inEnglish(found.trouble.sentence);
};
const mirrorUrl = () => {
  const url = parseDownloadUrl('http://mirror/x.bin');
  if (!url.ok) throw new Error(inEnglish(url.failure.sentence));
  return url.value;
};

describe('the newest official file', () => {
  it('is the newest that fits and has a digest', () => {
    expect(newestLite(releases)).toEqual({
      url: 'https://github.com/arendst/Tasmota/releases/download/v14.0.0/tasmota-lite.bin',
      digest,
    });
    expect(newestLite(null)).toBeNull();
  });

  it('is fetched over redirects, and believed by its digest only', async () => {
    const { asked, environment } = desk();
    await expect(fromReleases(environment).find()).resolves.toMatchObject({ ok: true, bytes });
    expect(asked).toMatchObject([{ url: newestLite(releases)?.url, redirect: 'follow' }]);
    const forged = desk({ fetch: async () => new Response('something else') });
    expect(await troubleOf(fromReleases(forged.environment))).toContain('not the one whose digest');
  });

  it('is nobody’s guess: where GitHub says nothing, or sends nothing, there is none', async () => {
    for (const known of [async () => null, () => Promise.reject(new Error('offline'))]) {
      const { asked, environment } = desk({ releases: known });
      expect(await troubleOf(fromReleases(environment))).toContain('has not said');
      expect(asked).toEqual([]);
    }
    const { environment } = desk({ fetch: async () => new Response('', { status: 404 }) });
    expect(await troubleOf(fromReleases(environment))).toContain('tasmota-lite.bin');
  });

  it('is not asked for without the permission', async () => {
    const { asked, environment } = desk({ mayReachReleaseFiles: async () => false });
    expect(await troubleOf(fromReleases(environment))).toContain('may not download from GitHub');
    expect(await fromReleases(environment).find()).toMatchObject({ lacksPermission: { from: 'release' } });
    expect(asked).toEqual([]);
  });
});

describe('an image from another mirror', () => {
  it('is not asked for without the permission, which it names', async () => {
    const { asked, environment } = desk({ mayReachMirror: async () => false });
    const source = fromMirror(environment, mirrorUrl(), digest);
    expect(await source.find()).toMatchObject({
      ok: false,
      lacksPermission: { from: 'mirror', url: mirrorUrl().href, digest },
    });
    expect(asked).toEqual([]);
  });

  it('is taken as it was looked at, and not otherwise', async () => {
    const { environment } = desk();
    await expect(fromMirror(environment, mirrorUrl(), digest).find()).resolves.toMatchObject({ ok: true });
    expect(await troubleOf(fromMirror(environment, mirrorUrl(), 'b'.repeat(64)))).toContain(
      'no longer the one',
    );
  });

  it('is not asked for without the permission', async () => {
    const { asked, environment } = desk({ mayReachMirror: async () => false });
    expect(await troubleOf(fromMirror(environment, mirrorUrl(), digest))).toContain('not been allowed');
    expect(asked).toEqual([]);
  });

  it('says why it could not be fetched', async () => {
    const { environment } = desk({ fetch: async () => new Response('', { status: 404 }) });
    expect(await troubleOf(fromMirror(environment, mirrorUrl(), digest))).toContain('x.bin');
  });
});
