import type { Clock } from '../../core/clock.ts';
import { waitFor } from '../../core/wait.ts';
import { type Credentials, requestInit } from './wire.ts';

/**
 * Whether the next request of the same kind will get a connection of its own. `kept`: the device has left one
 * open, and is too quick for us to take it away.
 */
export type Way = 'clear' | 'kept' | 'cancelled';

/** How long the first `info` may take, in milliseconds: it is to be answered, over a bad Wi-Fi too. */
const patience = 3_000;

/**
 * When an `info` is aborted, as a part of the time that the first one took: each time later, until one is answered
 * before that. Measured: aborted 5 to 30 ms after it was sent, it took the old connection with it 24 times of 24 in
 * Chromium 156 and in Firefox 153. One that was answered before has not, and neither has one that a busy computer
 * had not sent yet: no browser tells the two from the one that has, so several are aborted, at the pace that this
 * computer and this device have just shown.
 */
const parts = [0.25, 0.5, 0.75] as const;
const shortest = 5;
const mostRounds = 9;

/** Milliseconds from one of them to the next. */
const between = 250;

/**
 * Milliseconds from the last of them to whatever follows. One that was aborted while its connection was being made
 * leaves that to the next request, as a used one: Chromium throws it away after 10 s (ClientSocketPool).
 */
const rest = 11_000;

/** What making way needs from outside. */
export interface WayWire {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Takes away the connection that an earlier `ota_flash` may have left open. When a device closes such a one without
 * an answer, browsers send the POST again by themselves, and no header keeps them from using it again. So an
 * `info` is sent on it and aborted before its answer comes, which closes it. Before that one is asked among the
 * connections of all other commands: a device that closes its own is not bothered further. Only for an address
 * that has been sent an `ota_flash`: elsewhere this would make the connection that it is to take away. `body` is
 * that of an `info`.
 */
export async function makeWay(url: string, body: string, wire: WayWire): Promise<Way> {
  const { clock, signal } = wire;
  const began = clock.elapsed();
  const seen = await ask(url, body, { ms: patience, credentials: 'omit' }, wire);
  if (signal.aborted) return 'cancelled';
  if (seen === 'closed') return 'clear';
  const way = await takeAway(url, body, clock.elapsed() - began, wire);
  if (way !== 'clear') return way;
  return (await slept(clock, rest, signal)) ? 'clear' : 'cancelled';
}

async function takeAway(url: string, body: string, took: number, wire: WayWire): Promise<Way> {
  let left = 0;
  let longest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < mostRounds; round += 1) {
    if (!(await slept(wire.clock, between, wire.signal))) return 'cancelled';
    const ms = Math.max(shortest, Math.min(took * (parts[left] ?? 1), longest));
    const seen = await ask(url, body, { ms, credentials: 'same-origin' }, wire);
    if (wire.signal.aborted) return 'cancelled';
    if (seen === 'closed' || seen === 'broken-off') return 'clear';
    if (seen === 'left') left += 1;
    else {
      left = 0;
      longest = ms / 2;
    }
    if (left === parts.length) return 'clear';
  }
  return 'kept';
}

/**
 * How an `info` ended: on a connection that is closed after it or one that stays open, broken off by the device and the
 * connection with it, or left before anybody could tell.
 */
type Seen = 'closed' | 'open' | 'broken-off' | 'left';

/** How an `info` is sent. */
interface Asking {
  /** Milliseconds after which it is left. */
  readonly ms: number;
  /** Among whose connections: those of `ota_flash` are the ones with `same-origin`. */
  readonly credentials: Credentials;
}

async function ask(url: string, body: string, { ms, credentials }: Asking, wire: WayWire): Promise<Seen> {
  const { fetch, clock, signal } = wire;
  const leaving = new AbortController();
  const init = requestInit(body, credentials, AbortSignal.any([signal, leaving.signal]));
  const asked = send(url, init, fetch, leaving.signal);
  await waitFor(asked, { ms, clock, signal });
  leaving.abort();
  // It may have been answered in that very moment.
  return asked;
}

async function send(
  url: string,
  init: RequestInit,
  fetch: typeof globalThis.fetch,
  leaving: AbortSignal,
): Promise<Seen> {
  try {
    const response = await fetch(url, init);
    return response.headers.get('connection')?.toLowerCase() === 'close' ? 'closed' : 'open';
  } catch {
    return leaving.aborted ? 'left' : 'broken-off';
  }
}

async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  return clock.sleep(ms, signal).then(
    () => true,
    () => false,
  );
}
