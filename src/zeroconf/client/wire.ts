import type { Clock } from '../../core/clock.ts';
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
  const done = new AbortController();
  const over = AbortSignal.any([signal, done.signal]);
  try {
    return await Promise.race([
      talk(url, body, wire.fetch, over, ownConnection ? 'same-origin' : 'omit'),
      clock.sleep(timeout, over).then(
        () => silence('time-out', `no answer within ${timeout} ms`),
        () => silence('cancelled', 'stopped'),
      ),
    ]);
  } finally {
    done.abort();
  }
}

/**
 * How every request to a device is made. Browsers keep connections of requests with and without credentials apart, so a request of the other kind gets
 * one of its own. `same-origin` sends a device none either, since an extension's origin is never the device's.
 */
export function requestInit(
  body: string,
  credentials: 'omit' | 'same-origin',
  signal: AbortSignal,
): RequestInit {
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
  credentials: 'omit' | 'same-origin',
): Promise<Heard> {
  try {
    const response = await send(url, requestInit(body, credentials, signal));
    const { text, whole } = await readText(response.body, signal);
    const contentType = response.headers.get('content-type') ?? '';
    const answer = { status: response.status, contentType, text };
    return whole
      ? { ok: true, answer }
      : { ok: false, fault: 'too-large', detail: `more than ${replyLimit} bytes`, answer };
  } catch (error) {
    return silence(signal.aborted ? 'cancelled' : faultOf(error), wordsOf(error));
  }
}

/** Reads until the end or {@link replyLimit}, whichever comes first; an endless body is left, not awaited. */
export async function readText(body: ReadableStream<Uint8Array> | null, signal: AbortSignal) {
  const decoder = new TextDecoder();
  let text = '';
  if (body === null) return { text, whole: true };
  const reader = body.getReader();
  const leave = () => void reader.cancel().catch(() => {});
  // A fetch that does not heed the signal still must not go on reading.
  signal.addEventListener('abort', leave, { once: true });
  try {
    for (let size = 0; ; ) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) return { text: text + decoder.decode(), whole: true };
      size += value.byteLength;
      if (size > replyLimit) {
        leave();
        return { text, whole: false };
      }
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

function silence(fault: FaultKind, detail: string): Heard {
  return { ok: false, fault, detail };
}

/** What whoever threw says of it. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
