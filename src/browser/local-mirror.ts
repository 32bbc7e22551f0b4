import browser from 'webextension-polyfill';
import { hostName } from '../native-messages/limits.ts';
import type { NativeBrowser } from './native-port.ts';

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
