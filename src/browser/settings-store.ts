import * as v from 'valibot';
import { type ReadSettings, readSettings, type Settings } from '../settings/settings.ts';
import { createStorageItem } from './storage-item.ts';

/** The stored settings, read with what of them had to be replaced. */
export const settingsItem = createStorageItem<ReadSettings, Settings>(
  'local',
  'settings',
  v.pipe(v.unknown(), v.transform(readSettings)),
);
