import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/firmware/digest.ts';
import { examine } from '../../../src/firmware/report.ts';
import { buildImage, putCrc, reseal } from '../../images/esp8266-image.ts';
import type { ImageFlavour } from '../../images/flavours.ts';
import { cores, oddSegments } from '../../images/generations.ts';
import * as other from '../../images/other-files.ts';
import { judgeBoot } from '../../simulator/boot.ts';

async function isAccepted(bytes: Uint8Array): Promise<boolean> {
  return examine(bytes, { digest: await digestOf(bytes), name: 'image.bin' }).answer !== 'fail';
}

/** Preflight may refuse what would boot, but must not accept what would not. */
async function expectHonest(bytes: Uint8Array, name: unknown): Promise<void> {
  if (await isAccepted(bytes)) expect({ name, ...judgeBoot(bytes) }).toMatchObject({ name, boots: true });
}

const good: readonly (readonly [string, Uint8Array])[] = [
  ...(
    [
      'tasmota-lite',
      'tasmota',
      'tasmota-sensors',
      'tasmota-ir',
      'tasmota-DE',
      'esphome',
    ] satisfies ImageFlavour[]
  ).map(
    (flavour) =>
      [flavour, buildImage({ flavour, version: flavour === 'esphome' ? '2021.12.3' : '8.5.0' })] as const,
  ),
  ['core 3', buildImage({ layout: 'core3' })],
  ...cores.flatMap(({ core, spec }) => [
    [`core ${core}`, buildImage(spec)] as const,
    [`core ${core}, odd parts`, buildImage({ ...spec, segments: oddSegments })] as const,
  ]),
  ['without CRC', buildImage({ crc: false })],
  ['4 MB in the header', buildImage({ flashSize: 4 })],
  ['80 MHz', buildImage({ flashSpeed: 15 })],
  ['the largest', buildImage({ size: 520_192 })],
  ['in the grey zone', buildImage({ size: 508_016 })],
  ['espurna', buildImage({ flavour: 'espurna', version: '1.15.0' })],
  ['of nobody', buildImage({ flavour: 'unknown' })],
];

const base = buildImage();
const bad: readonly (readonly [string, Uint8Array])[] = [
  ['minimal', buildImage({ flavour: 'tasmota-minimal' })],
  ['minimal in German', buildImage({ flavour: 'tasmota-minimal-translated' })],
  ['too large', buildImage({ size: 520_208 })],
  ...[0, 1, 2].map((mode) => [`mode ${mode}`, buildImage({ mode })] as const),
  ['gzip', other.gzipOf(base)],
  ['zip', other.zipOf(base)],
  ['HTML', other.htmlPage()],
  ['empty', new Uint8Array()],
  ['zeros', new Uint8Array(40_000)],
  ['erased', new Uint8Array(40_000).fill(0xff)],
  ['SDK user1', other.sdkUserImage()],
  ['MicroPython', other.microPython()],
  ['NodeMCU', other.nodeMcu()],
  ['HAA', other.haa()],
  ['rboot', other.rboot()],
  ['RTOS SDK', other.rtosSdk()],
  ['a whole SDK firmware', other.sdkWhole()],
  ['LittleFS', other.littleFs()],
  ['SPIFFS', other.spiffs()],
  ['a dump of 1 MB', other.flashDump(base)],
  ...other.otherChips.map(([name, bytes]) => [name, bytes] as const),
  ['without eboot', other.withoutEboot()],
  ['ESP32 with a crafted application', other.esp32WithCraftedApp()],
  ...other.chips.map(([chip]) => [chip, other.esp32Image(chip)] as const),
  ['cut in the middle', other.truncated(base, 20_000)],
  ['a page short', other.truncated(base, base.length - 4096)],
  ['one byte short', other.truncated(base, base.length - 1)],
  ['entry elsewhere', buildImage({ appEntry: 0x40201010 })],
  ['mapped elsewhere', buildImage({ iromAddress: 0x40202010 })],
  ['a segment nowhere', buildImage({ segments: [{ address: 0x50000000, length: 316 }] })],
  ['eboot entry elsewhere', buildImage({ ebootEntry: 0x40100000 })],
  ['wrong CRC', base.with(0xffc, (base[0xffc] ?? 0) ^ 1)],
];

describe('what preflight accepts boots', () => {
  it.each(good)('%s: accepted, and boots', async (_, bytes) => {
    expect(await isAccepted(bytes)).toBe(true);
    expect(judgeBoot(bytes)).toMatchObject({ boots: true });
  });

  it.each(bad)('%s: refused, and would not boot', async (_, bytes) => {
    expect(await isAccepted(bytes)).toBe(false);
    expect(judgeBoot(bytes)).toMatchObject({ boots: false });
  });

  it.each([
    ['with trailing bytes', other.withTrailing(base, 16)],
    ['with one byte too many', other.withTrailing(base, 1)],
    // Core 3 always writes a CRC, so preflight may take a file without one for damaged.
    ['core 3 without CRC', buildImage({ layout: 'core3', crc: false })],
  ])('%s: refused or boots', async (name, bytes) => {
    await expectHonest(bytes, name);
  });

  it.each([
    ['core 2.7', { size: 32_768 }],
    ['core 2.6, without a CRC', { size: 32_768, crc: false, ebootLength: 0x568, ebootEntry: 0x4010f29c }],
    [
      'core 3',
      { size: 32_768, layout: 'core3', ebootLength: 0xd60, ebootEntry: 0x4010f480, segments: oddSegments },
    ],
  ] as const)(
    '%s with any bytes changed, with the checksums as they were or made right again',
    async (_, spec) => {
      const image = buildImage(spec);
      const edits = fc.array(fc.tuple(fc.nat(image.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
      // Headers are where a change is not noise.
      const header = fc.array(
        fc.tuple(fc.oneof(fc.nat(64), fc.integer({ min: 0xff0, max: 0x1030 })), fc.nat(255)),
        { minLength: 1, maxLength: 4 },
      );
      const seal = fc.constantFrom<(bytes: Uint8Array) => Uint8Array>(
        (bytes) => bytes,
        (bytes) => putCrc(bytes),
        (bytes) => putCrc(bytes, 0x1010),
        (bytes) => sealed(bytes),
      );
      await fc.assert(
        fc.asyncProperty(fc.oneof(edits, header), seal, async (changes, close) => {
          const bytes = image.slice();
          for (const [at, value] of changes) bytes[at] = value;
          await expectHonest(close(bytes), changes);
        }),
        { numRuns: 300 },
      );
    },
  );

  it('cut anywhere', async () => {
    for (let length = 0; length < base.length; length += 997) {
      await expectHonest(base.slice(0, length), length);
    }
  });
});

function sealed(bytes: Uint8Array): Uint8Array {
  try {
    return reseal(bytes);
  } catch {
    // A segment that reaches out of the file has no checksum to make right.
    return bytes;
  }
}

const folder = new URL('../../../../shared/firmware/', import.meta.url);
const real = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(?:bin|gz)$/.test(name)) : [];
if (real.length === 0) console.warn(`Skipping the real firmware files: there are none in ${folder.pathname}`);

describe.runIf(real.length > 0)('real files', () => {
  it.each(real)('%s: accepted exactly when it boots', async (name) => {
    const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
    expect(await isAccepted(bytes)).toBe(judgeBoot(bytes).boots);
  });
});
