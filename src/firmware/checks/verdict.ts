/*
 * What speaks against a file, question by question. Imports core and the other rooms of firmware.
 */
import type { Check } from '../../core/check.ts';
import type { Identity } from '../identify/identify.ts';
import type { Inspection } from '../parse/inspect.ts';
import type { Proof } from '../releases/proof.ts';
import { judgeFirmware, judgeFlashSize, judgeMode, judgeSize } from './fitness.ts';
import { judgeKind } from './foreign-kinds.ts';
import { judgeApp, judgeChecksum, judgeCrc, judgeEboot, judgeLength } from './soundness.ts';

/**
 * The verdict on a file: every question with its answer. A single `fail` means that flashing the file could
 * leave the device without firmware that starts.
 */
export function judge(inspection: Inspection, identity: Identity, proof: Proof): Check[] {
  const kind = judgeKind(inspection);
  const size = judgeSize(inspection, identity);
  if (kind.answer === 'fail') return [kind, size, ...judgeMinimal(identity), ...proof.checks];
  const sound = [
    judgeLength(inspection),
    judgeEboot(inspection),
    judgeApp(inspection),
    judgeChecksum(inspection),
    judgeMode(inspection),
    judgeFlashSize(inspection),
  ].filter((check) => check !== null);
  const crc = judgeCrc(inspection, proof.isConfirmed);
  const isWellFormed = [...sound, ...crc].every(({ answer }) => answer !== 'fail');
  return [kind, size, ...sound, ...crc, judgeFirmware(identity, isWellFormed), ...proof.checks];
}

function judgeMinimal(identity: Identity): Check[] {
  return identity.minimalBecause === null ? [] : [judgeFirmware(identity, false)];
}
