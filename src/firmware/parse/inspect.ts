/*
 * How a file is laid out, by generation of the Arduino core. Judges nothing; imports core.
 */
import { type Text, text } from '../../core/text.ts';
import { wordAt } from './bytes.ts';
import { crcWithHole } from './crc.ts';
import { type CrcPlace, type Generation, generationOf, isEbootOf } from './generations.ts';
import { type Image, readImage } from './image.ts';
import type { ImageKind } from './image-kind.ts';
import { recognise } from './kinds.ts';
import { type LayoutPart, layOut } from './layout.ts';
import { type Fault, faultsOf } from './rules.ts';

/**
 * What the file says of its own length and CRC. `absent` is what lies there when nobody wrote them; `extended` a CRC
 * that is right for the first `length` bytes, behind which there are more; half of a CRC, or a length or a CRC that
 * does not fit, is `wrong`.
 */
export interface SelfCrc {
  readonly state: 'valid' | 'absent' | 'extended' | 'wrong';
  readonly offset: number;
  readonly length: number;
  readonly stored: number;
  readonly computed: number | null;
}

/** Everything that can be read from the bytes alone. It can be stored and sent as JSON. */
export interface Inspection {
  readonly size: number;
  readonly kind: ImageKind;
  /** Finishes the sentence "This is …". */
  readonly what: Text;
  /** The chip that the file is for, where its header tells. */
  readonly chip: string | null;
  /** The name of what is inside an archive, where its header tells. */
  readonly contains: string | null;
  readonly eboot: Image | null;
  readonly app: Image | null;
  /** The Arduino core that the boot loader is of ("3.1 or newer"); null for a boot loader that no core had. */
  readonly core: Text | null;
  readonly crc: SelfCrc | null;
  /** Where the file ends by its own account, or null. */
  readonly expectedSize: number | null;
  /** True when the file stops before its own end, even where nobody can say by how much. */
  readonly isTruncated: boolean;
  readonly faults: readonly Fault[];
  readonly layout: readonly LayoutPart[];
}

const appOffset = 0x1000;

function readCrc(bytes: Uint8Array, { offset, blank }: CrcPlace): SelfCrc | null {
  const length = wordAt(bytes, offset);
  const stored = wordAt(bytes, offset + 4);
  if (length === null || stored === null) return null;
  if (length === blank && stored === blank)
    return { state: 'absent', offset, length, stored, computed: null };
  // Bytes that were added behind the end are no part of what the CRC was made of.
  const computed = crcWithHole(bytes.subarray(0, length), offset);
  const isRight = stored === computed && length <= bytes.length;
  const state = !isRight ? 'wrong' : length === bytes.length ? 'valid' : 'extended';
  return { state, offset, length, stored, computed };
}

/** The length that the file states together with its CRC, as far as it can be believed. */
function statedSize(crc: SelfCrc | null, size: number): number | null {
  if (crc === null || crc.state === 'absent') return null;
  return crc.length > size && crc.length <= 0x100000 ? crc.length : null;
}

/** A right CRC proves nothing where no core keeps it for such a boot loader: Mongoose OS has one of two parts. */
function mismatch({ segmentCount }: Image, { ebootParts }: Generation): Fault[] {
  if (segmentCount === ebootParts) return [];
  const detail = text(
    'firmware_fault_generation',
    'it has {parts} parts, and the CRC lies where builds with {expected} keep it',
    { parts: segmentCount, expected: ebootParts },
  );
  return [{ part: 'eboot', rule: 'generation', detail }];
}

/** Reads a file. Any bytes give an answer; nothing is thrown. */
export function inspect(bytes: Uint8Array): Inspection {
  const size = bytes.length;
  const { kind, what, chip, contains } = recognise(bytes);
  if (kind !== 'esp8266') {
    return {
      size,
      kind,
      what,
      chip,
      contains,
      eboot: null,
      app: null,
      core: null,
      crc: null,
      expectedSize: null,
      isTruncated: false,
      faults: [],
      layout: layOut(size, null, null, null),
    };
  }

  const eboot = readImage(bytes, 0);
  const generation = generationOf(bytes, eboot);
  const crc = readCrc(bytes, generation.crc);
  const app = readImage(bytes, appOffset, { hole: generation.crc.offset, iramEnd: generation.iramEnd });
  const isProven = crc?.state === 'valid';
  const expectedSize = statedSize(crc, size) ?? app?.end ?? null;
  return {
    size,
    kind,
    what,
    chip,
    contains,
    eboot,
    app,
    core: eboot !== null && isEbootOf(generation, eboot) ? generation.core : null,
    crc,
    expectedSize,
    isTruncated:
      (expectedSize !== null && expectedSize > size) ||
      size < appOffset + 16 ||
      (app !== null && app.segments.length < app.segmentCount && app.segmentCount <= 16),
    faults: [
      ...(eboot === null ? [] : faultsOf('eboot', eboot, isProven)),
      ...(eboot === null ? [] : mismatch(eboot, generation)),
      ...(app === null ? [] : faultsOf('app', app, isProven)),
    ],
    layout: layOut(size, eboot, app, crc !== null && crc.state !== 'absent' ? crc.offset : null),
  };
}
