import { type SearchState, searchSchema } from '../flash/finding/search-state.ts';
import { createStorageItem } from './storage-item.ts';

/** The last search of a network, as it was last written. */
export const searchItem = createStorageItem<SearchState>('session', 'search', searchSchema);
