/*
 * States as an earlier background may have left them, drawn by hand, and an engine whose devices and mirrors answer
 * only when the test lets them: for what is decided before anything is sent.
 */
import { expect, onTestFinished } from 'vitest';
import { digestOf } from '../../../src/firmware/digest.ts';
import { examine } from '../../../src/firmware/report.ts';
import { createEngine } from '../../../src/flash/engine.ts';
import { type DeviceRun, type FlashPlan, noRun } from '../../../src/flash/run/device-run.ts';
import type { Doubt } from '../../../src/flash/run/doubts.ts';
import { type Outcome, outcomeOf } from '../../../src/flash/run/outcome.ts';
import type { FirmwareSource } from '../../../src/flash/source/firmware-source.ts';
import { emptyState, type FlashState } from '../../../src/flash/state.ts';
import type { RunEnvironment } from '../../../src/flash/tasks/run-environment.ts';
import { parseDownloadUrl } from '../../../src/mirror/url/url-rules.ts';
import { parseAddress } from '../../../src/zeroconf/device/address.ts';
import { deviceInfoOf } from '../../../src/zeroconf/device/device-info.ts';
import { buildImage } from '../../images/esp8266-image.ts';
import { createHeldClock } from '../zeroconf/held-clock.ts';
import { timings } from './stage.ts';

export const working = { state: 'working', since: 0, progress: null } as const;

export function addressOf(host: string) {
  const address = parseAddress(host);
  return address.ok ? address.value : expect.fail();
}

const parsed = parseDownloadUrl('http://192.168.1.2/tasmota-lite.bin');
const url = parsed.ok ? parsed.value : expect.fail();
export const bytes = buildImage({ size: 65_536 });
const digest = await digestOf(bytes);
const report = examine(bytes, { digest, name: url.file });

/** Firmware that is fetched, on a mirror that has passed. */
export const source: FirmwareSource = {
  firmware: url,
  image: { state: 'done', at: 0, value: { url, report, slices: [], etag: null } },
  mirror: {
    state: 'done',
    at: 0,
    value: { url: url.href, digest, at: 0, checks: [], answer: 'pass', requests: 3 },
  },
  journal: [],
};

/** A device that has answered to Info. */
export function asked(host: string, told: Readonly<Record<string, unknown>> = {}): DeviceRun {
  const data = { fwVersion: '3.6.0', deviceid: '1000a1b2c3', otaUnlock: true, switch: 'off', ...told };
  const value = deviceInfoOf(data, false);
  return { ...noRun, address: addressOf(host), device: { state: 'done', at: 0, value } };
}

/** What is flashed to the device at `host` from `source`. */
export function planAt(host: string, deviceid: string | null = '1000a1b2c3'): FlashPlan {
  return { address: addressOf(host), deviceid, fwVersion: '3.6.0', url, digest, title: report.title };
}

export const gone: Outcome = outcomeOf('gone', { accepted: true });

/** A flash of `plan` that has ended with `outcome`. */
export const endedWith = (plan: FlashPlan, outcome = gone) =>
  ({ stage: 'ended', plan, at: 5, outcome, seenSince: false }) as const;

/** What it has left behind. */
export const doubtOf = (plan: FlashPlan, outcome = gone): Doubt => ({
  ...{ plan, outcome, at: 5, holdLeft: 0, lasted: 0, seenAt: 1_000_000 },
});

/** What is asked is noted in `heard` and hangs, until `answer` says what comes of it. It ends with the test. */
export function setEnvironment(changed: Partial<RunEnvironment> = {}) {
  const heard: string[] = [];
  const hanging = new Map<(response: Response) => void, string>();
  const end = new AbortController();
  onTestFinished(() => end.abort());
  let saved: FlashState | null = null;
  const environment: RunEnvironment = {
    fetch: (input, init) =>
      new Promise((resolve, reject) => {
        heard.push(String(input));
        hanging.set(resolve, String(input));
        const given = AbortSignal.any([end.signal, ...(init?.signal ? [init.signal] : [])]);
        given.addEventListener('abort', () => reject(given.reason));
      }),
    clock: createHeldClock(),
    watchTimings: timings,
    save: async (written) => {
      saved = structuredClone(written);
    },
    mayReachDevice: async () => true,
    mayReachMirror: async () => true,
    mayReachTasmota: async () => true,
    withDeviceHost: (_url, work) => work('active'),
    hostKnownFrom: async () => null,
    timeouts: async () => ({ info: 5_000, ota_unlock: 150_000 }),
    releases: async () => null,
    remember: async () => {},
    ...changed,
  };
  return {
    environment,
    heard,
    saved: () => saved,
    answer(response: (url: string) => Response) {
      for (const [resolve, url] of hanging) resolve(response(url));
      hanging.clear();
    },
  };
}

/** An engine on `state`. */
export function setStill(state: Partial<FlashState>, changed: Partial<RunEnvironment> = {}) {
  const { environment, saved, ...still } = setEnvironment(changed);
  const start = { ...emptyState, ...state };
  return { ...still, engine: createEngine(environment, start), state: () => saved() ?? start };
}
