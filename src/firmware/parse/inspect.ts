import { type Fault, faultsOf } from '../checks/rules.ts';
import { wordAt } from './bytes.ts';
import { crcWithHole } from './crc.ts';
import { type Image, readImage } from './image.ts';
import { type ImageKind, recognise } from './kinds.ts';
import { type LayoutPart, layOut } from './layout.ts';

/**
 * What the file says of its own length and CRC. `absent` is what cores before 2.6.2 leave (padding); half of a
 * CRC, or a length or a CRC that does not fit, is `wrong`.
 */
export interface SelfCrc {
  readonly state: 'valid' | 'absent' | 'wrong';
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
  readonly what: string;
  /** The chip that the file is for, where its header tells. */
  readonly chip: string | null;
  /** The name of what is inside an archive, where its header tells. */
  readonly contains: string | null;
  readonly eboot: Image | null;
  readonly app: Image | null;
  readonly crc: SelfCrc | null;
  /** Where the file ends by its own account, or null. */
  readonly expectedSize: number | null;
  /** True when the file stops before its own end, even where nobody can say by how much. */
  readonly isTruncated: boolean;
  readonly faults: readonly Fault[];
  readonly layout: readonly LayoutPart[];
}

const appOffset = 0x1000;
const blank = 0xaaaaaaaa;

/** Core 2 keeps the CRC in front of the program; core 3, whose eboot has two parts, in its first words (#7844). */
const crcOffsets = { core2: appOffset - 8, core3: appOffset + 16 } as const;

function readCrc(bytes: Uint8Array, offset: number): SelfCrc | null {
  const length = wordAt(bytes, offset);
  const stored = wordAt(bytes, offset + 4);
  if (length === null || stored === null) return null;
  if (length === blank && stored === blank)
    return { state: 'absent', offset, length, stored, computed: null };
  const computed = crcWithHole(bytes, offset);
  const state = length === bytes.length && stored === computed ? 'valid' : 'wrong';
  return { state, offset, length, stored, computed };
}

/** The length that the file states together with its CRC, as far as it can be believed. */
function statedSize(crc: SelfCrc | null, size: number): number | null {
  if (crc === null || crc.state === 'absent') return null;
  return crc.length > size && crc.length <= 0x100000 ? crc.length : null;
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
      crc: null,
      expectedSize: null,
      isTruncated: false,
      faults: [],
      layout: layOut(size, null, null, null),
    };
  }

  const eboot = readImage(bytes, 0);
  // Either sign is enough, so that no change of one byte makes a file with a CRC look like one without.
  const isCore3 = eboot?.segmentCount === 2 || wordAt(bytes, crcOffsets.core3) === size;
  const crc = readCrc(bytes, isCore3 ? crcOffsets.core3 : crcOffsets.core2);
  const app = readImage(bytes, appOffset, isCore3 ? crcOffsets.core3 : null);
  const expectedSize = statedSize(crc, size) ?? app?.end ?? null;
  return {
    size,
    kind,
    what,
    chip,
    contains,
    eboot,
    app,
    crc,
    expectedSize,
    isTruncated:
      (expectedSize !== null && expectedSize > size) ||
      size < appOffset + 16 ||
      (app !== null && app.segments.length < app.segmentCount && app.segmentCount <= 16),
    faults: [
      ...(eboot === null ? [] : faultsOf('eboot', eboot)),
      ...(app === null ? [] : faultsOf('app', app)),
    ],
    layout: layOut(size, eboot, app, crc !== null && crc.state !== 'absent' ? crc.offset : null),
  };
}
