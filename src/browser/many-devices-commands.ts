import * as v from 'valibot';
import { draftText } from './draft.ts';

/** What a person has confirmed for one device. */
export const confirmation = {
  host: v.string(),
  deviceid: v.nullable(v.string()),
  fwVersion: v.nullable(v.string()),
  url: v.string(),
  digest: v.string(),
  confirmed: v.pipe(v.array(v.string()), v.readonly()),
};

/** What a view may ask of the background about many devices. */
export const manyDevicesCommands = [
  v.strictObject({ command: v.literal('info-all'), addresses: v.array(draftText) }),
  v.strictObject({ command: v.literal('unlock-all'), hosts: v.array(draftText) }),
  v.strictObject({
    command: v.literal('flash-all'),
    lines: v.array(v.strictObject(confirmation)),
    stopAtBad: v.boolean(),
  }),
  v.strictObject({ command: v.literal('stop-list') }),
  v.strictObject({ command: v.literal('clear-list') }),
  v.strictObject({ command: v.literal('search'), network: draftText, granted: v.array(draftText) }),
  v.strictObject({ command: v.literal('stop-search') }),
] as const;

export type ManyDevicesCommand = v.InferOutput<(typeof manyDevicesCommands)[number]>;
