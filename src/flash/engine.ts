import { text, type Wording } from '../core/text.ts';
import { parseDownloadUrl } from '../mirror/url/url-rules.ts';
import { type Address, parseAddress } from '../zeroconf/device/address.ts';
import { type Confirmation, names, readyFor } from './run/confirmation.ts';
import { aged, type Doubts, toBeKept } from './run/doubts.ts';
import { unsuitable } from './run/preflight.ts';
import { emptyRun, isFlashing, lacksPermission, type Run } from './run/run.ts';
import { afterInfo, earlierAt, lasting } from './run/transitions.ts';
import { refusalOfId } from './run/typed-id.ts';
import { createDeviceTasks, toldBefore, toldTruly } from './tasks/device-tasks.ts';
import { flash } from './tasks/flash-task.ts';
import { fetchImage } from './tasks/image-tasks.ts';
import { resume } from './tasks/resume.ts';
import { createRunContext } from './tasks/run-context.ts';
import type { RunEnvironment } from './tasks/run-environment.ts';

export type { Confirmation } from './run/confirmation.ts';

/** Null when the engine has taken a command up, else the sentence that says why it has not. */
export type Refusal = Wording | null;

/**
 * Owns one run. Every method answers at once and works on in the background; what comes of it is in the run.
 * The decision whether to begin is made without waiting for anything, so two clicks never begin twice.
 */
export interface Engine {
  info(address: string, typedId: string): Refusal;
  unlock(): Refusal;
  image(url: string): Refusal;
  flash(confirmation: Confirmation): Refusal;
  /** `flash` is the plan itself, as long as its request has not been written; `watch` is looking on afterwards. */
  stop(what: 'device' | 'image' | 'flash' | 'watch'): Refusal;
  startOver(): Refusal;
  /** As `startOver`, and forgets also how flashes ended, but for what must be kept; see `toBeKept`. */
  forget(): Refusal;
  /** Resolves when no device may be downloading any more. Time counts only while somebody waits for this. */
  holdsOver(): Promise<void>;
  /** Asks again what could not be asked for want of a permission. */
  permissionGranted(): void;
  /** Resolves when nothing is under way and everything is written. */
  settled(): Promise<void>;
}

const busyFlashing = text('flash_under_way', 'A flash is under way. Wait for it to end.');
const tooLate = text(
  'flash_too_late',
  'The device has the request already; stopping would not take it back.',
);
const unlocking = text('flash_unlocking', 'The device is being unlocked. Wait, or cancel that first.');
const infoFirst = text('flash_info_first', 'Press Info first.');

/** How often the time of a hold is written down, in milliseconds. */
const holdStep = 10_000;

