import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { needsWarning, parseAddress } from '../../../src/zeroconf/device/address.ts';

const accepted: readonly (readonly [typed: string, host: string, reach: string])[] = [
  ['192.168.1.104', '192.168.1.104', 'private'],
  ['  10.0.0.1 ', '10.0.0.1', 'private'],
  ['172.31.255.254:8081', '172.31.255.254', 'private'],
  ['172.32.0.1', '172.32.0.1', 'public'],
  ['169.254.7.7', '169.254.7.7', 'link-local'],
  ['127.0.0.1', '127.0.0.1', 'loopback'],
  ['8.8.8.8', '8.8.8.8', 'public'],
  ['100.64.0.9', '100.64.0.9', 'public'],
  ['http://192.168.1.104:8081/zeroconf/info', '192.168.1.104', 'private'],
  ['HTTP://192.168.1.104', '192.168.1.104', 'private'],
  ['192.168.1.104/zeroconf/info', '192.168.1.104', 'private'],
  ['http://192.168.1.104/?x#y', '192.168.1.104', 'private'],
  ['eWeLink_1000abcdef.local', 'ewelink_1000abcdef.local', 'local-name'],
  ['eWeLink_1000abcdef.local.', 'ewelink_1000abcdef.local', 'local-name'],
  ['eWeLink_1000abcdef.local:8081', 'ewelink_1000abcdef.local', 'local-name'],
  ['sonoff', 'sonoff', 'local-name'],
  ['sonoff.fritz.box', 'sonoff.fritz.box', 'local-name'],
  ['sonoff.home.arpa', 'sonoff.home.arpa', 'local-name'],
  ['a.lan', 'a.lan', 'local-name'],
  ['a.home', 'a.home', 'local-name'],
  ['a.internal', 'a.internal', 'local-name'],
  ['device.test', 'device.test', 'local-name'],
  ['localhost', 'localhost', 'loopback'],
  ['sonoff.example.com', 'sonoff.example.com', 'name'],
  ['notlocal', 'notlocal', 'local-name'],
  ['evil.notlocal', 'evil.notlocal', 'name'],
  ['fe80::1', '[fe80::1]', 'link-local'],
  ['[FE80:0:0::1]:8081', '[fe80::1]', 'link-local'],
  ['http://[fd00::7]:8081/', '[fd00::7]', 'private'],
  ['::1', '[::1]', 'loopback'],
  ['::ffff:192.168.1.1', '[::ffff:c0a8:101]', 'private'],
  ['::ffff:8.8.8.8', '[::ffff:808:808]', 'public'],
  ['2a00::1', '[2a00::1]', 'public'],
];

const refused: readonly (readonly [typed: string, kind: string])[] = [
  ['', 'empty'],
  [' \t\n', 'empty'],
  ['192.168.1.104:80', 'port'],
  ['192.168.1.104:', 'port'],
  ['192.168.1.104:08081', 'port'],
  ['[fe80::1]:80', 'port'],
  ['http://sonoff.local:8080/', 'port'],
  ['https://192.168.1.104:8081/', 'https'],
  ['HTTPS://x', 'https'],
  ['http://me:secret@192.168.1.104:8081/', 'credentials'],
  ['me@192.168.1.104', 'credentials'],
  ['192.168.1', 'not-ipv4'],
  ['192.168.1.256', 'not-ipv4'],
  ['192.168.01.104', 'not-ipv4'],
  ['192.168.1.104.', 'not-ipv4'],
  ['0300.0250.1.1', 'not-ipv4'],
  ['0xc0.0xa8.0x1.0x1', 'not-ipv4'],
  ['0xc0a80168', 'not-ipv4'],
  ['3232235880', 'not-ipv4'],
  ['sonoff.0x1f', 'not-ipv4'],
  ['1.2.3.4.5', 'not-ipv4'],
  ['0.0.0.0', 'unspecified'],
  ['0.1.2.3', 'unspecified'],
  ['[::]', 'unspecified'],
  ['::ffff:0.0.0.0', 'unspecified'],
  ['224.0.0.251', 'multicast'],
  ['[ff02::fb]', 'multicast'],
  ['255.255.255.255', 'broadcast'],
  ['fe80::1%eth0', 'zone'],
  ['[fe80::1%25eth0]', 'zone'],
  ['ftp://192.168.1.104/', 'not-an-address'],
  ['http:/192.168.1.104', 'not-an-address'],
  ['http://', 'not-an-address'],
  ['http://fe80::1/', 'not-an-address'],
  ['192.168.1.0/24', 'not-an-address'],
  ['192.168.1.1\\x', 'not-an-address'],
  ['my device', 'not-an-address'],
  ['sönoff.local', 'not-an-address'],
  ['-a.local', 'not-an-address'],
  ['a..local', 'not-an-address'],
  ['.', 'not-an-address'],
  ['xn--a', 'not-an-address'],
  ['a%2eb', 'not-an-address'],
  ['１９２.168.1.1', 'not-an-address'],
  ['\u212aitchen.local', 'not-an-address'],
  ['[fe80::1', 'not-an-address'],
  ['[::1]x', 'not-an-address'],
  ['[192.168.1.1]', 'not-an-address'],
  ['1::2::3', 'not-an-address'],
  [`${'a'.repeat(64)}.local`, 'not-an-address'],
];

const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'0129afx.:[]/@%-_ \\#?http') }),
  fc.ipV4Extended(),
  fc.ipV6(),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.domain(),
);

describe('parseAddress', () => {
  it.each(accepted)('takes %j as %s (%s)', (typed, host, reach) => {
    expect(parseAddress(typed)).toEqual({ ok: true, value: { host, reach } });
  });

  it.each(refused)('refuses %j as %s', (typed, kind) => {
    expect(parseAddress(typed)).toMatchObject({ ok: false, failure: { kind } });
  });

  it('says a sentence of its own for each mistake', () => {
    const said = new Map<string, string>();
    for (const [typed, kind] of refused) {
      const result = parseAddress(typed);
      if (!result.ok) said.set(kind, inEnglish(result.failure.sentence));
    }
    expect(new Set(said.values()).size).toBe(said.size);
    expect(said.size).toBe(10);
  });

  it('never takes a host that a URL would change, nor one with a user or a port', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const result = parseAddress(text);
        if (!result.ok)
          return inEnglish(result.failure.sentence) !== '' && inEnglish(result.failure.action) !== '';
        const url = new URL(`http://${result.value.host}:8081/`);
        return url.hostname === result.value.host && url.port === '8081' && url.username === '';
      }),
      { numRuns: 1_000 },
    );
  });

  it('takes every plain IPv4 address outside the special ranges as it stands', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        const first = Number(text.split('.')[0]);
        const result = parseAddress(text);
        if (first === 0 || (first >= 224 && first < 240) || text === '255.255.255.255') return !result.ok;
        return result.ok && result.value.host === text;
      }),
    );
  });

  it('takes what it has made', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = parseAddress(text);
        if (once.ok) expect(parseAddress(once.value.host)).toEqual(once);
      }),
    );
  });
});

describe('needsWarning', () => {
  it.each([
    ['8.8.8.8', true],
    ['sonoff.example.com', true],
    ['192.168.1.104', false],
    ['fe80::1', false],
    ['127.0.0.1', false],
    ['sonoff.local', false],
  ])('%s: %s', (typed, warned) => {
    const address = parseAddress(typed);
    if (!address.ok) throw new Error(typed);
    const warning = needsWarning(address.value);
    expect(warning !== null).toBe(warned);
    if (warning !== null) expect(inEnglish(warning)).toContain(address.value.host);
  });
});
