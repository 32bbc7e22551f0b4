import { type Answer, type Check, gravest } from '../../../src/core/check.ts';
import { judge } from '../../../src/firmware/checks/verdict.ts';
import { identify } from '../../../src/firmware/identify/identify.ts';
import { inspect } from '../../../src/firmware/parse/inspect.ts';
import type { Proof } from '../../../src/firmware/releases/proof.ts';

const nothingKnown: Proof = { checks: [], isConfirmed: false, title: null };

/** The checks on a file of which nothing is known but its bytes. */
export function checksOf(bytes: Uint8Array, proof: Proof = nothingKnown): Check[] {
  const inspection = inspect(bytes);
  return judge(inspection, identify(bytes, inspection), proof);
}

/** The gravest answer on a file of which nothing is known but its bytes. */
export function answerOf(bytes: Uint8Array): Answer {
  return gravest(checksOf(bytes));
}

/** The ids of the checks with this answer. */
export function idsOf(bytes: Uint8Array, answer: Answer): string[] {
  return checksOf(bytes)
    .filter((check) => check.answer === answer)
    .map(({ id }) => id);
}

/** A copy of `bytes` that `edit` has changed. */
export function changed(bytes: Uint8Array, edit: (file: Uint8Array, view: DataView) => void): Uint8Array {
  const file = bytes.slice();
  edit(file, new DataView(file.buffer));
  return file;
}
