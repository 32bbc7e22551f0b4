import { type Assured, lessAssured } from '../../core/assurance.ts';
import type { Result } from '../../core/result.ts';
import {
  type Command,
  createZeroconfClient,
  type DeviceQueue,
  type KnownDevice,
  type ZeroconfClient,
} from '../../zeroconf/client/client.ts';
import type { Address } from '../../zeroconf/device/address.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import { noPermission, type ZeroconfFailure } from '../../zeroconf/errors/zeroconf-failure.ts';
import { eventsOfExchange } from '../journal/events-of.ts';
import { type DeviceRun, type FlashPlan, whoseRun } from '../run/device-run.ts';
import { gravestOn } from '../run/doubts.ts';
import { afterInfo } from '../run/transitions.ts';
import { stillLocked } from './own-failures.ts';
import type { RunContext } from './run-context.ts';

type Answer = Promise<Result<DeviceInfo, ZeroconfFailure>>;

/** Talks to the device of one run and keeps the client that has learned how this one wants its id. */
export interface DeviceTasks {
  /** Asks again after silence, where that does no harm. `told` is what the device there said before, if it did. */
  info(typedId: string, told: KnownDevice | null, signal: AbortSignal): Answer;
  unlock(signal: AbortSignal): Promise<void>;
  /** One request only, for a device that should be left alone: it may be busy with a download. */
  infoOnce(plan: FlashPlan, signal: AbortSignal): Answer;
  /** For the very device of `plan` and none beside it: each call is one request, by its id where it has one. */
  only(plan: FlashPlan): OnlyDevice;
}

/** The device that is meant. Without the permission `info` says so. */
export interface OnlyDevice extends Pick<ZeroconfClient, 'makeWay' | 'otaFlash'> {
  info(signal: AbortSignal): Answer;
}

interface Kept {
  readonly key: string;
  readonly client: ZeroconfClient;
}

/** Device work on `context`; `queue` is shared by all that speak with devices. */
export function createDeviceTasks(context: RunContext, queue: DeviceQueue): DeviceTasks {
  const { environment } = context;
  const { address } = context.run();
  const timeouts: Partial<Record<Command, number>> = {};
  let asking: Kept | null = null;
  let watching: Kept | null = null;

  function clientOf(
    target: Address,
    options: { readonly deviceid?: string; readonly known?: KnownDevice; readonly persistent: boolean },
  ) {
    return createZeroconfClient(target, {
      fetch: environment.fetch,
      clock: environment.clock,
      queue,
      timeouts: () => timeouts,
      hear: (exchange) => context.note(...eventsOfExchange(exchange, target.host)),
      ...options,
    });
  }

  function patient(typedId: string, told: KnownDevice | null): ZeroconfClient {
    if (asking?.key === typedId) return asking.client;
    const client = clientOf(address, {
      persistent: true,
      ...(typedId === '' ? {} : { deviceid: typedId }),
      ...(told === null ? {} : { known: told }),
    });
    asking = { key: typedId, client };
    return client;
  }

  /** Asks `client`, if the browser lets us, as patiently as the person wants it now. */
  async function ask(target: Address, client: ZeroconfClient, signal: AbortSignal) {
    if (!(await environment.mayReachDevice(target))) {
      return { ok: false, failure: noPermission(target) } as const;
    }
    Object.assign(timeouts, await environment.timeouts());
    const asked = await client.info(signal);
    // Taken back in the middle, the permission makes a device look as if it were off.
    const isHidden = !asked.ok && asked.failure.kind === 'no-connection';
    if (isHidden && !(await environment.mayReachDevice(target))) {
      return { ok: false, failure: noPermission(target) } as const;
    }
    return asked;
  }

  async function info(typedId: string, told: KnownDevice | null, signal: AbortSignal) {
    const client = patient(typedId, told);
    const result = await ask(address, client, signal);
    // A convenience; a full disk must not look like a device that does not answer.
    if (result.ok) await environment.remember(address, result.value).catch(() => {});
    return result;
  }

  async function unlock(signal: AbortSignal): Promise<void> {
    const { typedId } = context.run();
    const told = toldBefore(context.run());
    const client = patient(typedId, told);
    const allowed = await environment.mayReachDevice(address);
    if (signal.aborted) return;
    if (!allowed) {
      const failure = noPermission(address, 'ota_unlock');
      context.change({ unlock: { state: 'failed', at: environment.clock.now(), failure } });
      return;
    }
    Object.assign(timeouts, await environment.timeouts());
    const unlocked = await client.otaUnlock(signal);
    if (signal.aborted) return;
    // An answer that never came may still have worked, so the device's own word decides (cli#2, itead#92).
    const after = await info(typedId, told, signal);
    // By now another device may be on the card.
    if (signal.aborted) return;
    const at = environment.clock.now();
    if (after.ok) {
      context.change({ device: { state: 'done', at, value: after.value } });
      // It is another one by now, perhaps, of which there is more to be said.
      afterInfo(context, after.value);
      // Where it does not tell, that it has accepted is all there is to know.
      if (after.value.otaUnlock === true || (unlocked.ok && after.value.otaUnlock === null)) {
        context.change({ unlock: { state: 'done', at, value: null } });
        return;
      }
    }
    const failure = !unlocked.ok ? unlocked.failure : !after.ok ? after.failure : stillLocked;
    context.change({ unlock: { state: 'failed', at, failure: toldTruly(context, failure) } });
  }

  function knownOf({ deviceid }: FlashPlan): KnownDevice {
    const { device } = context.run();
    return { id: deviceid, refusesId: device.state === 'done' && device.value.refusesId };
  }

  return {
    info,
    unlock,
    infoOnce(plan, signal) {
      const key = `${plan.address.host} ${plan.deviceid}`;
      if (watching?.key !== key) {
        const client = clientOf(plan.address, { persistent: false, known: knownOf(plan) });
        watching = { key, client };
      }
      return ask(plan.address, watching.client, signal);
    },
    only(plan) {
      const client = clientOf(plan.address, { persistent: false, known: knownOf(plan) });
      return {
        info: (signal) => ask(plan.address, client, signal),
        makeWay: client.makeWay,
        otaFlash: client.otaFlash,
      };
    },
  };
}

/** What the device of this run has told; another device at its address will refuse it. */
export function toldBefore({ device }: DeviceRun): KnownDevice | null {
  if (device.state !== 'done' || device.value.deviceid === null) return null;
  return { id: device.value.deviceid, refusesId: device.value.refusesId };
}

/** `failure` without words that sound harmless, where an earlier flash may have changed the device on the card. */
export function toldTruly<Failed extends Assured>(context: RunContext, failure: Failed): Failed {
  const run = context.run();
  const { address, device } = run;
  const doubts = context.doubts();
  const whose = device.state === 'done' ? whoseRun(run, device.value) : { address, deviceid: null };
  const isTouched =
    gravestOn(doubts, whose) !== null || doubts.some(({ plan }) => plan.address.host === address.host);
  return isTouched ? lessAssured(failure) : failure;
}
