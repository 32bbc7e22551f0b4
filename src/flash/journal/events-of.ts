import { wordsOf } from '../../core/error-words.ts';
import { type Text, text } from '../../core/text.ts';
import type { Exchange } from '../../zeroconf/client/exchange.ts';
import type { OutcomeKind } from '../run/outcome.ts';
import type { DecisionEvent, OutcomeEvent, ProgressEvent, ReplyEvent, RequestEvent } from './events.ts';
import { withoutNetworks } from './redaction.ts';

type Exchanged = readonly [RequestEvent, ReplyEvent];

/** A command to the device at `host` and what came of it. Names and passwords of networks do not get in. */
export function eventsOfExchange(exchange: Exchange, host: string): Exchanged {
  const { command, at, ms, attempt, requestBody, status, replyText, error } = exchange;
  const asked = { method: 'POST', url: `http://${host}:8081/zeroconf/${command}` } as const;
  return [
    {
      kind: 'request',
      at,
      ...asked,
      headers: { 'Content-Type': 'application/json' },
      body: withoutNetworks(requestBody),
      attempt,
    },
    {
      kind: 'reply',
      at: at + ms,
      ...asked,
      ms,
      status: status ?? null,
      headers: {},
      body: replyText === undefined ? null : withoutNetworks(replyText),
      bytes: null,
      fault: error ?? null,
    },
  ];
}

/** What a GET has brought: `came` where there was an answer, else `fault`, the words of whoever threw. */
export interface Got {
  readonly url: string;
  readonly at: number;
  readonly ms: number;
  readonly came?: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly bytes?: number;
  };
  readonly fault?: string;
}

/** A GET from mirror or device and what came of it. */
export function eventsOfGet({ url, at, ms, came, fault }: Got): Exchanged {
  const asked = { method: 'GET', url } as const;
  return [
    { kind: 'request', at, ...asked, headers: {}, body: null, attempt: 1 },
    {
      kind: 'reply',
      at: at + ms,
      ...asked,
      ms,
      status: came?.status ?? null,
      headers: came?.headers ?? {},
      body: came?.body === undefined ? null : withoutNetworks(came.body),
      bytes: came?.bytes ?? null,
      fault: fault ?? null,
    },
  ];
}

/** Something goes on, or was found out. */
export function progressed(at: number, says: Text): ProgressEvent {
  return { kind: 'progress', at, says };
}

/** The extension or the person decided. */
export function decided(at: number, says: Text): DecisionEvent {
  return { kind: 'decision', at, says };
}

/** Something of ours broke. */
export function faultEvent(at: number, error: unknown): ProgressEvent {
  return progressed(
    at,
    text('flash_log_fault', 'Fault in the extension: {error}', { error: wordsOf(error) }),
  );
}

/** A flash ended. */
export function ended(at: number, outcome: OutcomeKind, says: Text): OutcomeEvent {
  return { kind: 'outcome', at, outcome, says };
}
