/**
 * What the extension keeps of many devices, as the stories about one see it: the run that is on the page, the firmware
 * source and the doubts in one object, and an engine whose orders mean the device on the page.
 */

import type { Refusal } from '../../../src/flash/engine.ts';
import * as engines from '../../../src/flash/engine.ts';
import * as records from '../../../src/flash/journal/run-record.ts';
import type { Confirmation } from '../../../src/flash/run/confirmation.ts';
import { type DeviceRun, noRun, type ShownRun } from '../../../src/flash/run/device-run.ts';
import type { Doubts } from '../../../src/flash/run/doubts.ts';
import * as checks from '../../../src/flash/run/preflight.ts';
import { readStoredState } from '../../../src/flash/run/stored-state.ts';
import * as unfinished from '../../../src/flash/run/unfinished-flash.ts';
import { emptySource, type FirmwareSource } from '../../../src/flash/source/firmware-source.ts';
import * as states from '../../../src/flash/state.ts';
import type { DeviceAccess } from '../../../src/flash/tasks/device-access.ts';
import type { RunEnvironment as Environment } from '../../../src/flash/tasks/run-environment.ts';
import { parseAddress } from '../../../src/zeroconf/device/address.ts';

export interface Run extends Omit<DeviceRun, 'address'>, FirmwareSource {
  readonly version: 3;
  readonly address: ShownRun['address'];
  readonly doubts: Doubts;
}

export const emptyRun: Run = { version: states.emptyState.version, ...emptySource, ...noRun, doubts: [] };

/** What is on the page in `state`. */
export function runOf(state: states.FlashState): Run {
  const { version, source, doubts } = state;
  const run = states.shownRun(state);
  return { version, ...source, ...run, doubts, journal: states.journalOf(run, source) };
}

/** The state of which `run` is on the page, and in which there is nothing else. */
export function stateOf({ version, doubts, firmware, image, mirror, ...run }: Run): states.FlashState {
  const { address } = run;
  return {
    version,
    runs: address === null ? [] : [{ ...run, address }],
    shown: address?.host ?? null,
    source: { firmware, image, mirror, journal: [] },
    doubts,
    list: null,
    sentTo: [],
  };
}

export interface RunEnvironment extends Omit<Environment, 'save'> {
  save(run: Run): Promise<void>;
}

export interface Engine
  extends Pick<
    engines.Engine,
    | 'desk'
    | 'info'
    | 'image'
    | 'startOver'
    | 'forget'
    | 'holdsOver'
    | 'permissionGranted'
    | 'reported'
    | 'settled'
  > {
  unlock(): Refusal;
  proof(address: string): Refusal;
  flash(confirmation: Confirmation): Refusal;
  stop(what: 'device' | 'image' | 'flash' | 'watch'): Refusal;
}

export function createEngine(environment: RunEnvironment, start: Run, access?: DeviceAccess): Engine {
  const engine = engines.createEngine(
    {
      // A test changes its environment while the engine lives.
      fetch: (input, init) => environment.fetch(input, init),
      clock: environment.clock,
      watchTimings: environment.watchTimings,
      mayReachDevice: (address) => environment.mayReachDevice(address),
      mayReachMirror: (url) => environment.mayReachMirror(url),
      mayReachTasmota: (address) => environment.mayReachTasmota(address),
      withDeviceHost: (url, work) => environment.withDeviceHost(url, work),
      hostKnownFrom: (url) => environment.hostKnownFrom(url),
      timeouts: () => environment.timeouts(),
      releases: (signal) => environment.releases(signal),
      remember: (address, info) => environment.remember(address, info),
      ...(environment.localMirror === undefined ? {} : { localMirror: environment.localMirror }),
      save: (state) => environment.save(runOf(state)),
    },
    stateOf(start),
    access,
  );
  let host = start.address?.host ?? '';
  return {
    ...engine,
    info(address, typedId) {
      const refusal = engine.info(address, typedId);
      const parsed = parseAddress(address);
      if (refusal === null && parsed.ok) host = parsed.value.host;
      return refusal;
    },
    unlock: () => engine.unlock(host),
    proof: (address) => engine.proof(address, host),
    stop: (what) => (what === 'image' ? engine.stopImage() : engine.stop(what, host)),
  };
}

function onThePage({ address, ...run }: Run): ShownRun {
  return address === null ? { ...run, address } : { ...run, address };
}

export const preflight = (run: Run) => checks.preflight(onThePage(run), run);
/** The record of `run`, whose journal has what its source noted, too. */
export const recordOf = (run: Run) => records.recordOf(onThePage(run), stateOf(run));
export const isUnderWay = (run: Run) => states.isUnderWay(stateOf(run));

/** The run that was stored as `run`; null when any part of it is damaged. */
export function readStoredRun(run: Run): Run | null {
  const { state, damaged } = readStoredState(stateOf(run), undefined);
  return damaged ? null : runOf(state);
}

/** What outlives the browser, as it was written when there was one run: what is kept must be read in either way. */
export function unfinishedFlashOf(run: Run) {
  const record = unfinished.unfinishedFlashOf(stateOf(run));
  if (record === null) return null;
  const { flashes, doubts } = record;
  return { version: 2, flash: flashes[0] ?? null, doubts };
}

export function readUnfinishedFlash(stored: unknown) {
  const { state, damaged } = unfinished.readUnfinishedFlash(stored);
  return { run: state === null ? null : runOf(state), damaged };
}

export const runOfUnfinishedFlash = (stored: unknown) => readUnfinishedFlash(stored).run;
