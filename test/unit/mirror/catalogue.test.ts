import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { refusedByName } from '../../../src/mirror/fetch/image-names.ts';
import { builtInMirrors, mirrorSchema, parseMirrorBase } from '../../../src/mirror/url/catalogue.ts';
import { resolveFirmware } from '../../../src/mirror/url/url-rules.ts';
import { saying } from '../saying.ts';

describe('parseMirrorBase', () => {
  it.each([
    ['http://sonoff-ota.aelius.com', 'http://sonoff-ota.aelius.com/'],
    ['sonoff-ota.aelius.com', 'http://sonoff-ota.aelius.com/'],
    ['192.168.1.10:8080', 'http://192.168.1.10:8080/'],
    ['mirror:8080/firmware', 'http://mirror:8080/firmware/'],
    ['http://m/dir/tasmota-lite.bin', 'http://m/dir/'],
    ['https://m/', 'https'],
    ['github.com/arendst', 'refused-host'],
    ['http://ota.tasmota.com/tasmota/release/', 'refused-host'],
    ['http://m/?x', 'query'],
    ['ftp://m/', 'scheme'],
    ['', 'empty'],
    [`http://m/${'a'.repeat(127)}`, 'path-too-long'],
  ])('%s → %s', (typed, expected) => {
    const parsed = parseMirrorBase(typed);
    expect(parsed.ok ? parsed.value : parsed.failure.kind).toBe(expected);
  });

  it('never throws, and what it gives it takes again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ validSchemes: ['http', 'https'] })), (typed) => {
        const parsed = parseMirrorBase(typed);
        if (!parsed.ok) return;
        expect(parsed.value).toMatch(/^http:\/\/[^/]+\/(.*\/)?$/);
        expect(parseMirrorBase(parsed.value)).toEqual(parsed);
      }),
    );
  });
});

describe('the mirrors that come with the extension', () => {
  it.each(builtInMirrors)('$name can be stored, and its files can be flashed', (mirror) => {
    expect(v.parse(mirrorSchema, structuredClone(mirror))).toEqual(mirror);
    for (const file of mirror.files) expect(resolveFirmware(file, mirror.base).ok).toBe(true);
  });

  it.each([
    { base: 'https://m/' },
    { base: 'http://m' },
    { base: 'http://m/?x' },
    { base: 'javascript:alert(1)' },
    { base: 7 },
    { range: 'yes' },
    { files: 'a.bin' },
    { name: '' },
  ])('a stored mirror with %o is damaged', (damage) => {
    expect(v.safeParse(mirrorSchema, { ...builtInMirrors[0], ...damage }).success).toBe(false);
  });
});

describe('file names', () => {
  it.each([
    'tasmota-minimal.bin',
    'tasmota-14.1.0-MINIMAL.bin',
    'tasmota-lite.bin.gz',
    'tasmota32.bin',
    'tasmota32c3.factory.bin',
    'esp32-firmware.bin',
  ])('%s is refused with a reason', (file) => {
    expect(refusedByName(file)).toEqual(saying(/\.$/));
  });

  it.each([
    'tasmota-latest-lite.bin',
    'tasmota-14.1.0-lite.bin',
    'tasmota.bin',
    'esphome-mini.bin',
    'firmware.bin',
  ])('%s is not', (file) => {
    expect(refusedByName(file)).toBeNull();
  });
});
