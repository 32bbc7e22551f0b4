import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { onMirrorTestsChange, readMirrorTests } from '../src/browser/desk-store.ts';
import { onDevicesChange, readDevices } from '../src/browser/device-memory.ts';
import { type Command, send } from '../src/browser/messages.ts';
import { mayOverrideHost, onPermissionChange } from '../src/browser/permissions.ts';
import { readDraft, writeDraft } from '../src/browser/session.ts';
import { loadSettings, onSettingsChange, saveSettings } from '../src/browser/settings-store.ts';
import type { MirrorTests } from '../src/flash/mirror-desk.ts';
import type { RememberedDevice } from '../src/settings/remembered-devices.ts';
import type { ReadSettings, Settings } from '../src/settings/settings.ts';

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
  command(command: Command): Promise<string | null>;
}

/** A background that the browser stopped in the middle of a test is started again this soon, in milliseconds. */
const attendance = 10_000;

/** Reads everything once and keeps it up to date from then on. */
export async function createOptionsStore(): Promise<OptionsStore> {
  const [startRead, startDevices, startTests, mayOverride] = await Promise.all([
    loadSettings(),
    readDevices(),
    readMirrorTests(),
    mayOverrideHost(),
  ]);
  const read: Signal<ReadSettings> = signal(startRead);
  const devices: Signal<readonly RememberedDevice[]> = signal(startDevices);
  const tests: Signal<MirrorTests> = signal(startTests);
  const lacksHostOverride = signal(!mayOverride);

  onSettingsChange((changed) => {
    read.value = changed;
  });
  onDevicesChange((changed) => {
    devices.value = changed;
  });
  onMirrorTestsChange((changed) => {
    tests.value = changed;
  });
  onPermissionChange(async () => {
    lacksHostOverride.value = !(await mayOverrideHost());
  });

  const attend = () => send({ command: 'attend' }).catch(() => {});
  setInterval(() => {
    const steps = Object.values(tests.value).flatMap(({ image, mirror }) => [image, mirror]);
    if (steps.some(({ state }) => state === 'working')) void attend();
  }, attendance);

  return {
    read,
    devices,
    tests,
    lacksHostOverride,
    async save(settings) {
      const before = read.value.settings;
      try {
        await saveSettings(settings);
      } catch {
        return false;
      }
      read.value = { settings, replaced: [] };
      await adoptDefaults(before, settings).catch(() => {});
      return true;
    },
    async command(command) {
      try {
        const reply = await send(command);
        return reply.accepted ? null : reply.reason;
      } catch {
        return 'The extension’s background did not answer. Reload the extension and try again.';
      }
    },
  };
}

/** What still stands in the popup as the old default becomes the new one; what was typed there stays. */
async function adoptDefaults(before: Settings, now: Settings): Promise<void> {
  const draft = await readDraft();
  if (draft === null) return;
  await writeDraft({
    ...draft,
    mirror: draft.mirror === before.defaultMirror ? now.defaultMirror : draft.mirror,
    firmware: draft.firmware === before.defaultFirmware ? now.defaultFirmware : draft.firmware,
  });
}
