import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInMirrors } from '../../../src/mirror/url/catalogue.ts';
import { refusedHosts } from '../../../src/mirror/url/refused-hosts.ts';
import { maxPathLength } from '../../../src/mirror/url/url-problems.ts';
import { parseDownloadUrl, resolveFirmware } from '../../../src/mirror/url/url-rules.ts';
import { saying } from '../saying.ts';

const [{ base }] = builtInMirrors;
const kindOf = (text: string) => {
  const parsed = parseDownloadUrl(text);
  return parsed.ok ? 'ok' : parsed.failure.kind;
};

describe('parseDownloadUrl', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['http://m/a b.bin', 'whitespace'],
    ['http://m/a\tb.bin', 'whitespace'],
    ['http://m/a\u200bb.bin', 'whitespace'],
    ['http://', 'not-a-url'],
    ['http://[/a.bin', 'not-a-url'],
    ['http://m:99999/a.bin', 'not-a-url'],
    ['192.168.1.10:8080/a.bin', 'no-scheme'],
    ['mirror:8080/a.bin', 'no-scheme'],
    ['mirror.example/a.bin', 'no-scheme'],
    ['https://mirror.example/a.bin', 'https'],
    ['HTTPS://mirror.example/a.bin', 'https'],
    ['ftp://mirror.example/a.bin', 'scheme'],
    ['javascript:alert(1)', 'scheme'],
    ['file:///a.bin', 'scheme'],
    ['http://user@m/a.bin', 'credentials'],
    ['http://user:pw@m/a.bin', 'credentials'],
    ['http://m/a.bin?x=1', 'query'],
    ['http://m/a.bin?', 'query'],
    ['http://m/a.bin#x', 'fragment'],
    ['http://m/a.bin#', 'fragment'],
    ['http://[::1]/a.bin', 'ipv6'],
    ['http://*/a.bin', 'host-characters'],
    ['http://*.example.com/a.bin', 'host-characters'],
    ['http://a,b/a.bin', 'host-characters'],
    ['http://my_nas-2.lan/a.bin', 'ok'],
    [`http://${'a'.repeat(51)}/a.bin`, 'host-too-long'],
    [`http://${'a'.repeat(50)}:8080/a.bin`, 'ok'],
    ['http://m:6666/a.bin', 'blocked-port'],
    ['http://m:0/a.bin', 'blocked-port'],
    ['http://m:8080/a.bin', 'ok'],
    ['http://m/a:b.bin', 'colon'],
    ['http://m/a%2fb.bin', 'escape'],
    ['http://m/a%5Cb.bin', 'escape'],
    ['http://m/a%00.bin', 'escape'],
    ['http://m/a%1F.bin', 'escape'],
    ['http://m/a%zz.bin', 'escape'],
    ['http://m/100%', 'escape'],
    ['http://m/a%20b.bin', 'ok'],
    [`http://m/${'a'.repeat(maxPathLength)}`, 'path-too-long'],
    [`http://m/${'a'.repeat(maxPathLength - 1)}`, 'ok'],
    [`http://m/${'ä'.repeat(22)}.bin`, 'path-too-long'],
    ['http://m', 'folder'],
    ['http://m/', 'folder'],
    ['http://m/dir/', 'folder'],
    ['http://m/dir/..', 'folder'],
    ['  http://m/a.bin  ', 'ok'],
  ])('%s → %s', (text, kind) => expect(kindOf(text)).toBe(kind));

  it('has the one spelling that browser and device share', () => {
    expect(parseDownloadUrl('HTTP://Mirror.Example:80/x/../tasmota lite.bin'.replace(' ', '-'))).toEqual({
      ok: true,
      value: {
        href: 'http://mirror.example/tasmota-lite.bin',
        origin: 'http://mirror.example',
        host: 'mirror.example',
        path: '/tasmota-lite.bin',
        file: 'tasmota-lite.bin',
      },
    });
  });

  it.each([
    'http://ota.tasmota.com/tasmota/release/tasmota-lite.bin',
    'https://ota.tasmota.com/tasmota/release/tasmota-lite.bin',
    'ota.tasmota.com/tasmota/release/tasmota-lite.bin',
    'HTTP://OTA.TASMOTA.COM./tasmota-lite.bin',
    'https://github.com/arendst/Tasmota/releases/download/v14.1.0/tasmota-lite.bin',
    'https://raw.githubusercontent.com/arendst/Tasmota-firmware/main/tasmota-lite.bin',
    'http://thehackbox.org/tasmota/tasmota.bin',
  ])('explains why %s is refused by name', (text) => expect(kindOf(text)).toBe('refused-host'));

  it('does not refuse a name that only ends alike', () => {
    expect(kindOf('http://notgithub.com/a.bin')).toBe('ok');
    expect(kindOf('http://my.ota.tasmota.com.example/a.bin')).toBe('ok');
  });

  it('says what to do in every refusal', () => {
    for (const { sentence, action, source } of refusedHosts) {
      expect(sentence).toEqual(saying(/\.$/));
      expect(action).toEqual(saying(/\.$/));
      expect(source).not.toBe('');
    }
  });

  const parts = fc.constantFrom(
    ...[
      'http',
      'https',
      ':',
      '//',
      '/',
      '\\',
      '?',
      '#',
      '@',
      '%',
      '%2f',
      '..',
      '.',
      '[',
      ']',
      '::1',
      '1',
      '8080',
    ],
    ...[
      'a',
      'ota.tasmota.com',
      'm.example',
      '.bin',
      ' ',
      '\n',
      '\u0000',
      '\u202e',
      'ä',
      '\ud800',
      'javascript:',
    ],
  );
  const text = fc.oneof(
    fc.string(),
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.array(parts, { maxLength: 30 }).map((all) => all.join('')),
    fc.array(parts, { maxLength: 30 }).map((all) => `http://m/${all.join('')}`),
  );

  it('never throws, and whatever it accepts the device can send', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = parseDownloadUrl(typed);
        if (!parsed.ok) {
          expect(parsed.failure.sentence).toEqual(saying(/\.$/));
          expect(parsed.failure.action).toEqual(saying(/\.$/));
          return;
        }
        const { href, host, path, file } = parsed.value;
        expect(href).toBe(`http://${host}${path}`);
        expect(href).toMatch(/^http:\/\/[^/:@?#\s[\]]{1,50}(:\d{1,5})?\/[!-~]*$/);
        expect(path).not.toMatch(/[:?#\\]/);
        expect(path.length).toBeLessThanOrEqual(128);
        expect(path.endsWith(file) && file !== '').toBe(true);
        expect(new URL(href).href).toBe(href);
        expect(parseDownloadUrl(href)).toEqual(parsed);
      }),
      { numRuns: 2000 },
    );
  });

  it('resolves any text inside the mirror, or to a whole address, or refuses it', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const resolved = resolveFirmware(typed, 'http://m.example:8080/dir/');
        if (!resolved.ok || /^\s*[a-z][a-z0-9+.-]*:/i.test(typed)) return;
        expect(resolved.value.href.startsWith('http://m.example:8080/dir/')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('resolveFirmware', () => {
  const hrefOf = (typed: string, folder = base) => {
    const resolved = resolveFirmware(typed, folder);
    return resolved.ok ? resolved.value.href : resolved.failure.kind;
  };

  it.each([
    ['tasmota-latest-lite.bin', 'http://sonoff-ota.aelius.com/tasmota-latest-lite.bin'],
    ['http://192.168.1.10:8080/tasmota-lite.bin', 'http://192.168.1.10:8080/tasmota-lite.bin'],
    ['release-12.2.0/tasmota-lite.bin', 'http://sonoff-ota.aelius.com/release-12.2.0/tasmota-lite.bin'],
    ['', 'empty'],
    ['tasmota lite.bin', 'whitespace'],
    ['tasmota.bin?x', 'query'],
    ['dir/', 'folder'],
    ['https://x/y.bin', 'https'],
    ['ota.tasmota.com/tasmota/release/tasmota-lite.bin', 'refused-host'],
    ['192.168.1.10/tasmota-lite.bin', 'no-scheme'],
    ['//evil.example/tasmota-lite.bin', 'outside'],
  ])('%s → %s', (typed, expected) => expect(hrefOf(typed)).toBe(expected));

  it('does not leave the folder of the mirror', () => {
    expect(hrefOf('../a.bin', 'http://m/dir/')).toBe('outside');
    expect(hrefOf('/a.bin', 'http://m/dir/')).toBe('outside');
    expect(hrefOf('%2e%2e/a.bin', 'http://m/dir/')).toBe('outside');
    expect(hrefOf('x/../a.bin', 'http://m/dir/')).toBe('http://m/dir/a.bin');
  });

  it('refuses rather than throws when there is no mirror', () =>
    expect(hrefOf('a.bin', '')).toBe('not-a-url'));
});
