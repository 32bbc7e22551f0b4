import type { Clock } from '../../core/clock.ts';
import { type Failure, failed, type Result, success } from '../../core/result.ts';
import { text } from '../../core/text.ts';
import type { ZeroconfClient } from '../../zeroconf/client/client.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import { opposite, type Relay, relayOf, setRelay } from './relay.ts';
import { clickUnheard, notPutBack } from './tool-failures.ts';
import type { ToolReport } from './tool-states.ts';

/** Milliseconds between the two clicks: long enough to see a lamp, too short to matter to it. */
const betweenClicks = 1_000;

/** How often the relay is put back before that is left to the person, and how many milliseconds apart. */
const attempts = { times: 6, apart: 1_000 } as const;

/** What clicking needs from outside. */
export interface Clicking {
  readonly client: ZeroconfClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What the device says of itself after the second click. */
  seen(info: DeviceInfo): void;
}

/** Clicks a relay that stands as `before` says twice, and leaves it so even when a request fails in between. */
export async function clickTwice(before: Relay, clicking: Clicking): Promise<Result<ToolReport, Failure>> {
  const { client, clock, signal } = clicking;
  const clicked = await setRelay(client, opposite(before), signal);
  if (!clicked.ok && clicked.failure.device === 'unchanged') return clicked;
  await clock.sleep(betweenClicks, signal);
  if (!(await putBack(before, clicking))) return failed(notPutBack(before));
  return clicked.ok ? success(clickedTwice(before)) : failed(clickUnheard(before, clicked.failure.kind));
}

/** Brings the relay back to `before`, asking again and again; whether it is known to stand so. */
export async function putBack(before: Relay, { client, clock, signal, seen }: Clicking): Promise<boolean> {
  for (let attempt = 0; attempt < attempts.times; attempt++) {
    if (attempt > 0) await clock.sleep(attempts.apart, signal);
    const set = await setRelay(client, before, signal);
    const info = await client.info(signal);
    if (info.ok) {
      seen(info.value);
      if (relayOf(info.value)?.state === before.state) return true;
    } else if (set.ok) return true;
  }
  return false;
}

/** What is said when a relay that an earlier background had clicked stands again as it did. */
export function putBackLate(before: Relay): ToolReport {
  return { ...clickedTwice(before), action: null };
}

function clickedTwice({ state }: Relay): ToolReport {
  return {
    sentence:
      state === 'on'
        ? text('flash_identify_done_on', 'The relay has clicked, and is on as before.')
        : text('flash_identify_done_off', 'The relay has clicked, and is off as before.'),
    action: text(
      'flash_identify_not_heard',
      'If another device clicked, or none, this is the wrong address.',
    ),
  };
}