/** An engine that takes up `resumed`, the run that an earlier background left. */
export function createEngine(environment: RunEnvironment, resumed: Run): Engine {
  const context = createRunContext(environment, resumed);
  const work = createDeviceTasks(context);
  const pending = new Set<Promise<void>>();
  let holding: Promise<void> | null = null;
  const controllers = { device: new AbortController(), image: new AbortController() };

  /** Starts `task` on `lane`, ending whatever ran there before. */
  function begin(lane: 'device' | 'image', task: (signal: AbortSignal) => Promise<void>): void {
    controllers[lane].abort();
    const controller = new AbortController();
    controllers[lane] = controller;
    const running: Promise<void> = task(controller.signal)
      .catch((error: unknown) => {
        // What was stopped has no more to say, except that a flash must come to an end in any case.
        const owesAnEnd =
          controllers[lane] === controller && lane === 'device' && isFlashing(context.run().flash);
        if (!controller.signal.aborted || owesAnEnd) mishap(lane, error);
      })
      .finally(() => pending.delete(running));
    pending.add(running);
  }

  /** A fault of ours must not look like a device that is still being talked to. */
  function mishap(lane: 'device' | 'image', error: unknown): void {
    const run = context.run();
    const at = environment.clock.now();
    context.note(`Fault in the extension: ${String(error)}`);
    const failure = {
      kind: 'fault',
      sentence: text(
        'flash_fault',
        'The extension itself failed here, and has sent nothing more to the device.',
      ),
      action: text('flash_fault_action', 'Copy the log into a bug report, then try again.'),
    };
    const broken = { state: 'failed', at, failure } as const;
    if (lane === 'image') {
      context.change(run.image.state === 'working' ? { image: broken } : { mirror: broken });
      return;
    }
    if (run.device.state === 'working') context.change({ device: broken });
    if (run.unlock.state === 'working') context.change({ unlock: broken });
    if (isFlashing(run.flash)) begin('device', (signal) => resume(context, work, 'fault', signal));
  }

  function startInfo(address: Address, typedId: string): void {
    const run = context.run();
    const same = run.address?.host === address.host;
    const told = toldBefore(run, address);
    context.change({
      address,
      typedId,
      device: { state: 'working', since: environment.clock.now(), progress: null },
      unlock: { state: 'idle' },
      flash: earlierAt(run, address.host),
      ...(same ? {} : { journal: [] }),
    });
    begin('device', async (signal) => {
      const result = await work.info(address, typedId, told, signal);
      if (signal.aborted) return;
      const at = environment.clock.now();
      context.change({
        device: result.ok
          ? { state: 'done', at, value: result.value }
          : { state: 'failed', at, failure: toldTruly(context, result.failure) },
      });
      if (result.ok) afterInfo(context, result.value);
    });
  }

  function startUnlock(address: Address): void {
    context.change({ unlock: { state: 'working', since: environment.clock.now(), progress: null } });
    begin('device', (signal) => work.unlock(address, signal));
  }

  function startImage(url: NonNullable<Run['firmware']>): void {
    context.change({
      firmware: url,
      image: { state: 'working', since: environment.clock.now(), progress: null },
      mirror: { state: 'idle' },
    });
    begin('image', (signal) => fetchImage(context, url, signal));
  }

  const engine: Engine = {
    info(text, typedId) {
      const { flash, unlock, device, address: asked, typedId: askedAs } = context.run();
      if (isFlashing(flash)) return busyFlashing;
      if (unlock.state === 'working') return unlocking;
      const address = parseAddress(text);
      if (!address.ok) return address.failure.sentence;
      const refusal = refusalOfId(typedId);
      if (refusal !== null) return refusal;
      const id = typedId.trim();
      if (device.state === 'working' && asked?.host === address.value.host && askedAs === id) return null;
      startInfo(address.value, id);
      return null;
    },
    unlock() {
      const { flash, device, address, unlock } = context.run();
      if (isFlashing(flash)) return busyFlashing;
      if (address === null || device.state !== 'done') return infoFirst;
      if (unlock.state === 'working') return null;
      const against = unsuitable(device.value);
      if (against !== null) return against.sentence;
      if (device.value.otaUnlock === true) return null;
      startUnlock(address);
      return null;
    },
    image(text) {
      if (isFlashing(context.run().flash)) return busyFlashing;
      const url = parseDownloadUrl(text);
      if (!url.ok) return url.failure.sentence;
      const { image, mirror, firmware } = context.run();
      // Popup and tab may both ask for the same.
      const isWorking = image.state === 'working' || mirror.state === 'working';
      if (isWorking && firmware?.href === url.value.href) return null;
      context.change({ flash: lasting(context.run().flash) });
      startImage(url.value);
      return null;
    },
    flash(confirmation) {
      context.passTime();
      const run = context.run();
      // The second click of a double click, or the same answer in another tab.
      if (isFlashing(run.flash)) return names(confirmation, run.flash.plan) ? null : busyFlashing;
      const ready = readyFor(run, confirmation);
      if (!ready.ok) return ready.refusal;
      context.change({ flash: { stage: 'checking', plan: ready.plan } });
      begin('device', (signal) => flash(context, work, ready.plan, confirmation.confirmed, signal));
      return null;
    },
    stop(what) {
      const { flash, device, unlock, image, mirror } = context.run();
      if (what === 'image') {
        // What is asked then belongs to the flash, which has a button of its own.
        if (isFlashing(flash)) return busyFlashing;
        controllers.image.abort();
        if (image.state === 'working') context.change({ image: { state: 'idle' } });
        if (mirror.state === 'working') context.change({ mirror: { state: 'idle' } });
        return null;
      }
      // A view that is out of date must not end a watch with the button that cancels something else.
      if (isFlashing(flash) && what === 'device') return busyFlashing;
      if (what === 'flash' && isFlashing(flash) && flash.stage !== 'checking') return tooLate;
      if (what === 'watch' && flash.stage === 'requested') return tooLate;
      if (what !== 'device' && (!isFlashing(flash) || (flash.stage === 'checking') !== (what === 'flash')))
        return null;
      controllers.device.abort();
      if (device.state === 'working') context.change({ device: { state: 'idle' } });
      if (unlock.state === 'working') context.change({ unlock: { state: 'idle' } });
      return null;
    },
    startOver: () => beginAnew((doubts) => doubts),
    forget: () => beginAnew(toBeKept),
    async holdsOver() {
      holding ??= countHolds().finally(() => {
        holding = null;
      });
      await holding;
    },
    permissionGranted() {
      const { device, address, typedId, image, firmware, flash } = context.run();
      if (isFlashing(flash)) return;
      if (lacksPermission(device) && address !== null) startInfo(address, typedId);
      if (lacksPermission(image) && firmware !== null) startImage(firmware);
    },
    async settled() {
      while (pending.size > 0) await Promise.allSettled(pending);
      await context.written();
    },
  };

  takeUp();
  return engine;

  function beginAnew(kept: (doubts: Doubts) => Doubts): Refusal {
    if (isFlashing(context.run().flash)) return busyFlashing;
    controllers.device.abort();
    controllers.image.abort();
    context.change({ ...emptyRun, doubts: kept(context.run().doubts) });
    return null;
  }

  async function countHolds(): Promise<void> {
    while (context.run().doubts.some(({ holdLeft }) => holdLeft > 0)) {
      await environment.clock.sleep(holdStep);
      context.passTime();
    }
    await context.written().catch(() => {});
  }

  /** Goes on where an earlier background was stopped. What can be repeated is; `ota_flash` never is. */
  function takeUp(): void {
    const { device, unlock, image, mirror, flash, address, typedId, firmware, doubts } = context.run();
    if (doubts.length > 0) context.change({ doubts: aged(doubts, environment.clock.now()) });
    if (isFlashing(flash)) begin('device', (signal) => resume(context, work, 'stopped', signal));
    else if (address !== null && device.state === 'working') startInfo(address, typedId);
    else if (address !== null && unlock.state === 'working') startUnlock(address);
    if (firmware !== null && (image.state === 'working' || mirror.state === 'working')) startImage(firmware);
  }
}
