import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createDigest, digestOf } from '../../../src/firmware/digest.ts';
import { named } from '../../../src/firmware/identify/name.ts';
import { inBytes } from '../../../src/firmware/limits.ts';
import { examine } from '../../../src/firmware/report.ts';
import { buildImage, fill } from '../../images/esp8266-image.ts';

describe('the digest', () => {
  it('is SHA-256, however the bytes are cut', async () => {
    const bytes = fill(100_000, 3);
    const expected = createHash('sha256').update(bytes).digest('hex');
    const digest = await createDigest();
    for (let at = 0; at < bytes.length; at += 7919) digest.update(bytes.subarray(at, at + 7919));
    expect(digest.hex()).toBe(expected);
    expect(await digestOf(bytes)).toBe(expected);
  });

  it('of nothing is known', async () => {
    expect((await createDigest()).hex()).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('can be taken of two things at a time', async () => {
    const [one, two] = [await createDigest(), await createDigest()];
    one.update(new Uint8Array([1]));
    two.update(new Uint8Array([2]));
    expect(one.hex()).toBe(await digestOf(new Uint8Array([1])));
    expect(two.hex()).toBe(await digestOf(new Uint8Array([2])));
  });
});

it('counts bytes in English', () => {
  expect([0, 1, 999, 1000, 517_328].map(inBytes)).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1,000 bytes',
    '517,328 bytes',
  ]);
});

describe('the report', () => {
  const digest = 'a'.repeat(64);

  it('puts the gravest check first and says the answer', () => {
    const report = examine(buildImage({ mode: 2, flashSize: 4 }), { digest, name: 'x.bin' });
    expect(report.answer).toBe('fail');
    expect(report.checks.slice(0, 2).map(({ id }) => id)).toEqual(['image-mode', 'image-flash-size']);
  });

  it('refuses a good file that is not the one the mirror means', () => {
    const report = examine(buildImage(), { digest, name: 'x.bin', sidecar: `${'b'.repeat(64)}  x.bin` });
    expect(report).toMatchObject({ answer: 'fail', title: named('Tasmota 8.5.0 lite') });
    expect(report.checks[0]?.id).toBe('image-digest-sidecar');
  });

  it('is not told by a digest on the mirror that a file without a CRC is right', () => {
    const report = examine(buildImage({ crc: false }), { digest, name: 'x.bin', sidecar: digest });
    const warnings = report.checks.filter(({ answer }) => answer === 'warn' || answer === 'fail');
    expect(warnings.map(({ id }) => id)).toEqual(['image-crc']);
  });

  it('asks every question once', () => {
    const report = examine(buildImage(), { digest, name: 'tasmota-lite.bin', sidecar: digest });
    const ids = report.checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^image-[a-z-]+$/);
  });
});
