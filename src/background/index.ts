/*
 * The worker: owns the engine and the mirror service, hands them what is the browser's, answers the commands of the
 * views, and keeps itself awake. May import flash and browser.
 */
import { removeHostOverrides } from '../browser/host-override.ts';
import { keepAwake } from '../browser/keep-awake.ts';
import { isRestartNeeded } from '../browser/local-mirror.ts';
import { type Command, listen } from '../browser/messages.ts';
import { listingsItem, mirrorTestsItem } from '../browser/mirror-service-store.ts';
import { onPermissionGranted } from '../browser/permissions.ts';
import { openPopup } from '../browser/popup.ts';
import { restartExtension, takeUpAfterRestart } from '../browser/restart.ts';
import { recordRun } from '../browser/run-history.ts';
import { eraseAllButState, readState, removeUselessRecords, writeState } from '../browser/session.ts';
import { handRequestsItem, toolStatesItem } from '../browser/tools-store.ts';
import { systemClock } from '../core/clock.ts';
import { text } from '../core/text.ts';
import { createEngine, type Engine, type Refusal } from '../flash/engine.ts';
import type { NetworkSearch } from '../flash/finding/network-search.ts';
import { busyFlashing } from '../flash/run/sentences.ts';
import { type FlashState, isUnderWay } from '../flash/state.ts';
import { createDeviceAccess } from '../flash/tasks/device-access.ts';
import { createMirrorService, type MirrorService } from '../flash/tasks/mirror-service.ts';
import type { LocalMirrorService } from '../flash/this-computer/service.ts';
import { createTools, type Tools } from '../flash/tools/tools.ts';
import { createAnnouncer } from './announce.ts';
import { environment } from './environment.ts';
import { carryOutAtLocalMirror, startLocalMirror } from './local-mirror.ts';
import { carryOutForMany, startSearch } from './many-devices.ts';

interface Works {
  readonly engine: Engine;
  readonly mirrors: MirrorService;
  readonly localMirror: LocalMirrorService;
  readonly tools: Tools;
  readonly search: NetworkSearch;
}

