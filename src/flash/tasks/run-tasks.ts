/*
 * The work of runs, and what writes the state and stops the work. May import the leaves and the other rooms of flash
 * but tools.
 */
import type { DownloadUrl } from '../../mirror/url/url-rules.ts';
import type { DeviceQueue } from '../../zeroconf/client/client.ts';
import type { Address } from '../../zeroconf/device/address.ts';
import { faultEvent } from '../journal/events-of.ts';
import { type DeviceRun, type FlashPlan, isFlashing } from '../run/device-run.ts';
import { afterInfo } from '../run/transitions.ts';
import { runAt } from '../state.ts';
import { createDeviceTasks, type DeviceTasks, toldBefore, toldTruly } from './device-tasks.ts';
import { flash } from './flash-task.ts';
import { fetchImage } from './image-tasks.ts';
import { createKeyedTasks } from './keyed-tasks.ts';
import { fault } from './own-failures.ts';
import { prove } from './proof.ts';
import { resume } from './resume.ts';
import type { RunContext, StateContext } from './run-context.ts';
import { createTurnstile, type Turnstile } from './turnstile.ts';

/**
 * Begins and ends what is done for the runs and for the firmware source. One task for each device at a time: the next
 * one ends the one before. Whether it may begin is for the engine to say; what breaks ends up in the state.
 */
export interface RunTasks {
  info(run: DeviceRun): void;
  /** The same, as soon as fewer than eight devices of a list are being asked. */
  infoInLine(run: DeviceRun): void;
  unlock(run: DeviceRun): void;
  image(url: DownloadUrl): void;
  /** Looks for the new firmware at `address`. */
  prove(run: DeviceRun, address: Address): void;
  flash(run: DeviceRun, plan: FlashPlan, confirmed: readonly string[]): void;
  /** Takes up the flash that a stopped background left. */
  resume(run: DeviceRun): void;
  /** Resolves when nothing is done for `host`. */
  over(host: string): Promise<void>;
  stop(host: string): void;
  stopImage(): void;
  stopAll(): void;
  /** Forgets what was learned of devices whose runs are gone. */
  forgetGone(): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

type Device = readonly [context: RunContext, work: DeviceTasks];

/** Devices of a list that are asked at a time. */
const askedAtOnce = 8;

const imageKey = 'image';
const keyOf = (host: string) => `device ${host}`;

/** The tasks that work on `context`; `queue` is shared by all that speak with devices. */
export function createRunTasks(context: StateContext, queue: DeviceQueue): RunTasks {
  const { state, environment, source } = context;
  const { clock } = environment;
  const tasks = createKeyedTasks();
  const line = createTurnstile(askedAtOnce);
  /** By host. They are kept, because the clients in them learn how a device wants its id. */
  const devices = new Map<string, Device>();

  function deviceOf(run: DeviceRun): Device {
    const { host } = run.address;
    const known = devices.get(host);
    if (known !== undefined) return known;
    const runContext = context.runContext(run);
    const device = [runContext, createDeviceTasks(runContext, queue)] as const;
    devices.set(host, device);
    return device;
  }

  function begin(run: DeviceRun, task: (...device: [...Device, AbortSignal]) => Promise<void>): void {
    const device = deviceOf(run);
    const [runContext] = device;
    tasks.begin(
      keyOf(run.address.host),
      (signal) => task(...device, signal),
      (error, wasStopped) => {
        // What was stopped has no more to say, except that a flash must come to an end in any case.
        if (!wasStopped || isFlashing(runContext.run().flash)) deviceBroke(runContext, error);
      },
    );
  }

  function broken() {
    return { state: 'failed', at: clock.now(), failure: fault } as const;
  }

  /** A fault of ours must not look like a device that is still being talked to. */
  function deviceBroke(device: RunContext, error: unknown): void {
    device.note(faultEvent(clock.now(), error));
    const run = device.run();
    if (run.device.state === 'working') device.change({ device: broken() });
    if (run.unlock.state === 'working') device.change({ unlock: broken() });
    const { proof } = run;
    if (proof?.look.state === 'working') device.change({ proof: { ...proof, look: broken() } });
    if (isFlashing(run.flash)) begin(run, (...doing) => resume(...doing, 'fault'));
  }

  const working = () => ({ state: 'working', since: clock.now(), progress: null }) as const;

  function info(run: DeviceRun, turn?: Turnstile): void {
    // Before what it has told is gone.
    const told = toldBefore(run);
    deviceOf(run)[0].change({ device: working(), unlock: { state: 'idle' }, proof: null });
    begin(run, async (device, work, signal) => {
      const leave = await turn?.enter(signal);
      const result = await work.info(run.typedId, told, signal).finally(leave);
      if (signal.aborted) return;
      const at = clock.now();
      device.change({
        device: result.ok
          ? { state: 'done', at, value: result.value }
          : { state: 'failed', at, failure: toldTruly(device, result.failure) },
      });
      if (result.ok) afterInfo(device, result.value);
    });
  }

  return {
    info: (run) => info(run),
    infoInLine: (run) => info(run, line),
    unlock(run) {
      deviceOf(run)[0].change({ unlock: working() });
      begin(run, (_, work, signal) => work.unlock(signal));
    },
    image(url) {
      source.change({ firmware: url, image: working(), mirror: { state: 'idle' } });
      tasks.begin(
        imageKey,
        (signal) => fetchImage(source, url, signal),
        (error, wasStopped) => {
          if (wasStopped) return;
          source.note(faultEvent(clock.now(), error));
          source.change(
            state().source.image.state === 'working' ? { image: broken() } : { mirror: broken() },
          );
        },
      );
    },
    flash(run, plan, confirmed) {
      deviceOf(run)[0].change({ flash: { stage: 'checking', plan }, proof: null });
      begin(run, (device, work, signal) => flash(device, work, plan, confirmed, signal));
    },
    prove(run, address) {
      deviceOf(run)[0].change({ proof: { address, look: working() } });
      begin(run, (device, _, signal) => prove(device, address, signal));
    },
    resume: (run) => begin(run, (...doing) => resume(...doing, 'stopped')),
    over: (host) => tasks.over(keyOf(host)),
    stop: (host) => tasks.stop(keyOf(host)),
    stopImage: () => tasks.stop(imageKey),
    stopAll: tasks.stopAll,
    forgetGone() {
      for (const host of devices.keys()) if (runAt(state(), host) === null) devices.delete(host);
    },
    settled: tasks.settled,
  };
}
