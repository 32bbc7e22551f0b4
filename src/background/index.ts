import { rememberDevice } from '../browser/device-memory.ts';
import { createFetchWithErrorCode } from '../browser/fetch-with-error-code.ts';
import { createHostOverride, removeHostOverrides } from '../browser/host-override.ts';
import { keepAwake } from '../browser/keep-awake.ts';
import { language } from '../browser/language.ts';
import { type Command, listen } from '../browser/messages.ts';
import {
  readListings,
  readMirrorTests,
  writeListings,
  writeMirrorTests,
} from '../browser/mirror-service-store.ts';
import {
  mayReachDevice,
  mayReachMirror,
  mayReachTasmota,
  onPermissionGranted,
} from '../browser/permissions.ts';
import { openPopup } from '../browser/popup.ts';
import { officialReleases } from '../browser/release-store.ts';
import { recordRun } from '../browser/run-history.ts';
import { eraseAllButRun, readRun, removeUselessRecord, writeRun } from '../browser/session.ts';
import { loadSettings } from '../browser/settings-store.ts';
import { systemClock } from '../core/clock.ts';
import { render } from '../core/render-text.ts';
import { createEngine, type Engine, type Refusal } from '../flash/engine.ts';
import type { Run } from '../flash/run/run.ts';
import { createMirrorService, type MirrorService } from '../flash/tasks/mirror-service.ts';
import type { RunEnvironment } from '../flash/tasks/run-environment.ts';
import { watchTimings } from '../flash/watch/advance-watch.ts';

const { fetch, withDeviceHost } = createHostOverride(createFetchWithErrorCode());

const environment: Omit<RunEnvironment, 'save'> = {
  fetch,
  clock: systemClock,
  watchTimings,
  mayReachDevice,
  mayReachMirror,
  mayReachTasmota,
  withDeviceHost,
  hostKnownFrom: async (url) => {
    const { mirrors } = (await loadSettings()).settings;
    const mirror = mirrors.find(({ base }) => url.startsWith(base));
    return mirror?.host === 'known-tolerant' ? mirror.source : null;
  },
  timeouts: async () => (await loadSettings()).settings.timeouts,
  releases: officialReleases,
  words: (wording) => render(wording, language),
  remember: ({ host }, { deviceid, fwVersion }) =>
    rememberDevice({ host, deviceid, fwVersion, seenAt: Date.now() }),
};

interface Works {
  readonly engine: Engine;
  readonly mirrors: MirrorService;
}

async function start(): Promise<Works> {
  const [resumed, tests, listings] = await Promise.all([
    readRun(),
    readMirrorTests(),
    readListings(),
    removeHostOverrides(),
    removeUselessRecord(),
  ]);
  const mirrors = { ...environment, saveTests: writeMirrorTests, saveListings: writeListings };
  const mirrorService = createMirrorService(mirrors, { tests, listings });
  // The last thing to be done: there must never be two engines at work.
  const save = (run: Run) => writeRun(run).then(() => void recordRun(run));
  return { engine: createEngine({ ...environment, save }, resumed), mirrors: mirrorService };
}

let starting: Promise<Works> | null = null;

/** What this background works with. A start that failed is tried again by whoever asks next. */
function works(): Promise<Works> {
  starting ??= start().catch((error: unknown) => {
    starting = null;
    throw error;
  });
  return starting;
}

async function erase({ engine, mirrors }: Works): Promise<Refusal> {
  const refusal = engine.forget();
  if (refusal !== null) return refusal;
  mirrors.forgetEverything();
  // What is still being written would otherwise come back after the erasing.
  await Promise.all([engine.settled(), mirrors.settled()]);
  await eraseAllButRun();
  return null;
}

/** What each command asks of the engine or the mirrors. */
function carryOut(works: Works, command: Command): Refusal | Promise<Refusal> {
  const { engine, mirrors } = works;
  switch (command.command) {
    case 'info':
      return engine.info(command.address, command.deviceid);
    case 'unlock':
      return engine.unlock();
    case 'image':
      return engine.image(command.url);
    case 'flash':
      return engine.flash(command);
    case 'stop':
      return engine.stop(command.what);
    case 'start-over':
      return engine.startOver();
    case 'test-mirror':
      return mirrors.test(command.url);
    case 'stop-mirror-test':
      return mirrors.stopTest(command.url);
    case 'list-mirror':
      return mirrors.list(command.base);
    case 'erase-everything':
      return erase(works);
    case 'wake':
      return null;
  }
}

async function stayUntilSettled(): Promise<void> {
  const { engine, mirrors } = await works();
  await keepAwake(
    (async () => {
      await Promise.all([engine.settled(), mirrors.settled()]);
      // Time counts only where somebody is awake to count it.
      await engine.holdsOver();
    })(),
  );
}

// Listeners stand at the top level so that the browser knows what to wake this background for.
listen(async (command) => {
  const refusal = await carryOut(await works(), command);
  void stayUntilSettled().catch(() => {});
  return refusal === null ? { accepted: true } : { accepted: false, reason: refusal };
});

onPermissionGranted(async () => {
  const { engine, mirrors } = await works();
  engine.permissionGranted();
  mirrors.permissionGranted();
  void stayUntilSettled().catch(() => {});
  await openPopup();
});

void stayUntilSettled().catch(() => {});
