import { mayReachMirror } from '../src/browser/permissions.ts';
import { takePlannedFetch } from '../src/browser/planned-fetch.ts';
import type { Store } from './store.ts';

/** Fetches the chosen firmware, where Info was pressed for a device and nothing has to be asked first. */
export async function fetchAsPlanned(store: Store): Promise<void> {
  if (!(await takePlannedFetch()) || store.source.value.image.state !== 'idle') return;
  const { url } = store.chosen.value;
  if (!url.ok || !(await mayReachMirror(url.value.href))) return;
  store.fetchFirmware(url.value.href);
}
