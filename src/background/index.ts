import { readListings, readMirrorTests, writeListings, writeMirrorTests } from '../browser/desk-store.ts';
import { rememberDevice } from '../browser/device-memory.ts';
import { createHostOverride, removeHostOverrides } from '../browser/host-override.ts';
import { keepAwake } from '../browser/keep-awake.ts';
import { type Command, listen } from '../browser/messages.ts';
import {
  mayReachDevice,
  mayReachMirror,
  mayReachTasmota,
  onPermissionGranted,
} from '../browser/permissions.ts';
import { openPopup } from '../browser/popup.ts';
import { officialReleases } from '../browser/release-store.ts';
import { eraseAllButRun, readRun, removeUselessLeftover, writeRun } from '../browser/session.ts';
import { loadSettings } from '../browser/settings-store.ts';
import { createTellingFetch } from '../browser/telling-fetch.ts';
import { systemClock } from '../clock.ts';
import { createEngine, type Engine, type Refusal } from '../flash/engine.ts';
import { createMirrorDesk, type MirrorDesk } from '../flash/mirror-desk.ts';
import { watchTimings } from '../flash/watch.ts';
import type { World } from '../flash/world.ts';

const { fetch, withDeviceHost } = createHostOverride(createTellingFetch());

const world: Omit<World, 'save'> = {
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
  remember: ({ host }, { deviceid, fwVersion }) =>
    rememberDevice({ host, deviceid, fwVersion, seenAt: Date.now() }),
};

interface Works {
  readonly engine: Engine;
  readonly desk: MirrorDesk;
}

async function start(): Promise<Works> {
  const [resumed, tests, listings] = await Promise.all([
    readRun(),
    readMirrorTests(),
    readListings(),
    removeHostOverrides(),
    removeUselessLeftover(),
  ]);
  const desk = { ...world, saveTests: writeMirrorTests, saveListings: writeListings };
  const mirrorDesk = createMirrorDesk(desk, { tests, listings });
  // The last thing to be done: there must never be two engines at work.
  return { engine: createEngine({ ...world, save: writeRun }, resumed), desk: mirrorDesk };
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

async function erase({ engine, desk }: Works): Promise<Refusal> {
  const refusal = engine.forget();
  if (refusal !== null) return refusal;
  desk.forgetEverything();
  // What is still being written would otherwise come back after the erasing.
  await Promise.all([engine.settled(), desk.settled()]);
  await eraseAllButRun();
  return null;
}

/** What each command asks of the engine or the desk. */
function carryOut(works: Works, command: Command): Refusal | Promise<Refusal> {
  const { engine, desk } = works;
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
      return desk.test(command.url);
    case 'stop-mirror-test':
      return desk.stopTest(command.url);
    case 'list-mirror':
      return desk.list(command.base);
    case 'erase-everything':
      return erase(works);
    case 'attend':
      return null;
  }
}

async function stayUntilSettled(): Promise<void> {
  const { engine, desk } = await works();
  await keepAwake(
    (async () => {
      await Promise.all([engine.settled(), desk.settled()]);
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
  const { engine, desk } = await works();
  engine.permissionGranted();
  desk.permissionGranted();
  void stayUntilSettled().catch(() => {});
  await openPopup();
});

void stayUntilSettled().catch(() => {});
