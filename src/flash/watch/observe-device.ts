import type { ZeroconfFailure, ZeroconfFailureKind } from '../../zeroconf/errors/zeroconf-failure.ts';
import { eventsOfGet, faultEvent } from '../journal/events-of.ts';
import type { FlashPlan } from '../run/device-run.ts';
import type { DeviceTasks } from '../tasks/device-tasks.ts';
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
  if (kind === 'no-permission') return 'unseen';
  return nobody.has(kind) ? 'nothing' : 'busy';
}

/** Looks once at the device's address. Rejects only when `signal` is aborted. */
export async function observeDevice(
  context: RunContext,
  work: DeviceTasks,
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

/** Tasmota's web server names itself: `Server: Tasmota/… (ESP8266)` (Tasmota#10831). */
async function isTasmota(
  { environment, note }: RunContext,
  { address }: FlashPlan,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(await environment.mayReachTasmota(address))) return false;
  const url = `http://${address.host}/`;
  const at = environment.clock.now();
  const began = environment.clock.elapsed();
  const giveUp = new AbortController();
  const timer = environment.clock.sleep(3_000, giveUp.signal).then(
    () => giveUp.abort(),
    () => {},
  );
  try {
    const response = await environment.fetch(url, {
      signal: AbortSignal.any([signal, giveUp.signal]),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
    await response.body?.cancel();
    const server = response.headers.get('server') ?? '';
    const came = { status: response.status, headers: { server: server.slice(0, 80) } };
    note(...eventsOfGet({ url, at, ms: environment.clock.elapsed() - began, came }));
    return server.startsWith('Tasmota/');
  } catch {
    return false;
  } finally {
    giveUp.abort();
    await timer;
  }
}
