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
import { withoutSecrets } from './secrets.ts';

/** Talks to one device at a time and keeps the client that has learned how this one wants its id. */
export interface DeviceWork {
  info(address: Address, typedId: string, signal: AbortSignal): Promise<Result<DeviceInfo, ZeroconfFailure>>;
  unlock(address: Address, signal: AbortSignal): Promise<void>;
  /** One question only, for a device that should be left alone: it may be busy with a download. */
  glimpse(
    address: Address,
    deviceid: string,
    signal: AbortSignal,
  ): Promise<Result<DeviceInfo, ZeroconfFailure>>;
  client(address: Address, typedId: string): Promise<ZeroconfClient>;
}

/** `patient` asks again after silence, where that does no harm; `brief` asks once. */
type Manner = 'patient' | 'brief';

interface Known {
  readonly key: string;
  readonly client: ZeroconfClient;
}

/** Device work on `bench`. */
export function createDeviceWork(bench: Bench): DeviceWork {
  const { world } = bench;
  const queue = createDeviceQueue(world.clock);
  const known: Record<Manner, Known | null> = { patient: null, brief: null };

  async function clientFor(manner: Manner, address: Address, id: string): Promise<ZeroconfClient> {
    const key = `${address.host} ${id}`;
    const last = known[manner];
    if (last?.key === key) return last.client;
    const made = createZeroconfClient(address, {
      fetch: world.fetch,
      clock: world.clock,
      queue,
      timeouts: await world.timeouts(),
      hear: (exchange) => bench.note(exchangeText(exchange)),
      persistent: manner === 'patient',
      ...(id === '' ? {} : { deviceid: id }),
    });
    known[manner] = { key, client: made };
    return made;
  }

  async function ask(manner: Manner, address: Address, id: string, signal: AbortSignal) {
    if (!(await world.mayReachDevice(address))) {
      return { ok: false, failure: noPermission(address) } as const;
    }
    return (await clientFor(manner, address, id)).info(signal);
  }

  async function info(address: Address, typedId: string, signal: AbortSignal) {
    const result = await ask('patient', address, typedId, signal);
    // A convenience; a full disk must not look like a device that does not answer.
    if (result.ok) await world.remember(address, result.value).catch(() => {});
    return result;
  }

  async function unlock(address: Address, signal: AbortSignal): Promise<void> {
    const { typedId } = bench.run();
    const allowed = await world.mayReachDevice(address);
    if (signal.aborted) return;
    if (!allowed) {
      const failure = noPermission(address, 'ota_unlock');
      bench.change({ unlock: { state: 'failed', at: world.clock.now(), failure } });
      return;
    }
    const unlocked = await (await clientFor('patient', address, typedId)).otaUnlock(signal);
    if (signal.aborted) return;
    // An answer that never came may still have worked, so the device's own word decides (cli#2, itead#92).
    const after = await info(address, typedId, signal);
    // By now another device may be on the card.
    if (signal.aborted) return;
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

  return {
    info,
    unlock,
    glimpse: (address, deviceid, signal) => ask('brief', address, deviceid, signal),
    client: (address, typedId) => clientFor('patient', address, typedId),
  };
}

const stillLocked = {
  kind: 'still-locked',
  sentence: 'The device says that it has unlocked itself, yet it still reports OTA unlock as off.',
  action: 'Press Unlock once more. If it stays locked, remove the device from the eWeLink app and try again.',
} as const;

function exchangeText({ command, attempt, ms, requestBody, status, replyText, error }: Exchange): string {
  const again = attempt > 1 ? ` (attempt ${attempt})` : '';
  const http = status === undefined || status === 200 ? '' : `HTTP ${status} `;
  const answer = error ?? `${http}${withoutSecrets(replyText ?? '')}`;
  return `${command}${again} ${requestBody} → ${answer} (${Math.round(ms)} ms)`;
}
