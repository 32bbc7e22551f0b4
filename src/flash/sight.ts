import type { ZeroconfFailure, ZeroconfFailureKind } from '../zeroconf/errors.ts';
import type { Bench } from './bench.ts';
import type { DeviceWork } from './device-work.ts';
import type { Deed } from './run.ts';
import type { Sighting } from './watch.ts';

/** Silences of an address where nobody is. Whatever else fails comes from something that is there. */
const nobody: ReadonlySet<ZeroconfFailureKind> = new Set([
  'refused',
  'unreachable',
  'name-not-found',
  'no-connection',
  'time-out',
]);

function sightingOf({ kind }: ZeroconfFailure): Sighting {
  if (kind === 'no-permission') return 'unseen';
  return nobody.has(kind) ? 'nothing' : 'busy';
}

/** Looks once at the device's address. Rejects only when `signal` is aborted. */
export async function sight(
  bench: Bench,
  work: DeviceWork,
  deed: Deed,
  signal: AbortSignal,
): Promise<Sighting> {
  try {
    const info = await work.glimpse(deed, signal);
    signal.throwIfAborted();
    if (info.ok) {
      const isOther =
        deed.deviceid !== null && info.value.deviceid !== null && deed.deviceid !== info.value.deviceid;
      // Another device has the address, so the one that was flashed has lost it.
      return isOther ? 'nothing' : 'sonoff';
    }
    return (await isTasmota(bench, deed, signal)) ? 'tasmota' : sightingOf(info.failure);
  } catch (error) {
    signal.throwIfAborted();
    bench.note(`Fault in the extension: ${String(error)}`);
    return 'unseen';
  }
}

/** Tasmota's web server names itself: `Server: Tasmota/… (ESP8266)` (Tasmota#10831). */
async function isTasmota({ world, note }: Bench, { address }: Deed, signal: AbortSignal): Promise<boolean> {
  if (!(await world.mayReachTasmota(address))) return false;
  const giveUp = new AbortController();
  const timer = world.clock.sleep(3_000, giveUp.signal).then(
    () => giveUp.abort(),
    () => {},
  );
  try {
    const response = await world.fetch(`http://${address.host}/`, {
      signal: AbortSignal.any([signal, giveUp.signal]),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
    });
    await response.body?.cancel();
    const server = response.headers.get('server') ?? '';
    note(`GET http://${address.host}/ → ${response.status}, Server: ${server.slice(0, 80)}`);
    return server.startsWith('Tasmota/');
  } catch {
    return false;
  } finally {
    giveUp.abort();
    await timer;
  }
}
