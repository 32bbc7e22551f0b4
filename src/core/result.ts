/*
 * What every room speaks: checks, results, texts, a clock, waiting, bounded bodies. Imports nothing of ours.
 */
import type { Assured } from './assurance.ts';
import type { Text, Wording } from './text.ts';

/**
 * Why something did not work, in words for a person: `sentence` says what happened and what state the device
 * is in, `action` what to do next. `kind` tells failures apart in code and in the journal. To be shown by
 * `wholeSentence`.
 */
export interface Failure<Kind extends string = string, Said extends Wording = Text> extends Assured<Said> {
  readonly kind: Kind;
  readonly action: Said;
}

/** Either a value or the reason why there is none. */
export type Result<Value, F extends Failure<string, Wording> = Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: F };

/** A result that holds `value`. */
export function success<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** A result that holds the reason why there is no value. */
export function failed<F extends Failure<string, Wording>>(
  failure: F,
): { readonly ok: false; readonly failure: F } {
  return { ok: false, failure };
}
