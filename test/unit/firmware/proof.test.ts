import { describe, expect, it } from 'vitest';
import { identify } from '../../../src/firmware/identify/identify.ts';
import { named } from '../../../src/firmware/identify/name.ts';
import { inspect } from '../../../src/firmware/parse/inspect.ts';
import { readAssetName, titleOfAsset } from '../../../src/firmware/releases/asset-names.ts';
import { readSidecar } from '../../../src/firmware/releases/digest-line.ts';
import { findKnownImage, knownImages } from '../../../src/firmware/releases/known-images.ts';
import { type Evidence, proveDigest } from '../../../src/firmware/releases/proof.ts';
import type { Releases } from '../../../src/firmware/releases/releases.ts';
import { buildImage } from '../../images/esp8266-image.ts';
import { saying, sayingJust } from '../saying.ts';

const own = 'a'.repeat(64);
const other = 'b'.repeat(64);
const another = 'c'.repeat(64);
const size = 40_960;

const lite = (digest: string | null, bytes = size) => ({ name: 'tasmota-lite.bin', size: bytes, digest });
const releases: Releases = {
  etag: null,
  releases: [
    { tag: 'v15.1.0', version: '15.1.0', assets: [lite(other)] },
    {
      tag: 'v15.0.1',
      version: '15.0.1',
      assets: [lite(another), { name: 'tasmota.bin', size, digest: another }],
    },
    { tag: 'v14.1.0', version: '14.1.0', assets: [lite(null, 517_328)] },
  ],
};
const official: Releases = {
  etag: null,
  releases: [{ tag: 'v15.1.0', version: '15.1.0', assets: [lite(own)] }],
};

function prove(
  evidence: Partial<Evidence>,
  version = '15.1.0',
  flavour: 'tasmota-lite' | 'esphome' = 'tasmota-lite',
) {
  const bytes = buildImage({ version, flavour });
  return proveDigest(
    { digest: own, size, name: 'firmware.bin', ...evidence },
    identify(bytes, inspect(bytes)),
  );
}

const answers = (evidence: Partial<Evidence>, version?: string) =>
  prove(evidence, version).checks.map(({ id, answer }) => `${id} ${answer}`);

describe('the digest beside the file', () => {
  const name = 'tasmota-lite.bin';
  it.each([
    ['of sha256sum', `${own} *${name}\n`, 'pass'],
    ['of sha256sum, as text', `${own}  ${name}\n`, 'pass'],
    ['with a path', `${own}  ./release/${name}\n`, 'pass'],
    ['of BSD', `SHA256 (${name}) = ${own}`, 'pass'],
    ['alone', own.toUpperCase(), 'pass'],
    ['among others', `${other}  tasmota.bin\r\n${own}  ${name}\r\n`, 'pass'],
    ['under another name', `${own}  tasmota-latest-lite.bin`, 'pass'],
    ['another', `${other} *${name}\n`, 'fail'],
    ['another, alone', other, 'fail'],
    ['of another file', `${other}  tasmota.bin`, 'unknown'],
    ['a web page', '<html>Not found</html>', 'unknown'],
    ['nothing', '', 'unknown'],
    ['too short', own.slice(1), 'unknown'],
  ])('%s', (_, sidecar, answer) => {
    expect(answers({ name, sidecar })[0]).toBe(`image-digest-sidecar ${answer}`);
    // Whoever replaces the file replaces what lies beside it.
    expect(prove({ name, sidecar }).isConfirmed).toBe(false);
  });

  it('is not asked for where there is none', () => {
    expect(answers({ name, sidecar: null, releases })).not.toContain('image-digest-sidecar unknown');
  });

  it('is read whatever it is', () => {
    expect(readSidecar('\0'.repeat(100_000))).toEqual([]);
  });
});

describe('official releases', () => {
  it('name the file, whatever it is called', () => {
    const proof = prove({ name: 'my.bin', releases: official });
    expect(proof).toMatchObject({ isConfirmed: true, title: named('Tasmota 15.1.0 lite') });
    expect(proof.checks[0]?.sentence).toEqual(
      sayingJust('This is Tasmota 15.1.0 lite, identical to the official release.'),
    );
  });

  it.each([
    'tasmota-lite.bin',
    'tasmota-15.1.0-lite.bin',
    'tasmota-latest-lite.bin',
    'tasmota-lite-v15.1.0.bin',
  ])('refuse %s that says it is 15.1.0 but is not', (name) =>
    expect(answers({ name, releases })).toEqual(['image-release fail']),
  );

  it('refuse a file whose name says a release that its contents are not', () => {
    expect(answers({ name: 'tasmota-15.1.0-lite.bin', releases }, '14.1.0')).toEqual(['image-release fail']);
  });

  it.each([
    [
      'a file of an older release under the same name',
      { name: 'tasmota-lite.bin', releases },
      '12.2.0',
      'No official release has this digest.',
    ],
    [
      'a development build',
      { name: 'tasmota-lite.bin', releases },
      '15.1.0.3',
      'No official release has this digest.',
    ],
    [
      'a build with a name of its own',
      { name: 'kitchen.bin', releases },
      '15.1.0',
      'No official release has this digest.',
    ],
    [
      'a release without digests',
      { name: 'tasmota-lite.bin', releases },
      '14.1.0',
      'No official release has this digest. tasmota-lite.bin of release 14.1.0 has 517,328 bytes.',
    ],
    [
      'no list',
      { name: 'tasmota-lite.bin', releases: null },
      '15.1.0',
      'GitHub could not be asked for the official releases, so this digest is compared with none.',
    ],
  ])('do not refuse %s', (_, evidence, version, sentence) => {
    const { checks, isConfirmed, title } = prove(evidence, version);
    expect(checks).toMatchObject([
      { id: 'image-release', answer: 'unknown', sentence: sayingJust(sentence) },
    ]);
    expect({ isConfirmed, title }).toEqual({ isConfirmed: false, title: null });
  });

  it('have nothing to do with other firmware', () => {
    expect(prove({ name: 'relay.bin', releases }, '2021.12.3', 'esphome').checks).toEqual([]);
  });

  it('do not take the version of other firmware for their own', () => {
    expect(prove({ name: 'tasmota-lite.bin', releases }, '15.1.0', 'esphome').checks).toEqual([]);
  });

  it('refuse other firmware that is named like a release', () => {
    const { checks } = prove({ name: 'tasmota-15.1.0-lite.bin', releases }, '2021.12.3', 'esphome');
    expect(checks).toMatchObject([{ id: 'image-release', answer: 'fail' }]);
  });

  it('know a digest only together with its size', () => {
    expect(prove({ releases: official, size: size + 16 }).isConfirmed).toBe(false);
  });
});

