import type { ImageSpec, SegmentSpec } from './esp8266-image.ts';

/** What the builds of one Arduino core have in common, as far as the image builder is concerned. */
export interface CoreSpec {
  readonly core: string;
  readonly spec: Pick<ImageSpec, 'layout' | 'crc' | 'ebootLength' | 'ebootEntry'>;
}

const core2 = (core: string, crc: boolean, ebootLength: number, ebootEntry: number): CoreSpec => ({
  core,
  spec: { layout: 'core2', crc, ebootLength, ebootEntry },
});

const core3 = (core: string, ebootLength: number, ebootEntry: number): CoreSpec => ({
  core,
  spec: { layout: 'core3', crc: true, ebootLength, ebootEntry },
});

/** The boot loaders of the releases of esp8266/Arduino: `bootloaders/eboot/eboot.elf` at each tag. */
export const cores: readonly CoreSpec[] = [
  core2('2.0.0', false, 0x4f0, 0x4010f240),
  core2('2.3.0', false, 0x568, 0x4010f29c),
  core2('2.6.3', false, 0x570, 0x4010f29c),
  core2('2.7.0', true, 0xe48, 0x4010f42c),
  core2('2.7.1', true, 0xd80, 0x4010f3e4),
  core2('2.7.2', true, 0xe50, 0x4010f45c),
  core2('2.7.4', true, 0xe00, 0x4010f45c),
  core2('3.0.0-dev', true, 0xe20, 0x4010f498),
  core3('3.0.2', 0xd84, 0x4010f494),
  core3('3.1.2', 0xd60, 0x4010f480),
];

/** Parts that are no whole number of words, as the linker script leaves them: the next header lies in between. */
export const oddSegments: readonly SegmentSpec[] = [
  { address: 0x40100000, length: 0x102 },
  { address: 0x40100104, length: 0x8cd },
  { address: 0x3ffe8000, length: 0x5e0 },
  { address: 0x3ffe8620, length: 0x454 },
];
