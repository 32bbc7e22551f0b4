import { readText } from '../core/body.ts';
import type { Clock } from '../core/clock.ts';
import { within } from '../core/wait.ts';
import {
  type Came,
  type DeviceReply,
  type PageReply,
  parseDeviceReply,
  parsePageReply,
} from './device-page.ts';
import { devicePage } from './names.ts';

/** What asking needs from outside. */
export interface OwnNetwork {
  readonly fetch: typeof fetch;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly signal: AbortSignal;
}

/** What a device that is waiting in its own network told. */
export interface Told {
  readonly device: DeviceReply;
  readonly page: PageReply;
}

/** Milliseconds for each of the two questions. Whoever is in the network of the device hears at once. */
const patience = 5_000;
/** Milliseconds between the two, since a device speaks with one at a time (protocol v2.0). */
const spacing = 200;
/** Bytes; a page needs no more to be known as one. */
const longest = 4_096;

/**
 * Asks the device whose own network this computer is in who it is and whether its page is open. Two GETs that change
 * nothing; what does not answer in time counts as silence. Rejects only when `signal` is aborted.
 */
export async function askInOwnNetwork(own: OwnNetwork): Promise<Told> {
  const device = parseDeviceReply(await get(`${devicePage}/device`, own));
  await own.clock.sleep(spacing, own.signal);
  return { device, page: parsePageReply(await get(`${devicePage}/`, own)) };
}

async function get(url: string, { fetch, clock, signal }: OwnNetwork): Promise<Came | null> {
  signal.throwIfAborted();
  const heard = await within({ ms: patience, clock, signal }, async (over) => {
    const response = await fetch(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
      signal: over,
    });
    const { text, end } = await readText(response.body, { limit: longest + 1, signal: over });
    if (end.kind === 'broken-off') return null;
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', text };
  });
  signal.throwIfAborted();
  return heard.kind === 'done' ? heard.value : null;
}
