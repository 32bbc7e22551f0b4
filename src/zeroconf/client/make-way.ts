import type { Clock } from '../../core/clock.ts';
import { waitFor } from '../../core/wait.ts';
import { requestInit } from './wire.ts';

/**
 * Whether the next request of the same kind will get a connection of its own. `kept`: the device has left one
 * open, and is too quick for us to take it away.
 */
export type Way = 'clear' | 'kept' | 'cancelled';

/** How long the first `info` may take, in milliseconds: it is to be answered, over a bad Wi-Fi too. */
const patience = 3_000;

/**
 * After how many milliseconds an `info` is aborted: each time later, until one is answered before that. Measured:
 * aborted 5 to 30 ms after it was sent, it took the old connection with it 24 times of 24 in Chromium 156 and in
 * Firefox 153. One that was answered before has not, and neither has one that a busy computer had not sent yet: no
 * browser tells the two from the one that has, so several are aborted.
 */
const step = 20;
const shortest = 5;
const rounds = 3;
const mostRounds = 9;

/** Milliseconds from one of them to the next, and from the last to whatever follows: the device gets its breath. */
const between = 250;
const rest = 1_000;

/** What making way needs from outside. */
export interface WayWire {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Takes away the connection that an earlier `ota_flash` may have left open. When a device closes such a one without
 * an answer, browsers send the POST again by themselves, and no header keeps them from using it again. So an
 * `info` is sent on it and aborted before its answer comes, which closes it. A device that closes its connections
 * itself is asked once and not bothered with that. `body` is that of an `info`.
 */
export async function makeWay(url: string, body: string, wire: WayWire): Promise<Way> {
  const { clock, signal } = wire;
  const seen = await ask(url, body, patience, wire);
  if (signal.aborted) return 'cancelled';
  if (seen !== 'closed') {
    const way = await takeAway(url, body, wire);
    if (way !== 'clear') return way;
  }
  return (await slept(clock, rest, signal)) ? 'clear' : 'cancelled';
}

async function takeAway(url: string, body: string, wire: WayWire): Promise<Way> {
  let left = 0;
  let longest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < mostRounds; round += 1) {
    if (!(await slept(wire.clock, between, wire.signal))) return 'cancelled';
    const ms = Math.min(step * (left + 1), longest);
    const seen = await ask(url, body, ms, wire);
    if (wire.signal.aborted) return 'cancelled';
    if (seen === 'closed') return 'clear';
    if (seen === 'left') left += 1;
    else {
      left = 0;
      longest = Math.max(shortest, ms / 2);
    }
    if (left === rounds) return 'clear';
  }
  return 'kept';
}

/** How an `info` ended: on a connection that is closed or one that stays open, or left before anybody could tell. */
type Seen = 'closed' | 'open' | 'left';

/** Sends an `info` and leaves it after `ms` milliseconds. */
async function ask(url: string, body: string, ms: number, { fetch, clock, signal }: WayWire): Promise<Seen> {
  const leaving = new AbortController();
  const asked = send(url, body, fetch, AbortSignal.any([signal, leaving.signal]));
  await waitFor(asked, { ms, clock, signal });
  leaving.abort();
  // It may have been answered in that very moment.
  return asked;
}

async function send(
  url: string,
  body: string,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): Promise<Seen> {
  try {
    const response = await fetch(url, requestInit(body, 'same-origin', signal));
    return response.headers.get('connection')?.toLowerCase() === 'close' ? 'closed' : 'open';
  } catch {
    // Broken off by the device, the connection is gone.
    return signal.aborted ? 'left' : 'closed';
  }
}

async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  return clock.sleep(ms, signal).then(
    () => true,
    () => false,
  );
}