describe('a file from the Internet that says it is a release', () => {
  const isFromInternet = true;

  it.each<[string, Partial<Evidence>, RegExp]>([
    ['that GitHub does not know', { releases }, /No official release has this digest/],
    ['when GitHub could not be asked', { releases: null }, /GitHub could not be asked/],
    ['when GitHub could not be asked again', { releases: { ...releases, isOutdated: true } }, /asked again/],
    ['in spite of a digest beside it', { releases, sidecar: own }, /No official release/],
  ])('is a warning: %s', (_, evidence, words) => {
    const { checks, isConfirmed } = prove({ ...evidence, isFromInternet }, '14.1.0');
    const check = checks.find(({ id }) => id === 'image-release');
    expect(check).toMatchObject({ answer: 'warn', sentence: saying(words) });
    expect(check?.sentence).toEqual(saying('nobody except the mirror vouches for it'));
    expect(isConfirmed).toBe(false);
  });

  it('is one by its name too, whatever it holds', () => {
    const { checks } = prove({ name: 'tasmota-lite.bin', isFromInternet, releases }, '2021.12.3', 'esphome');
    expect(checks).toMatchObject([{ id: 'image-release', answer: 'warn' }]);
  });

  it('is none when GitHub or the list knows it, or when it says nothing of the kind', () => {
    expect(prove({ isFromInternet, releases: official }).checks[0]?.answer).toBe('pass');
    for (const { digest, size: bytes } of knownImages) {
      expect(prove({ digest, size: bytes, isFromInternet, releases }).checks[0]?.answer).toBe('pass');
    }
    expect(prove({ name: 'relay.bin', isFromInternet, releases }, '2021.12.3', 'esphome').checks).toEqual([]);
  });
});

describe('known images', () => {
  it('are found by digest and size', () => {
    for (const { digest, size: bytes, title } of knownImages) {
      expect(findKnownImage(digest, bytes)?.title).toBe(title);
      expect(findKnownImage(digest, bytes + 1)).toBeNull();
      expect(prove({ digest, size: bytes, releases })).toMatchObject({
        isConfirmed: true,
        title: named(title),
      });
    }
  });

  it('are listed once, with a source', () => {
    expect(new Set(knownImages.map(({ digest }) => digest)).size).toBe(knownImages.length);
    for (const { digest, source } of knownImages) {
      expect(digest).toMatch(/^[0-9a-f]{64}$/);
      expect(source).not.toBe('');
    }
  });
});

describe('names of assets', () => {
  it.each([
    ['tasmota-lite.bin', 'tasmota-lite.bin', null],
    ['tasmota.bin', 'tasmota.bin', null],
    ['TASMOTA-DE.bin', 'tasmota-de.bin', null],
    ['tasmota-14.1.0-lite.bin', 'tasmota-lite.bin', '14.1.0'],
    ['tasmota-8.2.0--tasmota-lite.bin', 'tasmota-lite.bin', '8.2.0'],
    ['tasmota-latest-lite.bin', 'tasmota-lite.bin', null],
    ['tasmota-lite (1).bin', 'tasmota-lite.bin', null],
    ['/downloads/tasmota-lite.bin', 'tasmota-lite.bin', null],
    ['C:\\fw\\tasmota_v15.0.1.bin', 'tasmota.bin', '15.0.1'],
  ])('%s', (name, asset, version) => expect(readAssetName(name)).toEqual({ asset, version }));

  it.each(['firmware.bin', 'tasmota-lite.bin.gz', 'sonoff-basic.bin', '', 'tasmota'])('not %s', (name) =>
    expect(readAssetName(name)).toBeNull(),
  );

  it('become titles', () => {
    expect(titleOfAsset('14.1.0', 'tasmota.bin')).toEqual(named('Tasmota 14.1.0'));
    expect(titleOfAsset('14.1.0', 'tasmota-DE.bin')).toEqual(named('Tasmota 14.1.0 DE'));
  });
});
