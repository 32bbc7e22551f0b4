import * as v from 'valibot';
import browser from 'webextension-polyfill';
import {
  forget,
  type RememberedDevice,
  remember,
  rememberedDevicesSchema,
} from '../settings/remembered-devices.ts';

const key = 'devices';

/** The devices that answered before, the last one first. */
export async function readDevices(): Promise<RememberedDevice[]> {
  const stored = await browser.storage.local.get(key);
  return v.parse(rememberedDevicesSchema, stored[key] ?? []);
}

/** Puts `device` at the head of the remembered ones. */
export async function rememberDevice(device: RememberedDevice): Promise<void> {
  await browser.storage.local.set({ [key]: remember(await readDevices(), device) });
}

/** Forgets the device at `host`. */
export async function forgetDevice(host: string): Promise<void> {
  await browser.storage.local.set({ [key]: forget(await readDevices(), host) });
}

/** Forgets every device. */
export async function forgetAllDevices(): Promise<void> {
  await browser.storage.local.remove(key);
}

/** Calls `changed` with the devices whenever they change. */
export function onDevicesChange(changed: (devices: RememberedDevice[]) => void): void {
  browser.storage.local.onChanged.addListener((changes) => {
    const change = changes[key];
    if (change) changed(v.parse(rememberedDevicesSchema, change.newValue ?? []));
  });
}
