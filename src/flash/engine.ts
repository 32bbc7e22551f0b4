/*
 * Takes commands and answers at once; what comes of them is in the state. It is the one that decides whether a task
 * begins; the tasks themselves are in `tasks/`. May import the rooms of flash and the leaves.
 */
import { type Text, text } from '../core/text.ts';
import { parseDownloadUrl } from '../mirror/url/url-rules.ts';
import { parseAddress } from '../zeroconf/device/address.ts';
import { type Confirmation, names } from './run/confirmation.ts';
import { isBusy, isFlashing, noRun, whoseRun } from './run/device-run.ts';
import { aged, toBeKept } from './run/doubts.ts';
import { unsuitable } from './run/preflight.ts';
import { readyFor } from './run/ready-for.ts';
import { busyFlashing } from './run/sentences.ts';
import { earlierAt, lasting } from './run/transitions.ts';
import { refusalOfId } from './run/typed-id.ts';
import { createSeveral, type Several } from './several/several.ts';
import { isFetching } from './source/firmware-source.ts';
import {
  emptyState,
  type FlashState,
  flashingRun,
  isFlashUnderWay,
  runAt,
  shownRun,
  withRun,
  withRunLast,
} from './state.ts';
import { lacksPermission } from './step.ts';
import { createDeviceAccess } from './tasks/device-access.ts';
import { createHoldCount } from './tasks/hold-count.ts';
import { takeLateReports } from './tasks/late-reports.ts';
import { createStateContext } from './tasks/run-context.ts';
import type { RunEnvironment } from './tasks/run-environment.ts';
import { createRunTasks } from './tasks/run-tasks.ts';
import { createDesk, type Desk } from './tools/desk.ts';

/** Null when the engine has taken a command up, else the sentence that says why it has not. */
export type Refusal = Text | null;

/**
 * Owns a run for each device, and the firmware source. Every method answers at once and works on in the background.
 * The decision whether to begin is made without waiting for anything, so two clicks never begin twice. A device is
 * named by the host of its address; one flash at a time is under way, whatever the device.
 */
export interface Engine {
  /** For the tools beside it. */
  readonly desk: Desk;
  /** Many devices with one command. */
  readonly several: Several;
  /** Asks the device at `address` who it is; its run is the one that is shown from then on. */
  info(address: string, typedId: string): Refusal;
  unlock(host: string): Refusal;
  /** `isAsked` is false where nobody has asked for it now: what is said of the last flash stays. */
  image(url: string, isAsked?: boolean): Refusal;
  /** Flashes the device that is shown, if it is the one that was confirmed. */
  flash(confirmation: Confirmation): Refusal;
  /** Looks at `address` for the firmware that was flashed to the device at `host`. */
  proof(address: string, host: string): Refusal;
  /** `flash` is the plan itself, as long as its request has not been written; `watch` is looking on afterwards. */
  stop(what: 'device' | 'flash' | 'watch', host: string): Refusal;
  stopImage(): Refusal;
  /** Forgets the run that is shown. */
  startOver(): Refusal;
  /** Forgets all but what must be kept; see `toBeKept`. */
  forget(): Refusal;
  /** Resolves when no device may be downloading any more. Time counts only while somebody waits for this. */
  holdsOver(): Promise<void>;
  /** A device has reported something to the local mirror. */
  reported(): void;
  /** Asks again what could not be asked for want of a permission. */
  permissionGranted(): void;
  /** Resolves when nothing is under way and everything is written. */
  settled(): Promise<void>;
}

const tooLate = text(
  'flash_too_late',
  'The device has the request already; stopping would not take it back.',
);
const unlocking = text('flash_unlocking', 'The device is being unlocked. Wait, or cancel that first.');
const beingAsked = text('flash_being_asked', 'The device is being asked. Wait, or cancel that first.');
const nothingToProve = text('flash_nothing_to_prove', 'No flash of this device has ended. Press Info.');
const infoFirst = text('flash_info_first', 'Press Info first.');

