import type { Result } from '../failure.ts';
import type { Address } from '../zeroconf/address.ts';
import {
  createDeviceQueue,
  createZeroconfClient,
  type Exchange,
  type ZeroconfClient,
} from '../zeroconf/client.ts';
import type { DeviceInfo } from '../zeroconf/device-info.ts';
import { noPermission, type ZeroconfFailure } from '../zeroconf/errors.ts';
import type { Bench } from './bench.ts';

/** Talks to one device at a time and keeps the client that has learned how this one wants its id. */
export interface DeviceWork {
  info(address: Address, typedId: string, signal: AbortSignal): Promise<Result<DeviceInfo, ZeroconfFailure>>;
  unlock(address: Address, signal: AbortSignal): Promise<void>;
  client(address: Address, typedId: string): Promise<ZeroconfClient>;
}

/** Device work on `bench`. */
export function createDeviceWork(bench: Bench): DeviceWork {
  const { world } = bench;
  const queue = createDeviceQueue(world.clock);
  let known: { readonly key: string; readonly client: ZeroconfClient } | null = null;

  async function client(address: Address, typedId: string): Promise<ZeroconfClient> {
    const key = `${address.host} ${typedId}`;
    if (known?.key === key) return known.client;
    const made = createZeroconfClient(address, {
      fetch: world.fetch,
      clock: world.clock,
      queue,
      timeouts: await world.timeouts(),
      hear: (exchange) => bench.note(exchangeText(exchange)),
      ...(typedId === '' ? {} : { deviceid: typedId }),
    });
    known = { key, client: made };
    return made;
  }

  async function info(address: Address, typedId: string, signal: AbortSignal) {
    if (!(await world.mayReachDevice(address))) {
      return { ok: false, failure: noPermission(address) } as const;
    }
    const result = await (await client(address, typedId)).info(signal);
    if (result.ok) await world.remember(address, result.value);
    return result;
  }

  async function unlock(address: Address, signal: AbortSignal): Promise<void> {
    const { typedId } = bench.run();
    const unlocked = await (await client(address, typedId)).otaUnlock(signal);
    if (signal.aborted) return;
    // An answer that never came may still have worked, so the device's own word decides (cli#2, itead#92).
    const after = await info(address, typedId, signal);
    const at = world.clock.now();
    if (after.ok) {
      bench.change({ device: { state: 'done', at, value: after.value } });
      if (after.value.otaUnlock === true) {
        bench.change({ unlock: { state: 'done', at, value: null } });
        return;
      }
    }
    const failure = !unlocked.ok ? unlocked.failure : !after.ok ? after.failure : stillLocked;
    bench.change({ unlock: { state: 'failed', at, failure } });
  }

  return { info, unlock, client };
}

const stillLocked = {
  kind: 'still-locked',
  sentence: 'The device says that it has unlocked itself, yet it still reports OTA unlock as off.',
  action: 'Press Unlock once more. If it stays locked, remove the device from the eWeLink app and try again.',
} as const;

function exchangeText({ command, attempt, ms, requestBody, status, replyText, error }: Exchange): string {
  const again = attempt > 1 ? ` (attempt ${attempt})` : '';
  const answer =
    error ?? `${status === undefined || status === 200 ? '' : `HTTP ${status} `}${replyText ?? ''}`;
  return `${command}${again} ${requestBody} → ${answer} (${Math.round(ms)} ms)`;
}
