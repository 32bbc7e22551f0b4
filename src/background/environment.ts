import { rememberDevice } from '../browser/device-memory.ts';
import { createFetchWithErrorCode } from '../browser/fetch-with-error-code.ts';
import { createHostOverride } from '../browser/host-override.ts';
import { mayReachDevice, mayReachMirror, mayReachTasmota } from '../browser/permissions.ts';
import { officialReleases } from '../browser/release-store.ts';
import { settingsItem } from '../browser/settings-store.ts';
import { systemClock } from '../core/clock.ts';
import type { RunEnvironment } from '../flash/tasks/run-environment.ts';
import { watchTimings } from '../flash/watch/advance-watch.ts';

const { fetch, withDeviceHost } = createHostOverride(createFetchWithErrorCode());

/** What the browser gives to whatever is done here. */
export const environment: Omit<RunEnvironment, 'save'> = {
  fetch,
  clock: systemClock,
  watchTimings,
  mayReachDevice,
  mayReachMirror,
  mayReachTasmota,
  withDeviceHost,
  hostKnownFrom: async (url) => {
    const { mirrors } = (await settingsItem.get()).settings;
    const mirror = mirrors.find(({ base }) => url.startsWith(base));
    return mirror?.host === 'known-tolerant' ? mirror.source : null;
  },
  timeouts: async () => (await settingsItem.get()).settings.timeouts,
  releases: officialReleases,
  remember: ({ host }, { deviceid, fwVersion }) =>
    rememberDevice({ host, deviceid, fwVersion, seenAt: Date.now() }),
};
