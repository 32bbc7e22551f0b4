import type { ZeroconfFailure } from '../zeroconf/errors.ts';
import type { Bench } from './bench.ts';
import type { DeviceWork } from './device-work.ts';
import { probeMirror } from './image-work.ts';
import { type Outcome, outcomeOf, outcomeOfRefusal } from './outcome.ts';
import { mirrorIsFresh, preflight, unconfirmed } from './preflight.ts';
import type { Deed } from './run.ts';
import { isGone, look, type Sighting, startWatch, type Watch } from './watch.ts';

/**
 * Does the deed once: reads the device again, asks the mirror again when its report is old, and only then
 * sends `ota_flash`, a single time, after the run that says so is written.
 */
export async function flash(
  bench: Bench,
  work: DeviceWork,
  deed: Deed,
  confirmed: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { world } = bench;
  const { typedId } = bench.run();
  const obstacle = await lastLook(bench, work, deed, confirmed, signal);
  if (obstacle !== null) return end(bench, deed, obstacle);

  bench.note(`Flashing ${deed.url.href} (sha256 ${deed.digest}) to ${deed.address.host}`);
  const client = await work.client(deed.address, typedId);
  bench.change({ flash: { stage: 'requested', deed, at: world.clock.now() } });
  try {
    await bench.written();
  } catch {
    return end(
      bench,
      deed,
      nothingSent('The browser could not write down that the flash begins.', 'Press Flash again.'),
    );
  }
  const answer = await client.otaFlash({ downloadUrl: deed.url.href, sha256sum: deed.digest }, signal);
  if (!answer.ok && answer.failure.device !== 'may-have-worked') {
    return end(bench, deed, outcomeOfRefusal(answer.failure));
  }
  await watchDevice(bench, work, deed, startWatch(world.clock.now(), answer.ok), signal);
}

/** The reason not to flash after all, or null. Nothing in here changes the device. */
async function lastLook(
  bench: Bench,
  work: DeviceWork,
  deed: Deed,
  confirmed: readonly string[],
  signal: AbortSignal,
): Promise<Outcome | null> {
  const { world } = bench;
  const before = bench.run().device;
  const info = await work.info(deed.address, bench.run().typedId, signal);
  if (!info.ok) return nothingSent(info.failure.sentence, info.failure.action);
  if (before.state === 'done' && before.value.deviceid !== info.value.deviceid) {
    return nothingSent(
      'Another device answers at this address now.',
      'Press Info and look at the device card before you flash.',
    );
  }
  bench.change({ device: { state: 'done', at: world.clock.now(), value: info.value } });
  const { image } = bench.run();
  if (image.state === 'done' && !mirrorIsFresh(bench.run(), world.clock.now())) {
    await probeMirror(bench, image.value, signal);
  }
  if (signal.aborted)
    return nothingSent('You stopped before anything was sent.', 'Press Flash when you are ready.');
  const { deed: possible, checks } = preflight(bench.run());
  const failing = checks.find(({ answer }) => answer === 'fail');
  if (possible === null || possible.digest !== deed.digest || possible.url.href !== deed.url.href) {
    return nothingSent(
      failing?.sentence ?? 'What you confirmed is no longer what would be flashed.',
      failing?.action ?? 'Look at the checks, then press Flash again.',
    );
  }
  const surprise = unconfirmed(checks, confirmed);
  return surprise === null ? null : nothingSent(surprise.sentence, 'Press Flash again if you accept this.');
}

/** Looks at the device's address until there is something to conclude. */
export async function watchDevice(
  bench: Bench,
  work: DeviceWork,
  deed: Deed,
  start: Watch,
  signal: AbortSignal,
): Promise<void> {
  const { world } = bench;
  const timings = world.watchTimings;
  let watch = start;
  const show = () =>
    bench.change({ flash: { stage: isGone(watch, timings) ? 'restarting' : 'downloading', deed, watch } });
  show();
  try {
    await world.clock.sleep(Math.max(0, watch.since + timings.quiet - world.clock.now()), signal);
    for (;;) {
      const sighting = await sight(bench, work, deed, signal);
      const seen = look(watch, sighting, world.clock.now(), timings);
      watch = seen.watch;
      show();
      if (seen.conclusion !== null) return end(bench, deed, outcomeOf(seen.conclusion, watch));
      await world.clock.sleep(timings.between, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    end(bench, deed, outcomeOf('interrupted', watch));
  }
}

/** A closed connection means that something is there and busy, as a device in the middle of a download is. */
const busyKinds: ReadonlySet<ZeroconfFailure['kind']> = new Set(['reset', 'empty-reply']);

async function sight(bench: Bench, work: DeviceWork, deed: Deed, signal: AbortSignal): Promise<Sighting> {
  const info = await work.info(deed.address, bench.run().typedId, signal);
  signal.throwIfAborted();
  if (info.ok) return 'sonoff';
  if (await isTasmota(bench, deed, signal)) return 'tasmota';
  return busyKinds.has(info.failure.kind) ? 'busy' : 'nothing';
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

function nothingSent(sentence: string, action: string): Outcome {
  return {
    kind: 'not-flashed',
    title: 'Not flashed',
    sentence: `${sentence} Nothing has been changed on the device.`,
    steps: [action],
  };
}

function end(bench: Bench, deed: Deed, outcome: Outcome): void {
  bench.note(`${outcome.title}. ${outcome.sentence}`);
  bench.change({ flash: { stage: 'ended', deed, at: bench.world.clock.now(), outcome } });
}
