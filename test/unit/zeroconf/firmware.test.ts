import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion } from '../../../src/zeroconf/device/firmware-version.ts';
import { quirksOf } from '../../../src/zeroconf/device/quirks.ts';

describe('parseVersion', () => {
  it.each([
    ['3.6.0', [3, 6, 0]],
    [' v3.6 ', [3, 6, 0]],
    ['3.10.2-beta', [3, 10, 2]],
    ['', null],
    ['3', null],
    ['3.', null],
    ['3.6.', null],
    ['3.6.0.1', null],
    ['x3.6.0', null],
    ['-3.6.0', null],
    ['999999.1.1', null],
    [null, null],
  ])('%j', (text, version) => {
    expect(parseVersion(text)).toEqual(version);
  });

  it('reads what it prints, and orders by number', () => {
    const part = fc.nat(99_999);
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const one = parseVersion(`${a}.${b}.${c}`);
        const two = parseVersion(`${a}.${b}.${d}`);
        if (one === null || two === null) throw new Error('unread');
        expect(one).toEqual([a, b, c]);
        expect(Math.sign(compareVersions(one, two))).toBe(Math.sign(c - d));
      }),
    );
  });
});

describe('quirksOf', () => {
  it.each([
    ['3.5.0', { hostBug: 'known', emptyDeviceidResets: 'no', jumper: false }],
    ['3.6.0', { hostBug: 'known', lowerCaseDigest: 'known', emptyDeviceidResets: 'no' }],
    ['3.7.6', { hostBug: 'assumed', emptyDeviceidResets: 'known', unlockMayFail: true }],
    ['3.3.0', { jumper: true, hostBug: 'assumed' }],
    ['1.4.1', { hostBug: 'no-host', malformedDownload: true }],
    ['1.4.0', { malformedDownload: false }],
  ])('%s', (version, quirks) => {
    expect(quirksOf(version)).toMatchObject(quirks);
  });

  it.each([[null], [''], ['garbage'], ['99.1.0']])('is careful with %j', (version) => {
    expect(quirksOf(version)).toMatchObject({
      hostBug: 'assumed',
      lowerCaseDigest: 'assumed',
      emptyDeviceidResets: 'assumed',
      malformedDownload: false,
    });
  });

  it('names a source for every quirk of every version, and never trusts the Host', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.tuple(fc.nat(4), fc.nat(9), fc.nat(9)).map((v) => v.join('.')),
        ),
        (text) => {
          const { sources, hostBug } = quirksOf(text);
          return Object.values(sources).every((source) => source !== '') && hostBug.length > 0;
        },
      ),
    );
  });
});
