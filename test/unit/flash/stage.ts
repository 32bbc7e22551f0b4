import { onTestFinished } from 'vitest';
import { wholeSentence } from '../../../src/core/assurance.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import type { Refusal } from '../../../src/flash/engine.ts';
import type { Confirmation } from '../../../src/flash/run/confirmation.ts';
import type { FlashPlan } from '../../../src/flash/run/device-run.ts';
import type { WatchTimings } from '../../../src/flash/watch/advance-watch.ts';
import { buildImage } from '../../images/esp8266-image.ts';
import { createFetchWithHost } from '../../servers/fetch-with-host.ts';
import { SimulatedMirror } from '../../simulator/mirror.ts';
import { SimulatedSonoff, type SonoffOptions } from '../../simulator/sonoff.ts';
import { createHeldClock, type HeldClock } from '../zeroconf/held-clock.ts';
import { createEngine, type Engine, emptyRun, preflight, type Run, type RunEnvironment } from './one-run.ts';

export const image = buildImage({ size: 65_536 });
export const file = '/tasmota-lite.bin';
export const deviceid = '1000a1b2c3';

/** All under a second, so that the held clock lets them pass at once; `quiet` and `between` are told apart by value. */
export const timings: WatchTimings = {
  quiet: 111,
  between: 57,
  missesToBeGone: 2,
  goneForGood: 300,
  patience: 2_000,
  longestStep: 500,
};

let addresses = 0;
/** Every device wants port 8081 of an address of its own, and other test runs may be at work on this machine. */
export function freeAddress(): string {
  addresses += 1;
  const { pid } = process;
  // Many files share a process, and with it this count: there is room for four thousand.
  const block = 16 * (1 + (Math.floor(pid / 60) % 15)) + (Math.floor(addresses / 250) % 16);
  return `127.${192 + (pid % 60)}.${block}.${1 + (addresses % 250)}`;
}

export interface StageOptions extends Partial<SonoffOptions> {
  readonly bytes?: Uint8Array;
}

/** A device, a mirror and a environment in which time passes only by sleeping. Everything ends with the test. */
export interface Stage {
  readonly device: SimulatedSonoff;
  readonly mirror: SimulatedMirror;
  readonly clock: HeldClock;
  readonly url: string;
  /** Can be changed at run time. */
  readonly environment: { -readonly [Key in keyof RunEnvironment]: RunEnvironment[Key] };
  /** Can be changed at run time, under clients that are there already. */
  fetch: typeof fetch;
  /** Every run that was written, in order. */
  readonly saved: Run[];
  /** What is asked before each look of a watch; by default, to wait until the device has nothing more to do. */
  beforeLook: (signal?: AbortSignal) => Promise<unknown>;
  run(): Run;
  engine(start?: Run): Engine;
}

const idle = ({ became: { state } }: SimulatedSonoff) => state !== 'downloading' && state !== 'restarting';

