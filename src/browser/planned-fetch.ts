import * as v from 'valibot';
import { createStorageItem } from './storage-item.ts';

const key = 'fetch-next';
const plannedItem = createStorageItem('session', key, v.fallback(v.boolean(), false));

/**
 * Three clicks are enough: who presses Info wants the chosen firmware fetched as soon as the device is known.
 * That is kept here, because the popup in which Info was pressed may be gone by then, and because nothing but
 * that press is a reason to fetch.
 */
export function planFetch(): Promise<void> {
  return plannedItem.set(true);
}

/** Takes it back. */
export function dropPlannedFetch(): Promise<void> {
  return plannedItem.remove();
}

/** Whether a fetch is planned; true in one view only, which is the one to do it. */
export async function takePlannedFetch(): Promise<boolean> {
  return navigator.locks.request(key, async () => {
    const planned = await plannedItem.get();
    await dropPlannedFetch();
    return planned;
  });
}
