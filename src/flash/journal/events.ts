/*
 * What happened in a run, as data. Nothing in here decides how it is told: `rendered-log.ts`, `markdown-report.ts`,
 * `json-report.ts` and `request-lines.ts` do, each after `redaction.ts` has taken out what tells about a home.
 */
import * as v from 'valibot';
import type { Text } from '../../core/text.ts';
import { textSchema } from '../../core/text-schema.ts';
import { type OutcomeKind, outcomeKinds } from '../run/outcome.ts';

/** A request was sent. `at`, here and in the others, is milliseconds since the epoch. */
export interface RequestEvent {
  readonly kind: 'request';
  readonly at: number;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Beside those that every browser sends. */
  readonly headers: Readonly<Record<string, string>>;
  /** What was sent, without a Wi-Fi password; null for a request without a body. */
  readonly body: string | null;
  /** 1 for the first request of a command. */
  readonly attempt: number;
}

/** What came of a request: the last one before it with this method and address. */
export interface ReplyEvent {
  readonly kind: 'reply';
  readonly at: number;
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Milliseconds that it took. */
  readonly ms: number;
  /** Null where no answer came. */
  readonly status: number | null;
  /** Those that say something, by their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** The answer, shortened; null where none came, or where it is no text. */
  readonly body: string | null;
  /** How many bytes came, where that is not to be seen in `body`. */
  readonly bytes: number | null;
  /** Why no answer came, or why it could not be used, in the words of whoever said so; null where it did. */
  readonly fault: string | null;
}

/** Something goes on, or was found out: a check, bytes so far, a device that is looked at. */
export interface ProgressEvent {
  readonly kind: 'progress';
  readonly at: number;
  readonly says: Text;
}

/** The extension or the person decided: to flash, to stop, not to ask again. */
export interface DecisionEvent {
  readonly kind: 'decision';
  readonly at: number;
  readonly says: Text;
}

/** How a flash ended. */
export interface OutcomeEvent {
  readonly kind: 'outcome';
  readonly at: number;
  readonly outcome: OutcomeKind;
  readonly says: Text;
}

/** One thing that happened in a run. */
export type JournalEvent = RequestEvent | ReplyEvent | ProgressEvent | DecisionEvent | OutcomeEvent;

/** How many are kept, since all of them are written out at every step: the first ones and the last. */
const keptFirst = 100;
const keptLast = 200;

/** `journal` with more events. When it grows long, what goes is the middle: a long watch, mostly. */
export function withEvents(
  journal: readonly JournalEvent[],
  ...events: readonly JournalEvent[]
): readonly JournalEvent[] {
  const longer = [...journal, ...events];
  if (longer.length <= keptFirst + keptLast) return longer;
  return [...longer.slice(0, keptFirst), ...longer.slice(-keptLast)];
}

/** A moment that a date can be made of. */
export const momentSchema = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15));
const method = v.picklist(['GET', 'POST']);
const headers = v.record(v.string(), v.string());

/** An event that comes from storage. */
export const eventSchema: v.GenericSchema<JournalEvent> = v.variant('kind', [
  v.strictObject({
    kind: v.literal('request'),
    at: momentSchema,
    method,
    url: v.string(),
    headers,
    body: v.nullable(v.string()),
    attempt: v.number(),
  }),
  v.strictObject({
    kind: v.literal('reply'),
    at: momentSchema,
    method,
    url: v.string(),
    ms: v.number(),
    status: v.nullable(v.number()),
    headers,
    body: v.nullable(v.string()),
    bytes: v.nullable(v.number()),
    fault: v.nullable(v.string()),
  }),
  v.strictObject({ kind: v.picklist(['progress', 'decision']), at: momentSchema, says: textSchema }),
  v.strictObject({
    kind: v.literal('outcome'),
    at: momentSchema,
    outcome: v.picklist(outcomeKinds),
    says: textSchema,
  }),
]);
