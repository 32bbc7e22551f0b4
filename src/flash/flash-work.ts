import type { Clock } from '../clock.ts';
import { waitFor } from '../mirror/waiting.ts';
import { noPermission, type ZeroconfFailure, type ZeroconfFailureKind } from '../zeroconf/errors.ts';
import { longestDownload } from '../zeroconf/longest-download.ts';
import type { Bench } from './bench.ts';
import type { DeviceWork, OnlyDevice } from './device-work.ts';
import { end } from './ending.ts';
import { nothingSent, type Outcome, outcomeOf, outcomeOfRefusal } from './outcome.ts';
import { isSameDeed, preflight, unconfirmed } from './preflight.ts';
import { type Deed, whoseRun } from './run.ts';
import { sight } from './sight.ts';
import { isGone, look, quietLeft, startWatch, type Watch } from './watch.ts';
import { probeWholeFile } from './whole-file-look.ts';

/** How long the browser may take to write down that a flash begins, in milliseconds. */
const writingTakes = 10_000;

/**
 * Does the deed once: reads the device and asks the mirror again, and only then sends `ota_flash`, a single
 * time, after the run that says so is written.
 */
export async function flash(
  bench: Bench,
  work: DeviceWork,
  deed: Deed,
  confirmed: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { world } = bench;
  const began = { now: world.clock.now(), elapsed: world.clock.elapsed() };
  const device = work.only(deed);
  const obstacle =
    (await lastLook(bench, device, deed, confirmed, signal)) ??
    (await ownConnection(bench, device, deed, signal));
  if (obstacle !== null) return end(bench, deed, obstacle);
  if (signal.aborted) return end(bench, deed, stopped);

  // Until this very line a person may cancel, and from it on nobody can: nothing is awaited in between.
  bench.note(`Flashing ${deed.url.href} (sha256 ${deed.digest}) to ${deed.address.host}`);
  bench.change({ flash: { stage: 'requested', deed, at: world.clock.now() } });
  const wrote = await waitFor(bench.written(), writingTakes, world.clock, signal);
  if (wrote.kind !== 'done') {
    const sentence = 'The browser could not write down that the flash begins, so it does not begin.';
    return end(bench, deed, nothingSent(sentence, 'Press Flash again.'));
  }
  if (hasSlept(world.clock, began)) return end(bench, deed, outOfDate);
  const answer = await device.otaFlash({ downloadUrl: deed.url.href, sha256sum: deed.digest }, signal);
  if (!answer.ok && answer.failure.device !== 'may-have-worked') {
    return end(bench, deed, outcomeOfRefusal(answer.failure));
  }
  await watchDevice(bench, work, deed, startWatch(world.clock.now(), answer.ok), signal);
}

const stopped = nothingSent('You stopped before anything was sent.', 'Press Flash when you are ready.');

/** Silences of a device that is serving somebody else (SonoffLAN local.py: a second connection is reset). */
const busy: ReadonlySet<ZeroconfFailureKind> = new Set(['reset', 'empty-reply', 'time-out']);

function unanswered({ kind, sentence, action }: ZeroconfFailure): Outcome {
  if (kind === 'wrong-deviceid')
    return nothingSent(
      'Another device answers at this address now, or this one refuses its own ID.',
      'Press Info and look at the device card before you flash.',
    );
  if (!busy.has(kind)) return nothingSent(sentence, action);
  return nothingSent(
    `${sentence} Perhaps it is busy with somebody else’s request.`,
    `Close every other program and browser that talks to the device. Wait ${longestDownload.words}. Then press Info, and Flash again.`,
  );
}

/** The most that the last look may take, and that the two clocks may differ by afterwards, in milliseconds. */
const longestLook = 300_000;
const longestGap = 15_000;

const outOfDate = nothingSent(
  'The computer slept or its clock was set in the middle of this, so what was looked at is out of date.',
  'Press Flash again.',
);

/** Whether what was seen at `began` may be long ago: one clock goes on while the computer sleeps, the other not always. */
function hasSlept(clock: Clock, began: { readonly now: number; readonly elapsed: number }): boolean {
  const elapsed = clock.elapsed() - began.elapsed;
  return elapsed > longestLook || Math.abs(clock.now() - began.now - elapsed) > longestGap;
}

/** Makes sure that the browser will not send `ota_flash` twice by itself; the reason not to send it, or null. */
async function ownConnection(
  { world }: Bench,
  device: OnlyDevice,
  deed: Deed,
  signal: AbortSignal,
): Promise<Outcome | null> {
  switch (await device.makeWay(signal)) {
    case 'clear': {
      // Without the permission nobody could tell afterwards whether the request has left.
      if (await world.mayReachDevice(deed.address)) return null;
      const { sentence, action } = noPermission(deed.address, 'ota_flash');
      return nothingSent(sentence, action);
    }
    case 'cancelled':
      return stopped;
    case 'kept':
      return nothingSent(
        'The device keeps a connection open, and the browser might send the request twice on it.',
        'Wait a minute. Then press Flash again.',
      );
  }
}

/** The reason not to flash after all, or null. Nothing in here changes the device. */
async function lastLook(
  bench: Bench,
  device: OnlyDevice,
  deed: Deed,
  confirmed: readonly string[],
  signal: AbortSignal,
): Promise<Outcome | null> {
  const { world } = bench;
  const before = bench.run().device;
  // Once: a device that breaks off seems to be busy, perhaps with the download of somebody else's flash.
  const info = await device.info(signal);
  if (signal.aborted) return stopped;
  if (!info.ok) return unanswered(info.failure);
  const { fwVersion, protocol } = info.value;
  const isOther =
    deed.deviceid !== whoseRun(bench.run(), info.value).deviceid ||
    deed.fwVersion !== fwVersion ||
    (before.state === 'done' && before.value.protocol !== protocol);
  if (isOther) {
    return nothingSent(
      'Another device answers at this address now.',
      'Press Info and look at the device card before you flash.',
    );
  }
  bench.change({ device: { state: 'done', at: world.clock.now(), value: info.value } });
  const { image } = bench.run();
  // Always, however young the last report: a file that was replaced in between would be written and never start.
  if (image.state === 'done') await probeWholeFile(bench, image.value, signal);
  if (signal.aborted) return stopped;
  const { deed: possible, checks } = preflight(bench.run());
  const failing = checks.find(({ answer }) => answer === 'fail');
  if (possible === null || !isSameDeed(possible, deed)) {
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
    let last = world.clock.elapsed();
    await world.clock.sleep(quietLeft(watch, timings), signal);
    for (;;) {
      const sighting = await sight(bench, work, deed, signal);
      const now = world.clock.elapsed();
      const seen = look(watch, sighting, now - last, timings);
      last = now;
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
