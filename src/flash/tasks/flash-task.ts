import type { Clock } from '../../core/clock.ts';
import { text } from '../../core/text.ts';
import { waitFor } from '../../core/wait.ts';
import type { ZeroconfFailure, ZeroconfFailureKind } from '../../zeroconf/errors/zeroconf-failure.ts';
import { decided } from '../journal/events-of.ts';
import { type FlashPlan, whoseRun } from '../run/device-run.ts';
import { nothingSent, type Outcome, outcomeOf, outcomeOfRefusal } from '../run/outcome.ts';
import { isSamePlan, preflight, unconfirmed } from '../run/preflight.ts';
import { lookAtChecks } from '../run/sentences.ts';
import { end } from '../run/transitions.ts';
import { unsent, unsentToBusy } from '../run/unsent.ts';
import { advanceWatch, isGone, quietLeft, startWatch, type Watch } from '../watch/advance-watch.ts';
import { observeDevice } from '../watch/observe-device.ts';
import type { DeviceTasks, OnlyDevice } from './device-tasks.ts';
import { announced, endByReport, rest } from './local-mirror-tasks.ts';
import type { RunContext } from './run-context.ts';
import { probeWholeFile } from './whole-file-look.ts';

/** How long the browser may take to write down that a flash begins, in milliseconds. */
const writingTakes = 10_000;

/**
 * Does the plan once: reads the device and asks the mirror again, and only then sends `ota_flash`, a single
 * time, after the run that says so is written.
 */
export async function flash(
  context: RunContext,
  work: DeviceTasks,
  plan: FlashPlan,
  confirmed: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { environment } = context;
  const began = { now: environment.clock.now(), elapsed: environment.clock.elapsed() };
  const device = work.only(plan);
  const obstacle =
    (await sameDevice(context, device, plan, signal)) ??
    (await sameFile(context, signal)) ??
    asConfirmed(context, plan, confirmed) ??
    (await announced(context, plan)) ??
    (await ownConnection(context, device, signal)) ??
    // All that took seconds, in which the address may have gone to another device.
    (await sameDevice(context, device, plan, signal)) ??
    asConfirmed(context, plan, confirmed);
  if (obstacle !== null) return end(context, plan, obstacle);
  if (signal.aborted) return end(context, plan, unsent('stopped'));

  // Until this very line a person may cancel, and from it on nobody can: nothing is awaited in between.
  const at = environment.clock.now();
  const { address, url, digest } = plan;
  context.note(
    decided(
      at,
      text('flash_log_flashing', 'Flashing {url} (SHA-256 {digest}) to {host}.', {
        url: url.href,
        digest,
        host: address.host,
      }),
    ),
  );
  context.willBeSent();
  context.change({ flash: { stage: 'requested', plan, at } });
  const wrote = await waitFor(context.written(), { ms: writingTakes, clock: environment.clock, signal });
  if (wrote.kind !== 'done') return end(context, plan, unsent('not-written'));
  if (hasSlept(environment.clock, began)) return end(context, plan, unsent('out-of-date'));
  const answer = await device.otaFlash({ downloadUrl: plan.url.href, sha256sum: plan.digest }, signal);
  if (!answer.ok && answer.failure.device !== 'may-have-worked') {
    return end(context, plan, outcomeOfRefusal(answer.failure));
  }
  await watchDevice(context, work, plan, startWatch(environment.clock.now(), answer.ok), signal);
}

/** Silences of a device that is serving somebody else (SonoffLAN local.py: a second connection is reset). */
const busy: ReadonlySet<ZeroconfFailureKind> = new Set(['reset', 'empty-reply', 'time-out']);

function unanswered({ kind, sentence, action, trouble }: ZeroconfFailure): Outcome {
  if (kind === 'wrong-deviceid') return unsent('another-or-refuses');
  return busy.has(kind) ? unsentToBusy(sentence) : nothingSent(sentence, action, trouble);
}

/** The most that the last look may take, and that the two clocks may differ by afterwards, in milliseconds. */
const longestLook = 300_000;
const longestGap = 15_000;

