import { expect, onTestFinished } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { createEngine, type Engine } from '../../../src/flash/engine.ts';
import type { DeviceRun } from '../../../src/flash/run/device-run.ts';
import { preflight } from '../../../src/flash/run/preflight.ts';
import type { LineProgress } from '../../../src/flash/several/flash-list.ts';
import { emptyState, type FlashState, runAt } from '../../../src/flash/state.ts';
import { SimulatedSonoff, type SonoffOptions } from '../../simulator/sonoff.ts';
import { confirmation, freeAddress, type Stage, setStage } from './stage.ts';

/** A house with as many devices as wanted, on one engine. */
export async function setHouse(ids: readonly string[], options: Partial<SonoffOptions> = {}) {
  const stage = await setStage({ unlocked: true, ...options, ...(ids[0] ? { deviceid: ids[0] } : {}) });
  const others = ids.slice(1).map(
    (deviceid) =>
      new SimulatedSonoff({
        profile: '3.6.0',
        host: freeAddress(),
        port: 8081,
        deviceid,
        unlocked: true,
        timeScale: 0.1,
        // Nobody waits for a download that is late, and a busy machine must not make one.
        preDownloadMs: 100_000,
        spacingMs: 0,
        rebootMs: 1,
        ...options,
      }),
  );
  await Promise.all(others.map((device) => device.start()));
  onTestFinished(async () => {
    await Promise.all(others.map((device) => device.stop()));
  });
  const devices = [stage.device, ...others];
  const idle = ({ became: { state } }: SimulatedSonoff) => state !== 'downloading' && state !== 'restarting';
  stage.beforeLook = () => Promise.all(devices.map((device) => device.waitUntil(idle)));
  let state = emptyState;
  const save = async (written: FlashState) => {
    state = structuredClone(written);
  };
  const environment = { ...stage.environment, save };
  const engine = createEngine(environment, emptyState);
  const hosts = devices.map(({ address }) => address);
  return {
    stage,
    environment,
    devices,
    hosts,
    engine,
    state: () => state,
    run: (host: string) => runIn(state, host),
  };
}

export function runIn(state: FlashState, host: string): DeviceRun {
  return runAt(state, host) ?? expect.fail(`no run at ${host}`);
}

/** The yes to the question about the device at `host`. */
export function yesFor(state: FlashState, host: string) {
  const { plan, checks } = preflight(runIn(state, host), state.source);
  if (plan === null) throw new Error(`not ready: ${JSON.stringify(checks)}`);
  const confirmed = checks.filter(({ answer }) => answer === 'warn').map(({ id }) => id);
  return confirmation(plan, confirmed);
}

export async function askAll(engine: Engine, stage: Stage, hosts: readonly string[]) {
  for (const host of hosts) expect(engine.info(host, '')).toBeNull();
  expect(engine.image(stage.url)).toBeNull();
  await engine.settled();
}

/** So many ids. */
export const ids = (count: number) =>
  Array.from({ length: count }, (_, n) => `1000${String(n).padStart(6, 'a')}`);

export type House = Awaited<ReturnType<typeof setHouse>>;

/** Everything up to the question. */
export async function makeReady({ engine, stage, hosts }: House, asked = hosts): Promise<void> {
  expect(engine.several.info(asked)).toBeNull();
  expect(engine.image(stage.url)).toBeNull();
  await engine.settled();
}

export const yesForAll = ({ hosts, state }: House) => hosts.map((host) => yesFor(state(), host));

function inShort(progress: LineProgress): string {
  if (progress.state === 'ended') return progress.outcome.kind;
  return progress.state === 'not-begun' ? inEnglish(progress.why) : progress.state;
}

/** What the list says of its lines, in short. */
export const linesOf = (state: FlashState) =>
  (state.list?.lines ?? []).map(({ progress }) => inShort(progress));
export const counts = (devices: readonly SimulatedSonoff[]) =>
  devices.map(({ otaFlashCount }) => otaFlashCount);
