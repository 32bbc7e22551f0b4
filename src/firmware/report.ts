/*
 * The image: what a file is, whose, and what speaks against it. A leaf: imports core.
 */
import { type Answer, type Check, gravest, gravestFirst } from '../core/check.ts';
import type { Text } from '../core/text.ts';
import { judge } from './checks/verdict.ts';
import { type Identity, identify } from './identify/identify.ts';
import { type Inspection, inspect } from './parse/inspect.ts';
import type { LayoutPart } from './parse/layout.ts';
import { type Evidence, proveDigest } from './releases/proof.ts';

/** Everything known about one file, as it is stored and shown. It is plain JSON. */
export interface ImageReport {
  readonly name: string;
  readonly size: number;
  readonly digest: string;
  /** "Tasmota 14.1.0 lite", or "a gzip archive". */
  readonly title: Text;
  readonly inspection: Inspection;
  readonly identity: Identity;
  readonly layout: readonly LayoutPart[];
  /** Gravest first. */
  readonly checks: readonly Check[];
  /** The gravest answer: `fail` must not be flashed, `warn` wants a question. */
  readonly answer: Answer;
}

/** Looks into `bytes` and says everything there is to say. `evidence.digest` is that of the same bytes. */
export function examine(bytes: Uint8Array, evidence: Omit<Evidence, 'size'>): ImageReport {
  const inspection = inspect(bytes);
  const identity = identify(bytes, inspection);
  const proof = proveDigest({ ...evidence, size: bytes.length }, identity);
  const checks = gravestFirst(judge(inspection, identity, proof));
  return {
    name: evidence.name,
    size: bytes.length,
    digest: evidence.digest,
    title: proof.title ?? identity.title,
    inspection,
    identity,
    layout: inspection.layout,
    checks,
    answer: gravest(checks),
  };
}
