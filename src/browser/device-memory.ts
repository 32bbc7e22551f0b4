import * as v from 'valibot';
import {
  forget,
  type RememberedDevice,
  remember,
  rememberedDevicesSchema,
} from '../settings/remembered-devices.ts';
import { createStorageItem } from './storage-item.ts';

/** The devices that answered before, the last one first. */
export const devicesItem = createStorageItem<RememberedDevice[]>(
  'local',
  'devices',
  v.optional(rememberedDevicesSchema, []),
);

/** Puts `device` at the head of the remembered ones. */
export async function rememberDevice(device: RememberedDevice): Promise<void> {
  await devicesItem.set(remember(await devicesItem.get(), device));
}

/** Forgets the device at `host`. */
export async function forgetDevice(host: string): Promise<void> {
  await devicesItem.set(forget(await devicesItem.get(), host));
}
