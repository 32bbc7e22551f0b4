import type { ReadonlySignal } from '@preact/signals';
import { devicesItem } from '../src/browser/device-memory.ts';
import { type Command, noReply, send } from '../src/browser/messages.ts';
import { mirrorTestsItem } from '../src/browser/mirror-service-store.ts';
import { mayOverrideHost, onPermissionChange } from '../src/browser/permissions.ts';
import { settingsItem } from '../src/browser/settings-store.ts';
import type { Text } from '../src/core/text.ts';
import type { MirrorTests } from '../src/flash/tasks/mirror-service.ts';
import type { RememberedDevice } from '../src/settings/remembered-devices.ts';
import type { ReadSettings, Settings } from '../src/settings/settings.ts';
import { followed } from '../src/ui/followed.ts';

/** What the options page shows, and what it may do. */
export interface OptionsStore {
  readonly read: ReadonlySignal<ReadSettings>;
  readonly devices: ReadonlySignal<readonly RememberedDevice[]>;
  readonly tests: ReadonlySignal<MirrorTests>;
  /** Whether the click on Test must ask for the permission to set another Host as well. */
  readonly lacksHostOverride: ReadonlySignal<boolean>;
  /** Stores `settings`; true when it worked. */
  save(settings: Settings): Promise<boolean>;
  /** Sends a command; answers with the sentence that says why it was not taken up, or null. */
  command(command: Command): Promise<Text | null>;
}

/** A background that the browser stopped in the middle of a test is started again this soon, in milliseconds. */
const wakeInterval = 10_000;

/** Reads everything once and keeps it up to date from then on. */
export async function createOptionsStore(): Promise<OptionsStore> {
  const lacks = async () => !(await mayOverrideHost());
  const [read, devices, tests, lacksHostOverride] = await Promise.all([
    followed<ReadSettings>(settingsItem.get, settingsItem.onChange),
    followed<readonly RememberedDevice[]>(devicesItem.get, devicesItem.onChange),
    followed<MirrorTests>(mirrorTestsItem.get, mirrorTestsItem.onChange),
    followed<boolean>(lacks, (changed) => onPermissionChange(async () => changed(await lacks()))),
  ]);

  const wake = () => send({ command: 'wake' }).catch(() => {});
  setInterval(() => {
    const steps = Object.values(tests.value).flatMap(({ image, mirror }) => [image, mirror]);
    if (steps.some(({ state }) => state === 'working')) void wake();
  }, wakeInterval);

  return {
    read,
    devices,
    tests,
    lacksHostOverride,
    async save(settings) {
      try {
        await settingsItem.set(settings);
      } catch {
        return false;
      }
      read.value = { settings, replaced: [] };
      return true;
    },
    async command(command) {
      try {
        const reply = await send(command);
        return reply.accepted ? null : reply.reason;
      } catch {
        return noReply;
      }
    },
  };
}
