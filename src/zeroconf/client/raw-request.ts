import type { Clock } from '../../core/clock.ts';
import { within } from '../../core/wait.ts';
import { devicePort } from '../device/address.ts';
import type { FaultKind } from '../errors/failure-kind.ts';
import { commandRules } from './command.ts';
import { readReply, requestInit, silenceOf } from './wire.ts';

/** A request in a person's own words: what comes after `/zeroconf/`, and the body as it is sent. */
export interface RawRequest {
  readonly command: string;
  readonly body: string;
}

/** Everything that a browser tells of a reply. */
export interface RawReply {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Whether there was more of the body than {@link body} holds. */
  readonly cut: boolean;
  /** Milliseconds from the request to the end of the body. */
  readonly ms: number;
}

/** Why there is no reply: the kind of silence, and the words of whoever threw. */
export interface RawSilence {
  readonly fault: FaultKind;
  readonly detail: string;
  readonly ms: number;
}

/** Longest body, in bytes: the device's buffer is said to hold no more than 2 KB (protocol §3, coLink). */
export const longestRawBody = 2_000;

/** Milliseconds; only the unlocking takes longer than a few seconds (njh cli#2). */
const patience = 20_000;

const spelling = /^[a-z][a-z0-9_]{0,31}$/i;

/** Why a request must not be sent, or null. */
export function faultOfRequest({ command, body }: RawRequest): 'spelling' | 'flash' | 'long' | null {
  if (!spelling.test(command)) return 'spelling';
  // A firmware that compares only the beginning of a name, or its end, must not take another for it.
  const name = command.toLowerCase();
  if (name.includes('flash') || (name.startsWith('ota') && name !== 'ota_unlock')) return 'flash';
  // One that does not count the bytes of a body would take what follows a blank line for the next request.
  if (/ota_*flash|\/zeroconf\//i.test(body)) return 'flash';
  return new TextEncoder().encode(body).length > longestRawBody ? 'long' : null;
}

/** Sends the request exactly once, and tells what came back. Never rejects. */
export async function sendRaw(
  host: string,
  { command, body }: RawRequest,
  {
    fetch,
    clock,
    signal,
  }: { readonly fetch: typeof globalThis.fetch; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<RawReply | RawSilence> {
  const began = clock.elapsed();
  const ms = () => clock.elapsed() - began;
  const timeout = command === 'ota_unlock' ? commandRules.ota_unlock.timeout : patience;
  const heard = await within({ ms: timeout, clock, signal }, async (over): Promise<RawReply> => {
    const url = `http://${host}:${devicePort}/zeroconf/${command}`;
    const response = await fetch(url, requestInit(body, 'omit', over));
    const { text, whole } = await readReply(response.body, over);
    const { status, statusText } = response;
    return { status, statusText, headers: [...response.headers], body: text, cut: !whole, ms: ms() };
  });
  return heard.kind === 'done' ? heard.value : { ...silenceOf(heard, timeout), ms: ms() };
}