/** An engine that takes up `resumed`, the state that an earlier background left. It shares `access` with the tools. */
export function createEngine(
  environment: RunEnvironment,
  resumed: FlashState,
  access = createDeviceAccess(environment.clock),
): Engine {
  const context = createStateContext(environment, resumed);
  const { state } = context;
  const tasks = createRunTasks(context, access.queue);
  const several = createSeveral(context, tasks, access);

  const engine: Engine = {
    desk: createDesk(context),
    several,
    info(typed, typedId) {
      if (isFlashUnderWay(state())) return busyFlashing;
      const address = parseAddress(typed);
      if (!address.ok) return address.failure.sentence;
      const { host } = address.value;
      const known = runAt(state(), host);
      if (known?.unlock.state === 'working') return unlocking;
      const refusal = refusalOfId(typedId);
      if (refusal !== null) return refusal;
      const id = typedId.trim();
      const flash = earlierAt(known, state().doubts, host);
      const run = { ...(known ?? noRun), address: address.value, typedId: id, flash };
      context.change({ runs: withRunLast(state().runs, run), shown: host });
      tasks.forgetGone();
      if (known?.device.state === 'working' && known.typedId === id) return null;
      tasks.info(run);
      return null;
    },
    unlock(host) {
      if (isFlashUnderWay(state())) return busyFlashing;
      const run = runAt(state(), host);
      if (run === null || run.device.state !== 'done') return infoFirst;
      if (run.unlock.state === 'working') return null;
      const against = unsuitable(run.device.value);
      if (against !== null) return against.sentence;
      if (run.device.value.otaUnlock === true) return null;
      const reserved = access.whyReserved(whoseRun(run, run.device.value));
      if (reserved === null) tasks.unlock(run);
      return reserved;
    },
    image(typed, isAsked = true) {
      if (isFlashUnderWay(state())) return busyFlashing;
      const url = parseDownloadUrl(typed);
      if (!url.ok) return url.failure.sentence;
      const { source } = state();
      // Popup and tab may both ask for the same.
      if (isFetching(source) && source.firmware?.href === url.value.href) return null;
      const run = shownRun(state());
      if (isAsked && run.address !== null)
        context.change({ runs: withRun(state().runs, { ...run, flash: lasting(run.flash) }) });
      tasks.image(url.value);
      return null;
    },
    flash(confirmation) {
      context.passTime();
      const flashing = flashingRun(state());
      // The second click of a double click, or the same answer in another tab.
      if (flashing !== null && isFlashing(flashing.flash))
        return names(confirmation, flashing.flash.plan) ? null : busyFlashing;
      if (isFlashUnderWay(state())) return busyFlashing;
      // Only what is on the page: nobody would see how another flash goes that was confirmed in an older page.
      const ready = readyFor(shownRun(state()), state(), confirmation);
      if (!ready.ok) return ready.refusal;
      const reserved = access.whyReserved(ready.plan);
      if (reserved === null) tasks.flash(ready.run, ready.plan, confirmation.confirmed);
      return reserved;
    },
    proof(typed, host) {
      if (isFlashUnderWay(state())) return busyFlashing;
      const run = runAt(state(), host);
      if (run === null || run.flash.stage !== 'ended') return nothingToProve;
      const address = parseAddress(typed);
      if (!address.ok) return address.failure.sentence;
      const { proof } = run;
      if (proof?.look.state === 'working' && proof.address.host === address.value.host) return null;
      if (isBusy(run) && proof?.look.state !== 'working') return beingAsked;
      tasks.prove(run, address.value);
      return null;
    },
    stop(what, host) {
      const run = runAt(state(), host);
      if (run === null) return null;
      const { flash, device, unlock, proof } = run;
      // A view that is out of date must not end a watch with the button that cancels something else.
      if (isFlashing(flash) && what === 'device') return busyFlashing;
      if (what === 'flash' && isFlashing(flash) && flash.stage !== 'checking') return tooLate;
      if (what === 'watch' && flash.stage === 'requested') return tooLate;
      if (what !== 'device' && (!isFlashing(flash) || (flash.stage === 'checking') !== (what === 'flash')))
        return null;
      tasks.stop(host);
      context.change({
        runs: withRun(state().runs, {
          ...run,
          device: device.state === 'working' ? { state: 'idle' } : device,
          unlock: unlock.state === 'working' ? { state: 'idle' } : unlock,
          proof: proof?.look.state === 'working' ? null : proof,
        }),
      });
      return null;
    },
    stopImage() {
      // What is asked then belongs to the flash, which has a button of its own.
      if (isFlashUnderWay(state())) return busyFlashing;
      tasks.stopImage();
      const { image, mirror } = state().source;
      if (image.state === 'working') context.source.change({ image: { state: 'idle' } });
      if (mirror.state === 'working') context.source.change({ mirror: { state: 'idle' } });
      return null;
    },
    startOver() {
      const { address, flash } = shownRun(state());
      if (isFlashing(flash) || isFlashUnderWay(state())) return busyFlashing;
      if (address !== null) tasks.stop(address.host);
      const runs = state().runs.filter((run) => run.address.host !== address?.host);
      context.change({ runs, shown: null });
      tasks.forgetGone();
      return null;
    },
    forget() {
      if (isFlashUnderWay(state())) return busyFlashing;
      tasks.stopAll();
      const { doubts, sentTo } = state();
      context.change({ ...emptyState, doubts: toBeKept(doubts), sentTo });
      tasks.forgetGone();
      return null;
    },
    holdsOver: createHoldCount(context),
    reported: () => takeLateReports(context),
    permissionGranted() {
      if (isFlashUnderWay(state())) return;
      const { runs, source } = state();
      for (const run of runs) {
        if (lacksPermission(run.device)) tasks.infoInLine(run);
        else if (run.proof !== null && lacksPermission(run.proof.look)) tasks.prove(run, run.proof.address);
      }
      if (lacksPermission(source.image) && source.firmware !== null) tasks.image(source.firmware);
    },
    async settled() {
      await several.settled();
      await tasks.settled();
      await context.written();
    },
  };

  takeUp();
  return engine;

  /** Goes on where an earlier background was stopped. What can be repeated is; `ota_flash` never is. */
  function takeUp(): void {
    const { runs, source, doubts } = state();
    if (doubts.length > 0) context.change({ doubts: aged(doubts, environment.clock.now()) });
    for (const run of runs) {
      if (isFlashing(run.flash)) tasks.resume(run);
      else if (run.device.state === 'working') tasks.infoInLine(run);
      else if (run.unlock.state === 'working') tasks.unlock(run);
      else if (run.proof?.look.state === 'working') tasks.prove(run, run.proof.address);
    }
    several.takeUp();
    if (isFetching(source) && source.firmware !== null) tasks.image(source.firmware);
  }
}