async function start(): Promise<Works> {
  await takeUpAfterRestart();
  const [{ state }, tests, listings, states, requests] = await Promise.all([
    readState(),
    mirrorTestsItem.get(),
    listingsItem.get(),
    toolStatesItem.get(),
    handRequestsItem.get(),
    removeHostOverrides(),
    removeUselessRecords(),
  ]);
  let engine: Engine | null = null;
  // A mirror like any other from here on: it is fetched from and checked where the device will ask.
  const service = await startLocalMirror(environment, {
    serving: (url, isAsked) => void engine?.image(url, isAsked),
    reported: () => engine?.reported(),
  });
  const withProgram = { ...environment, localMirror: service.ways };
  const mirrors = { ...withProgram, saveTests: mirrorTestsItem.set, saveListings: listingsItem.set };
  const mirrorService = createMirrorService(mirrors, { tests, listings });
  // The last thing to be done: there must never be two engines at work.
  const announce = createAnnouncer(state);
  const save = async (next: FlashState) => {
    await writeState(next);
    announce(next);
    for (const run of next.runs) void recordRun(run, next);
  };
  const access = createDeviceAccess(environment.clock);
  engine = createEngine({ ...withProgram, save }, state, access);
  const stored = { saveStates: toolStatesItem.set, saveRequests: handRequestsItem.set };
  const tools = createTools({ ...environment, ...stored, access, desk: engine.desk }, { states, requests });
  const { isFlashUnderWay } = engine.desk;
  const search = await startSearch({ ...environment, access, isFlashUnderWay });
  return { engine, mirrors: mirrorService, localMirror: service, tools, search };
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

async function allSettled(all: readonly { settled(): Promise<void> }[]): Promise<void> {
  await Promise.all(all.map((one) => one.settled()));
}

async function erase({ engine, mirrors, localMirror, tools, search }: Works): Promise<Refusal> {
  // A relay that has been clicked must be put back first.
  await tools.settled();
  const refusal = engine.forget();
  if (refusal !== null) return refusal;
  mirrors.forgetEverything();
  localMirror.forgetEverything();
  tools.forgetEverything();
  search.forgetEverything();
  // What is still being written would otherwise come back after the erasing.
  await allSettled([engine, mirrors, localMirror, tools, search]);
  await eraseAllButState();
  return null;
}

const busyForRestart = text(
  'this_computer_busy',
  'A device is being flashed, or may be downloading still. Wait until that is over.',
);
const restarting = text('this_computer_restarting', 'The extension restarts. Try again in a moment.');

/** While this is true nothing is begun that the restart would break off. */
let isRestarting = false;
/** What takes longer is under way, in milliseconds. */
const settlesWithin = 1_000;

/** Restarts the extension, where nothing is lost by it. */
async function restart({ engine, mirrors, localMirror, tools, search }: Works): Promise<Refusal> {
  isRestarting = true;
  try {
    const settled = allSettled([engine, mirrors, localMirror, tools, search]);
    const isSettled = await Promise.race([
      settled.then(() => true),
      systemClock.sleep(settlesWithin).then(() => false),
    ]);
    const { state } = await readState();
    if (!isSettled || isUnderWay(state) || state.doubts.some(({ holdLeft }) => holdLeft > 0)) {
      isRestarting = false;
      return busyForRestart;
    }
    await restartExtension();
    return null;
  } catch (error) {
    isRestarting = false;
    throw error;
  }
}

/** What each command asks of the engine or the mirrors. */
function carryOut(works: Works, command: Command): Refusal | Promise<Refusal> {
  const { engine, mirrors, localMirror, tools } = works;
  if (isRestarting) return restarting;
  switch (command.command) {
    case 'info':
      return engine.info(command.address, command.deviceid);
    case 'unlock':
      return engine.unlock(command.host);
    case 'image':
      return engine.image(command.url);
    case 'proof':
      return engine.proof(command.address, command.host);
    case 'flash':
      return engine.flash(command);
    case 'stop':
      return command.what === 'image' ? engine.stopImage() : engine.stop(command.what, command.host);
    case 'start-over':
      return engine.startOver();
    case 'info-all':
    case 'unlock-all':
    case 'flash-all':
    case 'stop-list':
    case 'clear-list':
    case 'search':
    case 'stop-search':
      return carryOutForMany(works, command);
    case 'test-mirror':
      return mirrors.test(command.url);
    case 'stop-mirror-test':
      return mirrors.stopTest(command.url);
    case 'list-mirror':
      return mirrors.list(command.base);
    case 'identify':
    case 'measure-signal':
    case 'move-wifi':
    case 'startup':
    case 'pulse':
    case 'by-hand':
      return tools.carryOut(command);
    case 'erase-everything':
      return erase(works);
    case 'restart-extension':
      return restart(works);
    case 'wake':
      return null;
    case 'hand-over':
    case 'hand-over-from':
    case 'hand-over-release':
      // The file that is flashed stays the source: it could not be taken from there, only be thought to be.
      if (engine.desk.isFlashUnderWay()) return busyFlashing;
      return carryOutAtLocalMirror(localMirror, environment, command);
    case 'serve-to':
      // Where the file is that is being flashed must not change meanwhile.
      if (engine.desk.isFlashUnderWay()) return null;
      return carryOutAtLocalMirror(localMirror, environment, command);
    default:
      return carryOutAtLocalMirror(localMirror, environment, command);
  }
}

async function stayUntilSettled(): Promise<void> {
  const { engine, mirrors, localMirror, tools, search } = await works();
  await keepAwake(
    (async () => {
      // What has been handed over is fetched by the engine.
      await localMirror.settled();
      await allSettled([engine, mirrors, tools, search]);
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

onPermissionGranted(async (isNative) => {
  const all = await works();
  const { engine, mirrors, localMirror } = all;
  engine.permissionGranted();
  mirrors.permissionGranted();
  if (!engine.desk.isFlashUnderWay()) localMirror.permissionGranted();
  if (isNative) localMirror.use(true);
  if (isNative && (await isRestartNeeded())) {
    // Where it cannot be now, the page has a button for it.
    if ((await restart(all)) === null) return;
  }
  void stayUntilSettled().catch(() => {});
  await openPopup();
});

void stayUntilSettled().catch(() => {});
