import { rememberDevice } from '../browser/device-memory.ts';
import { removeHostOverride, withDeviceHost } from '../browser/host-override.ts';
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
import { readRun, writeRun } from '../browser/session.ts';
import { loadSettings } from '../browser/settings-store.ts';
import { createTellingFetch } from '../browser/telling-fetch.ts';
import { systemClock } from '../clock.ts';
import { createEngine, type Engine, type Refusal } from '../flash/engine.ts';
import { watchTimings } from '../flash/watch.ts';

const tellingFetch = createTellingFetch();

async function start(): Promise<Engine> {
  const [resumed] = await Promise.all([readRun(), removeHostOverride()]);
  return createEngine(
    {
      fetch: tellingFetch,
      clock: systemClock,
      watchTimings,
      save: writeRun,
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
    },
    resumed,
  );
}

const started = start();

/** What each command asks of the engine. */
function carryOut(engine: Engine, command: Command): Refusal {
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
    case 'attend':
      return null;
  }
}

async function stayUntilSettled(): Promise<void> {
  await keepAwake((await started).settled());
}

// Listeners stand at the top level so that the browser knows what to wake this background for.
listen(async (command) => {
  const refusal = carryOut(await started, command);
  void stayUntilSettled();
  return refusal === null ? { accepted: true } : { accepted: false, reason: refusal };
});

onPermissionGranted(async () => {
  (await started).permissionGranted();
  void stayUntilSettled();
  await openPopup();
});

void stayUntilSettled();
