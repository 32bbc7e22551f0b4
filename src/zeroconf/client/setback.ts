import type { FaultKind, ReplyFault } from '../errors/failure-kind.ts';

/** What ended a try: an error code of the device, or a fault. */
export type Setback =
  | { readonly code: number }
  /** `status`: the HTTP status, where that is the fault. */
  | { readonly fault: FaultKind | ReplyFault; readonly status?: number };

/** Whether whoever is there has said that the id is not theirs. */
export function isTurnedAway(setback: Setback): boolean {
  return 'code' in setback && setback.code === 404;
}

const breaks: ReadonlySet<string> = new Set(['reset', 'empty-reply', 'no-connection', 'network-changed']);

/** Whether the connection broke before there was an answer. */
export function isBroken(setback: Setback): boolean {
  return 'fault' in setback && breaks.has(setback.fault);
}
