import type { ZeroconfFailure, ZeroconfFailureKind } from '../../zeroconf/errors/zeroconf-failure.ts';
import { faultEvent } from '../journal/events-of.ts';
import type { FlashPlan } from '../run/device-run.ts';
import type { DeviceTasks } from '../tasks/device-tasks.ts';
import { lookAt } from '../tasks/proof.ts';
import type { RunContext } from '../tasks/run-context.ts';
import type { Observation } from './advance-watch.ts';

/** Silences of an address where nobody is. Whatever else fails comes from something that is there. */
const nobody: ReadonlySet<ZeroconfFailureKind> = new Set([
  'refused',
  'unreachable',
  'name-not-found',
  'no-connection',
  'time-out',
]);

function observationOf({ kind }: ZeroconfFailure): Observation {
  if (kind === 'no-permission' || kind === 'network-changed') return 'unseen';
  return nobody.has(kind) ? 'nothing' : 'busy';
}

/** Looks once at the device's address. Rejects only when `signal` is aborted. */
export async function observeDevice(
  context: RunContext,
  work: Pick<DeviceTasks, 'infoOnce'>,
  plan: FlashPlan,
  signal: AbortSignal,
): Promise<Observation> {
  try {
    const info = await work.infoOnce(plan, signal);
    signal.throwIfAborted();
    if (info.ok) {
      const isOther =
        plan.deviceid !== null && info.value.deviceid !== null && plan.deviceid !== info.value.deviceid;
      // Another device has the address, so the one that was flashed has lost it.
      return isOther ? 'nothing' : 'sonoff';
    }
    return (await isTasmota(context, plan, signal)) ? 'tasmota' : observationOf(info.failure);
  } catch (error) {
    signal.throwIfAborted();
    context.note(faultEvent(context.environment.clock.now(), error));
    return 'unseen';
  }
}

/** How long a look for Tasmota may take, in milliseconds: the device may be in the middle of a download. */
const patience = 3_000;

async function isTasmota(context: RunContext, { address }: FlashPlan, signal: AbortSignal): Promise<boolean> {
  const { mayReachTasmota, clock } = context.environment;
  if (!(await mayReachTasmota(address))) return false;
  const giveUp = new AbortController();
  const timer = clock.sleep(patience, giveUp.signal).then(
    () => giveUp.abort(),
    () => {},
  );
  // Whoever has named itself Tasmota is taken for it, though it has not told the rest in time.
  const found = await lookAt(context, address, AbortSignal.any([signal, giveUp.signal]));
  giveUp.abort();
  await timer;
  return found.kind === 'tasmota';
}