/** Sets a stage; `afterwards` is told how to clear it. */
export async function setStage(
  { bytes = image, ...options }: StageOptions = {},
  afterwards: (clear: () => Promise<void>) => void = onTestFinished,
): Promise<Stage> {
  const mirror = new SimulatedMirror({ port: 0, sidecars: true, files: { [file]: bytes } });
  const device = new SimulatedSonoff({
    profile: '3.6.0',
    host: freeAddress(),
    port: 8081,
    deviceid,
    timeScale: 0.1,
    // Nobody waits for a download that is late, and a busy machine must not make one.
    preDownloadMs: 100_000,
    spacingMs: 0,
    vendorDelayMs: 1,
    rebootMs: 1,
    ...options,
  });
  await Promise.all([mirror.start(), device.start()]);
  const byName = createFetchWithHost('dl.itead.cn');
  afterwards(async () => {
    byName.close();
    await Promise.all([mirror.stop(), device.stop()]);
  });

  const held = createHeldClock();
  const saved: Run[] = [];
  const stage: Stage = {
    device,
    mirror,
    saved,
    url: mirror.url(file),
    clock: {
      ...held,
      sleep: async (ms, signal) => {
        if (ms === timings.quiet || ms === timings.between) await stage.beforeLook(signal);
        return held.sleep(ms, signal);
      },
    },
    // As the browsers' rule: only the probe asks with a query.
    fetch: (input, init = {}) =>
      typeof input === 'string' && input.includes('?') ? byName.fetch(input, init) : fetch(input, init),
    beforeLook: () => device.waitUntil(idle),
    run: () => saved.at(-1) ?? emptyRun,
    engine: (start = emptyRun) => createEngine(stage.environment, start),
    environment: {
      fetch: (input, init) => stage.fetch(input, init),
      clock: {
        now: () => stage.clock.now(),
        elapsed: () => stage.clock.elapsed(),
        sleep: (ms, signal) => stage.clock.sleep(ms, signal),
      },
      watchTimings: timings,
      save: async (run) => {
        saved.push(structuredClone(run));
      },
      mayReachDevice: async () => true,
      mayReachMirror: async () => true,
      mayReachTasmota: async () => false,
      withDeviceHost: (_url, work) => work('active'),
      hostKnownFrom: async () => null,
      timeouts: async () => ({ info: 5_000, ota_unlock: 150_000 }),
      releases: async () => null,
      remember: async () => {},
    },
  };
  return stage;
}

/** Info, Unlock where it is needed, and the firmware: everything up to the question. */
export async function makeReady(stage: Stage, engine: Engine, typedId = ''): Promise<void> {
  engine.info(stage.device.address, typedId);
  await engine.settled();
  engine.unlock();
  await engine.settled();
  engine.image(stage.url);
  await engine.settled();
}

/** The answer to the question that the present run asks, with every warning ticked. */
export function yes(run: Run) {
  const { plan, checks } = preflight(run);
  if (plan === null) throw new Error(`Not ready: ${JSON.stringify(checks)}`);
  const confirmed = checks.filter(({ answer }) => answer === 'warn').map(({ id }) => id);
  return confirmation(plan, confirmed);
}

/** The yes to the question about `plan`, with these warnings ticked. */
export function confirmation(plan: FlashPlan, confirmed: readonly string[] = []): Confirmation {
  const { address, deviceid, fwVersion, url, digest } = plan;
  return { host: address.host, deviceid, fwVersion, url: url.href, digest, confirmed };
}

/** Whether the device of this run may hold half an image, as far as the run knows. */
export function isInDoubt({ doubts }: Run): boolean {
  return doubts.some(({ outcome }) => outcome.leaves === 'in-doubt');
}

/** The way from nothing to the outcome. */
export async function wholeRun(stage: Stage, engine = stage.engine()): Promise<Run> {
  await makeReady(stage, engine);
  engine.flash(yes(stage.run()));
  await engine.settled();
  return stage.run();
}

/** Answers `command` in the device's place. */
export function answerInstead(stage: Stage, command: string, answer: () => Response | Promise<Response>) {
  const real = stage.fetch;
  const heard: string[] = [];
  stage.fetch = async (input, init) => {
    if (typeof input !== 'string' || !input.endsWith(`/zeroconf/${command}`)) return real(input, init);
    heard.push(String(init?.body));
    return answer();
  };
  return heard;
}

/** Why a command was not taken up, as a person reads it; null when it was. */
export function inWords(refusal: Refusal): string | null {
  return refusal === null ? null : inEnglish(refusal);
}

/** The outcome of a run that has one, as a person reads it. */
export function outcomeIn({ flash }: Run) {
  if (flash.stage !== 'ended') throw new Error(`It has not ended: ${flash.stage}`);
  const { outcome } = flash;
  const { kind, leaves, mayDownload, title, steps } = outcome;
  return {
    kind,
    leaves,
    mayDownload,
    title: inEnglish(title),
    sentence: inEnglish(wholeSentence(outcome)),
    steps: steps.map(inEnglish),
  };
}
