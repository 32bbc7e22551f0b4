import {
  type HandRequests,
  handRequestsSchema,
  type ToolStates,
  toolStatesSchema,
} from '../flash/tools/tool-states.ts';
import { createStorageItem } from './storage-item.ts';

/** What the tools have come to, by device, as it was last written. */
export const toolStatesItem = createStorageItem<ToolStates>('session', 'device-tools', toolStatesSchema);

/** The last requests by hand, as they were last written. */
export const handRequestsItem = createStorageItem<HandRequests>('session', 'by-hand', handRequestsSchema);
