import { describe, expect, it } from 'vitest';
import { fetchReleases, readStoredReleases, releasesUrl } from '../../../src/firmware/releases/releases.ts';
import { saying } from '../saying.ts';

const digest = 'd'.repeat(64);
const answer = [
  {
    tag_name: 'v15.1.0',
    draft: false,
    assets: [
      { name: 'tasmota-lite.bin', size: 519_000, digest: `sha256:${digest}` },
      { name: 'tasmota-lite.bin.gz', size: 300_000, digest: `sha256:${digest}` },
      { name: 'tasmota32.bin', size: 2_000_000, digest: `sha256:${digest}` },
      { name: 'tasmota32-lite.bin', size: 1_000_000, digest: null },
      { name: 'tasmota-DE.bin', size: 650_000, digest: 'md5:1' },
    ],
  },
  {
    tag_name: 'v14.1.0',
    assets: [
      { name: 'tasmota.bin', size: 1, digest: null },
      { name: 'tasmota-ir.bin', size: 2 },
    ],
  },
  { tag_name: 'v16.0.0', draft: true, assets: [{ name: 'tasmota.bin', size: 1, digest: null }] },
  { tag_name: 'v1.0.0', assets: [] },
];

interface Asked {
  url: string;
  init: RequestInit | undefined;
}

/** A `fetch` that answers once, and remembers what it was asked. */
function answering(reply: () => Response | Promise<Response>): { fetch: typeof fetch; asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    fetch: async (input, init) => {
      asked.push({ url: String(input), init });
      return reply();
    },
  };
}

const { signal } = new AbortController();
const json = (body: unknown, init?: ResponseInit) => new Response(JSON.stringify(body), init);

async function kindOf(reply: () => Response | Promise<Response>): Promise<string> {
  const result = await fetchReleases({ fetch: answering(reply).fetch, etag: '"1"', signal });
  if (result.ok) return result.value.status;
  expect(result.failure.sentence).toEqual(saying(/^[A-Z].*\.$/));
  expect(result.failure.action).toEqual(saying(/^[A-Z].*\.$/));
  return result.failure.kind;
}

describe('the list of releases', () => {
  it('keeps what is needed to recognise an ESP8266 file, and its ETag', async () => {
    const { fetch } = answering(() => json(answer, { headers: { etag: '"2"' } }));
    const result = await fetchReleases({ fetch, etag: null, signal });
    const releases = {
      etag: '"2"',
      releases: [
        {
          tag: 'v15.1.0',
          version: '15.1.0',
          assets: [
            { name: 'tasmota-lite.bin', size: 519_000, digest },
            { name: 'tasmota-DE.bin', size: 650_000, digest: null },
          ],
        },
        {
          tag: 'v14.1.0',
          version: '14.1.0',
          assets: [
            { name: 'tasmota.bin', size: 1, digest: null },
            { name: 'tasmota-ir.bin', size: 2, digest: null },
          ],
        },
      ],
    };
    expect(result).toEqual({ ok: true, value: { status: 'changed', releases } });
    expect(readStoredReleases(JSON.parse(JSON.stringify(releases)))).toEqual(releases);
  });

  it('is asked for without anything about the person', async () => {
    const { fetch, asked } = answering(() => json([]));
    await fetchReleases({ fetch, etag: '"7"', signal });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.url).toBe(releasesUrl);
    expect(asked[0]?.init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', signal });
    expect(new Headers(asked[0]?.init?.headers).get('if-none-match')).toBe('"7"');
  });

  it('may still hold', async () => {
    expect(await kindOf(() => new Response(null, { status: 304 }))).toBe('unchanged');
  });

  it('is not said to hold when there is none', async () => {
    const { fetch } = answering(() => new Response(null, { status: 304 }));
    expect(await fetchReleases({ fetch, etag: null, signal })).toMatchObject({
      ok: false,
      failure: { kind: 'refused' },
    });
  });

  it.each([
    ['offline', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['limited', () => json({ message: 'API rate limit exceeded' }, { status: 403 })],
    ['limited', () => json({}, { status: 429 })],
    ['refused', () => json({}, { status: 500 })],
    ['malformed', () => json({ message: 'hello' })],
    ['malformed', () => new Response('<html>Log in to the hotel</html>')],
    ['malformed', () => new Response(null)],
    ['malformed', () => json([{ tag_name: 1 }])],
    ['malformed', () => new Response('x'.repeat(16_000_001))],
  ])('cannot be had: %s', async (kind, reply) => expect(await kindOf(reply)).toBe(kind));

  it('can be cancelled', async () => {
    const controller = new AbortController();
    const { fetch } = answering(() => {
      controller.abort();
      return Promise.reject(controller.signal.reason);
    });
    const result = await fetchReleases({ fetch, etag: null, signal: controller.signal });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'cancelled' } });
  });

  it.each([null, undefined, 1, {}, [], { etag: null }, { etag: 1, releases: [] }])(
    'is not read from %o',
    (stored) => expect(readStoredReleases(stored)).toBeNull(),
  );
});
