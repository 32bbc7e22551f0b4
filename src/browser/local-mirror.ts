import browser from 'webextension-polyfill';
import type { NativeBrowser } from '../flash/this-computer/native-port.ts';
import { hostName } from '../native-messages/limits.ts';

/** This browser's way to the local mirror. */
export const nativeBrowser: NativeBrowser = {
  mayConnect: () => browser.permissions.contains({ permissions: ['nativeMessaging'] }),
  get connect() {
    // Chromium gives it to contexts that begin after the grant only.
    return typeof browser.runtime.connectNative === 'function'
      ? () => browser.runtime.connectNative(hostName)
      : null;
  },
  lastError: () => browser.runtime.lastError?.message ?? null,
};

/** The version of this extension, which the program is told. */
export function extensionVersion(): string {
  return browser.runtime.getManifest().version;
}

/** Whether the permission is there, but not the way to the program, as in Chromium before a restart. */
export async function isRestartNeeded(): Promise<boolean> {
  return nativeBrowser.connect === null && (await nativeBrowser.mayConnect());
}
