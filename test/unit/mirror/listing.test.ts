import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { fetchListing, parseListing } from '../../../src/mirror/fetch/index-page.ts';
import { resolveFirmware } from '../../../src/mirror/url/url-rules.ts';
import { indexPages, listedNames } from './index-pages.ts';
import { head, type RawMirror, startRawMirror } from './raw-mirror.ts';

const base = 'http://mirror.example:8080/fw/';

describe('parseListing', () => {
  it.each(Object.entries(indexPages))('reads the page of %s', (_, html) => {
    const images = parseListing(html, base);
    expect(images.map(({ file }) => file.replace('%26', '&')).toSorted()).toEqual(listedNames.toSorted());
    for (const { file, refused } of images) expect(refused === null).toBe(!file.includes('minimal'));
  });

  const page = (...links: string[]) => links.map((link) => `<a href="${link}">x</a>`).join('\n');
  const reasons = (...links: string[]) =>
    parseListing(page(...links), base).map(({ file, refused }) => [file, refused !== null]);

  it('strikes out what must not be flashed, and what the device cannot ask for', () => {
    expect(
      reasons('a.bin', 'a-minimal.bin', 'a.bin.gz', 'tasmota32.bin', 'a.bin?x=1', 'a%2fb.bin', 'sub/a:b.bin'),
    ).toEqual([
      ['a.bin', false],
      ['a-minimal.bin', true],
      ['a.bin.gz', true],
      ['tasmota32.bin', true],
      ['a.bin?x=1', true],
      ['a%2fb.bin', true],
      ['sub/a:b.bin', true],
    ]);
  });

  it('shows nothing from outside the mirror', () => {
    expect(
      reasons(
        '/a.bin',
        '../a.bin',
        '%2e%2e/a.bin',
        '/fw/../a.bin',
        '//evil.example/fw/a.bin',
        'http://evil.example/fw/a.bin',
        'http://mirror.example:8080@evil.example/fw/a.bin',
        'http://mirror.example/fw/a.bin',
        'https://mirror.example:8080/fw/a.bin',
        'javascript:a.bin',
        'data:text/html,a.bin',
        'a.txt',
        'a.bin/',
      ),
    ).toEqual([]);
  });

  it('passes over a name that could not be typed, and stops at 500', () => {
    expect(reasons('example.com/a.bin')).toEqual([]);
    expect(reasons(...Array.from({ length: 600 }, (_, n) => `${n}.bin`))).toHaveLength(500);
  });

  it('takes every spelling of a link, and each file once', () => {
    const html = `<A HREF=a.bin>x</A><a class="n" href='b.bin'>x</a><a
      href = "c.bin">x</a><a href="&#97;.bin"><a data-href="no.bin"><abbr href="no.bin"><a href=><a href`;
    expect(parseListing(html, base).map(({ file }) => file)).toEqual(['a.bin', 'b.bin', 'c.bin']);
  });

  const token = fc.constantFrom(
    ...[
      '<a ',
      '<A\n',
      'href',
      '=',
      '"',
      "'",
      '>',
      '</a>',
      '&',
      '&#',
      '&#x26;',
      '&amp;',
      '&#0;',
      '&#9999999;',
      '..',
      '/',
    ],
    ...[
      '.bin',
      '.bin.gz',
      'http://',
      'http://evil.example/fw/',
      base,
      '%2e',
      '%',
      '\\',
      '?',
      '#',
      '@',
      ':',
      ' ',
      '\u0000',
    ],
  );
  const anyHtml = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(token, fc.string({ maxLength: 5 })), { maxLength: 60 }).map((all) => all.join('')),
    fc.array(token, { maxLength: 12 }).map((all) => `<a href="${all.join('')}.bin">`),
  );

  it('never throws, never leaves the mirror, and offers only what resolves to itself', () => {
    fc.assert(
      fc.property(anyHtml, (html) => {
        for (const { file, href, refused } of parseListing(html, base)) {
          expect(href).toBe(base + file);
          expect(new URL(href).href).toBe(href);
          if (refused !== null) continue;
          const resolved = resolveFirmware(file, base);
          expect(resolved.ok && resolved.value.href).toBe(href);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '<a ',
    '<a href="',
    '<a href=',
    '<a\n',
    ' href="',
    ' href=\'" ',
    '<a href="&#x26;&amp;&amp',
    '&',
    '<a href="a.bin">',
    `<a href="${'x'.repeat(3000)}.bin">`,
    '<',
  ])('comes to an end with megabytes of %j', (piece) => {
    // Work that grows with the square of this would not be done before the test's own time is up.
    const html = `<a ${piece.repeat(Math.ceil((4 * 1024 * 1024) / piece.length))}`;
    expect(parseListing(html, base).length).toBeLessThanOrEqual(500);
  });
});

describe('fetchListing', () => {
  let mirror: RawMirror | null = null;
  afterEach(() => mirror?.stop());
  const list = (origin: string, signal = new AbortController().signal) =>
    fetchListing({ fetch, base: `${origin}/`, signal, clock: systemClock });

  it('reads the page of the mirror', async () => {
    const page = '<a href="a.bin">a.bin</a>';
    mirror = await startRawMirror((_, socket) =>
      socket.write(head('200 OK', `Content-Length: ${page.length}`) + page),
    );
    expect(await list(mirror.origin)).toEqual({
      ok: true,
      value: [{ file: 'a.bin', href: `${mirror.origin}/a.bin`, refused: null }],
    });
  });

  it('reads a page that comes compressed', async () => {
    const packed = gzipSync('<a href="a.bin">a.bin</a>'.repeat(50));
    mirror = await startRawMirror((_, socket) => {
      socket.write(head('200 OK', 'Content-Encoding: gzip', `Content-Length: ${packed.length}`));
      socket.write(packed);
    });
    expect(await list(mirror.origin)).toMatchObject({ ok: true, value: [{ file: 'a.bin' }] });
  });

  it.each([
    ['404 Not Found', 'not-found'],
    ['403 Forbidden', 'forbidden'],
    ['301 Moved Permanently', 'redirect'],
  ])('%s → %s', async (status, kind) => {
    mirror = await startRawMirror((_, socket) =>
      socket.write(head(status, 'Location: /x', 'Content-Length: 0')),
    );
    expect(await list(mirror.origin)).toMatchObject({ ok: false, failure: { kind } });
  });

  it('gives up a page that never ends', async () => {
    mirror = await startRawMirror((_, socket) => {
      socket.write(head('200 OK', 'Connection: close'));
      const pour = () => {
        while (!socket.destroyed && socket.write('<a href="a.bin">'.repeat(1000)));
      };
      socket.on('drain', pour);
      pour();
    });
    expect(await list(mirror.origin)).toMatchObject({ ok: false, failure: { kind: 'too-large' } });
  });
});