/** Whether what was seen at `began` may be long ago: one clock goes on while the computer sleeps, the other not always. */
function hasSlept(clock: Clock, began: { readonly now: number; readonly elapsed: number }): boolean {
  const elapsed = clock.elapsed() - began.elapsed;
  return elapsed > longestLook || Math.abs(clock.now() - began.now - elapsed) > longestGap;
}

/** Makes sure that the browser will not send `ota_flash` twice by itself; the reason not to send it, or null. */
async function ownConnection(
  { wasSent }: RunContext,
  device: OnlyDevice,
  signal: AbortSignal,
): Promise<Outcome | null> {
  if (!wasSent()) return null;
  switch (await device.makeWay(signal)) {
    case 'clear':
      return null;
    case 'cancelled':
      return unsent('stopped');
    case 'kept':
      return unsent('kept-connection');
  }
}

/** Whether the device of `plan` answers, as it was when it was confirmed; the reason not to flash it, or null. */
async function sameDevice(
  context: RunContext,
  device: OnlyDevice,
  plan: FlashPlan,
  signal: AbortSignal,
): Promise<Outcome | null> {
  const before = context.run().device;
  // Once: a device that breaks off seems to be busy, perhaps with the download of somebody else's flash.
  const info = await device.info(signal);
  if (signal.aborted) return unsent('stopped');
  if (!info.ok) return unanswered(info.failure);
  const { fwVersion, protocol } = info.value;
  const isOther =
    plan.deviceid !== whoseRun(context.run(), info.value).deviceid ||
    plan.fwVersion !== fwVersion ||
    (before.state === 'done' && before.value.protocol !== protocol);
  if (isOther) return unsent('another-device');
  context.change({ device: { state: 'done', at: context.environment.clock.now(), value: info.value } });
  return null;
}

/** Has the mirror looked at anew, however young the last report: a file replaced in between would never start. */
async function sameFile(context: RunContext, signal: AbortSignal): Promise<Outcome | null> {
  const { image } = context.source.source();
  if (image.state === 'done') await probeWholeFile(context.source, image.value, signal);
  return signal.aborted ? unsent('stopped') : null;
}

/** The reason not to flash after all, in what is known by now, or null. */
function asConfirmed(context: RunContext, plan: FlashPlan, confirmed: readonly string[]): Outcome | null {
  const { plan: possible, checks } = preflight(context.run(), context.source.source());
  const failing = checks.find(({ answer }) => answer === 'fail');
  if (possible === null || !isSamePlan(possible, plan)) {
    if (failing === undefined) return unsent('changed-meanwhile');
    return nothingSent(failing.sentence, failing.action ?? lookAtChecks, failing.trouble);
  }
  const surprise = unconfirmed(checks, confirmed);
  return surprise === null
    ? null
    : nothingSent(
        surprise.sentence,
        text('flash_if_accepted', 'Press Flash again if you accept this.'),
        surprise.trouble,
      );
}

/** Looks at the device's address until there is something to conclude. */
export async function watchDevice(
  context: RunContext,
  work: DeviceTasks,
  plan: FlashPlan,
  start: Watch,
  signal: AbortSignal,
): Promise<void> {
  const { environment } = context;
  const timings = environment.watchTimings;
  let watch = start;
  const show = () =>
    context.change({ flash: { stage: isGone(watch, timings) ? 'restarting' : 'downloading', plan, watch } });
  show();
  try {
    let last = environment.clock.elapsed();
    environment.localMirror?.follow(plan);
    await rest(context, plan, watch, quietLeft(watch, timings), signal);
    for (;;) {
      const reported = endByReport(context, plan, watch, null);
      if (reported !== null) return end(context, plan, reported);
      const observation = await observeDevice(context, work, plan, signal);
      const now = environment.clock.elapsed();
      const seen = advanceWatch(watch, observation, now - last, timings);
      last = now;
      watch = seen.watch;
      show();
      if (seen.conclusion !== null) {
        const outcome = endByReport(context, plan, watch, seen.conclusion);
        return end(context, plan, outcome ?? outcomeOf(seen.conclusion, watch));
      }
      await rest(context, plan, watch, timings.between, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    end(context, plan, outcomeOf('interrupted', watch));
  }
}
