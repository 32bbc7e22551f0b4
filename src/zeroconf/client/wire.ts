import { readText } from '../../core/body.ts';
import type { Clock } from '../../core/clock.ts';
import { wordsOf } from '../../core/error-words.ts';
import { type Waited, within } from '../../core/wait.ts';
import type { FaultKind } from '../errors/failure-kind.ts';
import { faultOf } from '../errors/fault.ts';
import type { Answer } from './reply.ts';

/** What came of one request: an answer, or the kind of silence. */
export type Heard =
  | { readonly ok: true; readonly answer: Answer }
  | {
      readonly ok: false;
      readonly fault: FaultKind | 'too-large';
      /** The words of whoever threw, for the journal. */
      readonly detail: string;
      readonly answer?: Answer;
    };

/** What a request needs from outside. `timeout` is in milliseconds and covers headers and body. */
export interface Wire {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Whether the request must not go out on a connection that an earlier one left open. */
  readonly ownConnection: boolean;
}

/** Bytes. Real replies are under 400 (captures); what sends more than this is no Sonoff. */
export const replyLimit = 64 * 1024;

/** Sends `body` to `url` exactly once. Never rejects. */
export async function post(url: string, body: string, wire: Wire): Promise<Heard> {
  const { clock, timeout, signal, ownConnection } = wire;
  const heard = await within({ ms: timeout, clock, signal }, (over) =>
    talk(url, body, wire.fetch, over, ownConnection ? 'same-origin' : 'omit'),
  );
  return heard.kind === 'done' ? heard.value : { ok: false, ...silenceOf(heard, timeout) };
}

/** Why there is no answer, and the words for the journal. */
export function silenceOf(
  waited: Exclude<Waited<unknown>, { readonly kind: 'done' }>,
  timeout: number,
): { readonly fault: FaultKind; readonly detail: string } {
  switch (waited.kind) {
    case 'late':
      return { fault: 'time-out', detail: `no answer within ${timeout} ms` };
    case 'cancelled':
      return { fault: 'cancelled', detail: 'stopped' };
    case 'failed':
      return { fault: faultOf(waited.error), detail: wordsOf(waited.error) };
  }
}

/**
 * Browsers keep the connections of requests with and without credentials apart, so the first request of the other kind
 * gets one of its own. A device is sent none by `same-origin` either, since an extension's origin is never its own.
 */
export type Credentials = 'omit' | 'same-origin';

/** How every request to a device is made. */
export function requestInit(body: string, credentials: Credentials, signal: AbortSignal): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
    credentials,
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    redirect: 'error',
    signal,
  };
}

async function talk(
  url: string,
  body: string,
  send: typeof fetch,
  signal: AbortSignal,
  credentials: Credentials,
): Promise<Heard> {
  const response = await send(url, requestInit(body, credentials, signal));
  const { text, whole } = await readReply(response.body, signal);
  const contentType = response.headers.get('content-type') ?? '';
  const answer = { status: response.status, contentType, text };
  return whole
    ? { ok: true, answer }
    : { ok: false, fault: 'too-large', detail: `more than ${replyLimit} bytes`, answer };
}

/** Reads until the end or {@link replyLimit}, whichever comes first. Rejects when the body breaks off. */
export async function readReply(body: ReadableStream<Uint8Array> | null, signal: AbortSignal) {
  const { text, end } = await readText(body, { limit: replyLimit, signal });
  if (end.kind === 'broken-off') throw end.error;
  return { text, whole: end.kind === 'complete' };
}
