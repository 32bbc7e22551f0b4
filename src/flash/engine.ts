import { parseDownloadUrl } from '../mirror/url-rules.ts';
import { type Address, parseAddress } from '../zeroconf/address.ts';
import { createBench } from './bench.ts';
import { type Confirmation, names, readyFor } from './confirmation.ts';
import { createDeviceWork, toldBefore, toldTruly } from './device-work.ts';
import { aged, type Doubts, toBeKept } from './doubts.ts';
import { afterInfo, earlierAt, lasting } from './ending.ts';
import { flash } from './flash-work.ts';
import { fetchImage } from './image-work.ts';
import { unsuitable } from './preflight.ts';
import { resume } from './resume.ts';
import { emptyRun, isFlashing, lacksPermission, type Run } from './run.ts';
import type { World } from './world.ts';

export type { Confirmation } from './confirmation.ts';

/** Null when the engine has taken a command up, else the sentence that says why it has not. */
export type Refusal = string | null;

/**
 * Owns one run. Every method answers at once and works on in the background; what comes of it is in the run.
 * The decision whether to begin is made without waiting for anything, so two clicks never begin twice.
 */
export interface Engine {
  info(address: string, typedId: string): Refusal;
  unlock(): Refusal;
  image(url: string): Refusal;
  flash(confirmation: Confirmation): Refusal;
  /** `flash` is the deed itself, as long as its request has not been written; `watch` is looking on afterwards. */
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

const busyFlashing = 'A flash is under way. Wait for it to end.';
const tooLate = 'The device has the request already; stopping would not take it back.';

/** How often the time of a hold is written down, in milliseconds. */
const holdStep = 10_000;

/** An engine that takes up `resumed`, the run that an earlier background left. */
export function createEngine(world: World, resumed: Run): Engine {
  const bench = createBench(world, resumed);
  const work = createDeviceWork(bench);
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
          controllers[lane] === controller && lane === 'device' && isFlashing(bench.run().flash);
        if (!controller.signal.aborted || owesAnEnd) mishap(lane, error);
      })
      .finally(() => pending.delete(running));
    pending.add(running);
  }

  /** A fault of ours must not look like a device that is still being talked to. */
  function mishap(lane: 'device' | 'image', error: unknown): void {
    const run = bench.run();
    const at = world.clock.now();
    bench.note(`Fault in the extension: ${String(error)}`);
    const failure = {
      kind: 'fault',
      sentence: 'The extension itself failed here, and has sent nothing more to the device.',
      action: 'Copy the log into a bug report, then try again.',
    };
    const broken = { state: 'failed', at, failure } as const;
    if (lane === 'image') {
      bench.change(run.image.state === 'working' ? { image: broken } : { mirror: broken });
      return;
    }
    if (run.device.state === 'working') bench.change({ device: broken });
    if (run.unlock.state === 'working') bench.change({ unlock: broken });
    if (isFlashing(run.flash)) begin('device', (signal) => resume(bench, work, 'fault', signal));
  }

  function startInfo(address: Address, typedId: string): void {
    const run = bench.run();
    const same = run.address?.host === address.host;
    const told = toldBefore(run, address);
    bench.change({
      address,
      typedId,
      device: { state: 'working', since: world.clock.now(), progress: null },
      unlock: { state: 'idle' },
      flash: earlierAt(run, address.host),
      ...(same ? {} : { journal: [] }),
    });
    begin('device', async (signal) => {
      const result = await work.info(address, typedId, told, signal);
      if (signal.aborted) return;
      const at = world.clock.now();
      bench.change({
        device: result.ok
          ? { state: 'done', at, value: result.value }
          : { state: 'failed', at, failure: toldTruly(bench, result.failure) },
      });
      if (result.ok) afterInfo(bench, result.value);
    });
  }

  function startUnlock(address: Address): void {
    bench.change({ unlock: { state: 'working', since: world.clock.now(), progress: null } });
    begin('device', (signal) => work.unlock(address, signal));
  }

  function startImage(url: NonNullable<Run['firmware']>): void {
    bench.change({
      firmware: url,
      image: { state: 'working', since: world.clock.now(), progress: null },
      mirror: { state: 'idle' },
    });
    begin('image', (signal) => fetchImage(bench, url, signal));
  }

  const engine: Engine = {
    info(text, typedId) {
      const { flash, unlock, device } = bench.run();
      if (isFlashing(flash)) return busyFlashing;
      if (unlock.state === 'working') return 'The device is being unlocked. Wait, or cancel that first.';
      const address = parseAddress(text);
      if (!address.ok) return address.failure.sentence;
      const { address: asked, typedId: askedAs } = bench.run();
      const id = typedId.trim();
      if (device.state === 'working' && asked?.host === address.value.host && askedAs === id) return null;
      startInfo(address.value, id);
      return null;
    },
    unlock() {
      const { flash, device, address, unlock } = bench.run();
      if (isFlashing(flash)) return busyFlashing;
      if (address === null || device.state !== 'done') return 'Press Info first.';
      if (unlock.state === 'working') return null;
      const against = unsuitable(device.value);
      if (against !== null) return against.sentence;
      if (device.value.otaUnlock === true) return null;
      startUnlock(address);
      return null;
    },
    image(text) {
      if (isFlashing(bench.run().flash)) return busyFlashing;
      const url = parseDownloadUrl(text);
      if (!url.ok) return url.failure.sentence;
      const { image, mirror, firmware } = bench.run();
      // Popup and tab may both ask for the same.
      const isWorking = image.state === 'working' || mirror.state === 'working';
      if (isWorking && firmware?.href === url.value.href) return null;
      bench.change({ flash: lasting(bench.run().flash) });
      startImage(url.value);
      return null;
    },
    flash(confirmation) {
      bench.passTime();
      const run = bench.run();
      // The second click of a double click, or the same answer in another tab.
      if (isFlashing(run.flash)) return names(confirmation, run.flash.deed) ? null : busyFlashing;
      const ready = readyFor(run, confirmation);
      if (!ready.ok) return ready.refusal;
      bench.change({ flash: { stage: 'checking', deed: ready.deed } });
      begin('device', (signal) => flash(bench, work, ready.deed, confirmation.confirmed, signal));
      return null;
    },
    stop(what) {
      const { flash, device, unlock, image, mirror } = bench.run();
      if (what === 'image') {
        // What is asked then belongs to the flash, which has a button of its own.
        if (isFlashing(flash)) return busyFlashing;
        controllers.image.abort();
        if (image.state === 'working') bench.change({ image: { state: 'idle' } });
        if (mirror.state === 'working') bench.change({ mirror: { state: 'idle' } });
        return null;
      }
      // A view that is out of date must not end a watch with the button that cancels something else.
      if (isFlashing(flash) && what === 'device') return busyFlashing;
      if (what === 'flash' && isFlashing(flash) && flash.stage !== 'checking') return tooLate;
      if (what === 'watch' && flash.stage === 'requested') return tooLate;
      if (what !== 'device' && (!isFlashing(flash) || (flash.stage === 'checking') !== (what === 'flash')))
        return null;
      controllers.device.abort();
      if (device.state === 'working') bench.change({ device: { state: 'idle' } });
      if (unlock.state === 'working') bench.change({ unlock: { state: 'idle' } });
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
      const { device, address, typedId, image, firmware, flash } = bench.run();
      if (isFlashing(flash)) return;
      if (lacksPermission(device) && address !== null) startInfo(address, typedId);
      if (lacksPermission(image) && firmware !== null) startImage(firmware);
    },
    async settled() {
      while (pending.size > 0) await Promise.allSettled(pending);
      await bench.written();
    },
  };

  takeUp();
  return engine;

  function beginAnew(kept: (doubts: Doubts) => Doubts): Refusal {
    if (isFlashing(bench.run().flash)) return busyFlashing;
    controllers.device.abort();
    controllers.image.abort();
    bench.change({ ...emptyRun, doubts: kept(bench.run().doubts) });
    return null;
  }

  async function countHolds(): Promise<void> {
    while (bench.run().doubts.some(({ holdLeft }) => holdLeft > 0)) {
      await world.clock.sleep(holdStep);
      bench.passTime();
    }
    await bench.written().catch(() => {});
  }

  /** Goes on where an earlier background was stopped. What can be repeated is; `ota_flash` never is. */
  function takeUp(): void {
    const { device, unlock, image, mirror, flash, address, typedId, firmware, doubts } = bench.run();
    if (doubts.length > 0) bench.change({ doubts: aged(doubts, world.clock.now()) });
    if (isFlashing(flash)) begin('device', (signal) => resume(bench, work, 'stopped', signal));
    else if (address !== null && device.state === 'working') startInfo(address, typedId);
    else if (address !== null && unlock.state === 'working') startUnlock(address);
    if (firmware !== null && (image.state === 'working' || mirror.state === 'working')) startImage(firmware);
  }
}
