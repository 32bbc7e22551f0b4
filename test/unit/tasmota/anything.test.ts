import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LookTools } from '../../../src/tasmota/what-runs.ts';
import { whatRuns } from '../../../src/tasmota/what-runs.ts';
import { toolsWith, wordsOf } from './desk.ts';

/** Pieces that lead deep into the reading, among bytes that lead nowhere. */
const telling = fc.constantFrom(
  '{"Status":{"Module":1},"StatusFWR":{"Version":"15.1.0(lite)"}}',
  '{"WARNING":"Need user=<username>&password=<password>"}',
  '{"Status":',
  '[[[[',
  '<title>',
  '<TITLE\n',
  '</title>',
  '<esp-app>',
  'action=/wifisave network-left',
  "<form method='get' action='wi'> Tasmota 1 by Theo Arends",
  'data: {"title":"","ota":true}\r\n\r\n',
  '{"name":"x","aps":[{}]}',
);
const piece = fc.oneof(
  telling.map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }).map((text) => new TextEncoder().encode(text)),
);
const name = fc.constantFrom('Server', 'Content-Type', 'WWW-Authenticate', 'Location', 'Content-Encoding');
const value = fc.oneof(
  fc.constantFrom('Tasmota/15.1.0 (ESP8285)', 'Tasmota/', 'text/event-stream', 'br', ''),
  fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,60}$/),
);
const answer = fc.record({
  status: fc.oneof(fc.constantFrom(200, 200, 200, 301, 302, 401, 404), fc.integer({ min: 200, max: 599 })),
  headers: fc.array(fc.tuple(name, value), { maxLength: 4 }),
  chunks: fc.array(piece, { maxLength: 12 }),
  ends: fc.constantFrom('well', 'broken', 'never'),
});
type Anything = typeof answer extends fc.Arbitrary<infer T> ? T : never;
const outcome = fc.oneof(
  { weight: 6, arbitrary: answer },
  { weight: 1, arbitrary: fc.anything().map((thrown) => ({ thrown })) },
);

/** Statuses that must not have a body. */
const bodiless = new Set([204, 205, 304]);

function responseOf({ status, headers, chunks, ends }: Anything, starve: () => void): Response {
  const waiting = [...chunks];
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const next = waiting.shift();
    if (next !== undefined) return controller.enqueue(next);
    if (ends === 'well') return controller.close();
    if (ends === 'broken') return controller.error(new TypeError('broken off'));
    starve();
    return new Promise<void>(() => {});
  };
  const body = bodiless.has(status) ? null : new ReadableStream({ pull }, { highWaterMark: 0 });
  return new Response(body, { status, headers });
}

it('makes a finding of anything that answers, and a sentence of the finding', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 4 }), async (outcomes) => {
      let late = () => {};
      const clock: LookTools['clock'] = { sleep: () => new Promise((resolve) => (late = resolve)) };
      let requests = 0;
      const send: typeof fetch = async () => {
        const next = outcomes[requests++ % outcomes.length];
        if (next === undefined || 'thrown' in next) throw next?.thrown;
        return responseOf(next, late);
      };
      const found = await whatRuns('192.168.1.104', toolsWith(send, { clock }));
      seen.add(found.kind);
      expect(requests).toBeLessThanOrEqual(4);
      const words = wordsOf(found);
      expect(words).toContain('192.168.1.104');
      expect(words).not.toMatch(/\{[a-z]+\}.*\{[a-z]+\}|[\p{Cc}\p{Bidi_Control}]/u);
      expect(words.length).toBeLessThan(500);
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
    }),
    { numRuns: 400 },
  );
  expect([...seen].sort()).toEqual(['esphome', 'nothing', 'other', 'tasmota']);
});

it.each([
  ['titles that never open', '<title'.repeat(11_000)],
  ['titles', '<title>'.repeat(9_000)],
  ['brackets', '['.repeat(65_536)],
  ['events', 'data: {\n'.repeat(8_192)],
  ['forms', 'action='.repeat(9_000)],
])(
  'is quick with 64 KB of %s, byte by byte too',
  async (_, text) => {
    const bytes = new TextEncoder().encode(text);
    const send: typeof fetch = async () => {
      let at = 0;
      const size = 16;
      const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(at, at + size));
        at += size;
      };
      return new Response(new ReadableStream({ pull }));
    };
    expect(await whatRuns('192.168.1.104', toolsWith(send))).toMatchObject({ kind: 'other' });
  },
  20_000,
);
