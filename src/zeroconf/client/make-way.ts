import type { Clock } from '../../core/clock.ts';
import { waitFor } from '../../core/wait.ts';
import { requestInit } from './wire.ts';

/**
 * Whether the next request of the same kind will get a connection of its own. `kept`: the device has left one
 * open, and is too quick for us to take it away.
 */
export type Way = 'clear' | 'kept' | 'cancelled';

/**
 * After how many milliseconds each `info` is aborted. Measured: aborted 5 to 30 ms after it was sent, it took the
 * old connection with it 24 times of 24 in Chromium 156 and in Firefox 153. One that was answered before has not.
 */
const patience = [20, 10, 5, 5, 5] as const;

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
 * `info` is sent on it and aborted before its answer comes, which closes it. `body` is that of an `info`.
 */
export async function makeWay(url: string, body: string, { fetch, clock, signal }: WayWire): Promise<Way> {
  for (const [index, ms] of patience.entries()) {
    if (index > 0 && !(await slept(clock, between, signal))) return 'cancelled';
    const answered = await askAndLeave(url, body, ms, { fetch, clock, signal });
    if (signal.aborted) return 'cancelled';
    if (!answered) return (await slept(clock, rest, signal)) ? 'clear' : 'cancelled';
  }
  return 'kept';
}

/** Whether the answer came before it was left, on a connection that stays open. */
async function askAndLeave(url: string, body: string, ms: number, { fetch, clock, signal }: WayWire) {
  const leaving = new AbortController();
  const over = AbortSignal.any([signal, leaving.signal]);
  const asked = ask(url, body, fetch, over);
  const answered = await waitFor(asked, { ms, clock, signal });
  leaving.abort();
  await asked;
  return answered.kind === 'done' && answered.value;
}

async function ask(url: string, body: string, send: typeof fetch, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await send(url, requestInit(body, 'same-origin', signal));
    return response.headers.get('connection')?.toLowerCase() !== 'close';
  } catch {
    // Left, or broken off by the device: the connection is gone either way.
    return false;
  }
}

async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  return clock.sleep(ms, signal).then(
    () => true,
    () => false,
  );
}
