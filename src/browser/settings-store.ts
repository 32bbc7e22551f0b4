import browser from 'webextension-polyfill';
import { type ReadSettings, readSettings, type Settings } from '../settings/settings.ts';

const key = 'settings';

/** The stored settings, with what of them had to be replaced. */
export async function loadSettings(): Promise<ReadSettings> {
  const stored = await browser.storage.local.get(key);
  return readSettings(stored[key]);
}

/** Stores `settings`. */
export function saveSettings(settings: Settings): Promise<void> {
  return browser.storage.local.set({ [key]: settings });
}

/** Calls `changed` whenever settings are stored, here or in another page. */
export function onSettingsChange(changed: (read: ReadSettings) => void): void {
  browser.storage.local.onChanged.addListener((changes) => {
    const change = changes[key];
    if (change) changed(readSettings(change.newValue));
  });
}
