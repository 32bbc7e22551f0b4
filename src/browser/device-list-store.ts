import * as v from 'valibot';
import { createStorageItem } from './storage-item.ts';

/** Longest text that is kept of a field, in characters: 254 addresses with what stands between them. */
const longest = 8_000;

/** What a person has typed to work on many devices: their addresses, and the network to look in; null where nothing. */
export interface DeviceList {
  readonly devices: string;
  readonly network: string | null;
}

const typed = v.pipe(
  v.string(),
  v.transform((text) => text.slice(0, longest)),
);

/** The list of devices, as it was typed last. */
export const deviceListItem = createStorageItem<DeviceList>(
  'local',
  'device-list',
  v.fallback(v.object({ devices: typed, network: v.nullable(typed) }), { devices: '', network: null }),
);
