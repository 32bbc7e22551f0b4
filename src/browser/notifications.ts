import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { createStorageItem } from './storage-item.ts';

/** Whether the person wants to be told when a flash ends, until the browser is closed. */
export const tellItem = createStorageItem<boolean>('session', 'tell', v.fallback(v.boolean(), false));

const wanted = { permissions: ['notifications' as const] };

/**
 * Asks the person for leave to show notifications. Must be called in the click itself, before anything is awaited. In
 * Chromium a prompt closes the popup.
 */
export function requestNotifications(): Promise<boolean> {
  return browser.permissions.request(wanted);
}

/** Whether the person has asked to be told, and the browser allows it. */
export async function willTell(): Promise<boolean> {
  return (await tellItem.get()) && (await browser.permissions.contains(wanted));
}

/** Shows a notification, where the person has asked for it and the browser allows it. */
export async function notify(title: string, message: string): Promise<void> {
  if (!(await willTell())) return;
  const iconUrl = browser.runtime.getURL('icons/icon-128.png');
  await browser.notifications.create({ type: 'basic', iconUrl, title, message });
}
