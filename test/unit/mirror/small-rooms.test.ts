import { describe, expect, it } from 'vitest';
import { probeRanges, takeSlices } from '../../../src/mirror/fetch/slices.ts';
import { looksLikeWebPage } from '../../../src/mirror/fetch/web-page.ts';
import { buildDeviceQuery } from '../../../src/mirror/probe/device-query.ts';
import { checkReach } from '../../../src/mirror/url/reach.ts';
import { imageOf, sha256hex } from './image.ts';
import { urlOf } from './raw-mirror.ts';

describe('slices', () => {
  it('are the first, a middle and the last range of the published trace', () => {
    expect(probeRanges(469_840)).toEqual([
      { start: 0, end: 4095 },
      { start: 233_472, end: 237_567 },
      { start: 466_944, end: 469_839 },
    ]);
  });

  it.each([
    [0, []],
    [1, [[0, 0]]],
    [4096, [[0, 4095]]],
    [
      4097,
      [
        [0, 4095],
        [4096, 4096],
      ],
    ],
    [
      8192,
      [
        [0, 4095],
        [4096, 8191],
      ],
    ],
    [
      12_288,
      [
        [0, 4095],
        [4096, 8191],
        [8192, 12_287],
      ],
    ],
  ])('of %i bytes do not repeat and do not overrun', (size, expected) => {
    expect(probeRanges(size).map(({ start, end }) => [start, end])).toEqual(expected);
  });

  it('keep the digest of their bytes', async () => {
    const bytes = imageOf(10_000);
    const slices = await takeSlices(bytes, sha256hex);
    expect(slices).toHaveLength(3);
    for (const { start, end, digest } of slices) {
      expect(digest).toBe(await sha256hex(bytes.subarray(start, end + 1)));
    }
  });
});

describe('the query of the device', () => {
  it('looks like the logged one', () => {
    expect(buildDeviceQuery('10011b78f7')).toMatch(/^deviceid=10011b78f7&ts=\d{1,10}&sign=[0-9a-f]{64}$/);
    expect(buildDeviceQuery()).not.toBe(buildDeviceQuery());
  });
});

describe('looksLikeWebPage', () => {
  it.each([
    ['<!DOCTYPE html>', true],
    ['\uFEFF \r\n\t<html>', true],
    ['<?xml version="1.0"?>', true],
    ['', false],
    [' \n', false],
    ['<', false],
    ['< a', false],
    ['\u00e9<html>', false],
  ])('%j: %s', (text, looks) => expect(looksLikeWebPage(new TextEncoder().encode(text))).toBe(looks));
});

describe('checkReach', () => {
  it.each([
    ['http://127.0.0.1:8080/a.bin', '192.168.1.104', 'fail'],
    ['http://localhost/a.bin', '192.168.1.104', 'fail'],
    ['http://127.0.0.1:8080/a.bin', '127.0.0.1', 'pass'],
    ['http://127.0.0.1:8080/a.bin', '127.0.0.1:8081', 'pass'],
    ['http://mybox.local/a.bin', '192.168.1.104', 'warn'],
    ['http://mybox:8000/a.bin', '192.168.1.104', 'warn'],
    ['http://192.168.1.10:8000/a.bin', '192.168.1.104', 'pass'],
    ['http://sonoff-ota.aelius.com/a.bin', 'eWeLink_1000abcdef.local', 'pass'],
  ])('%s from %s → %s', (url, device, answer) => expect(checkReach(urlOf(url), device).answer).toBe(answer));
});
