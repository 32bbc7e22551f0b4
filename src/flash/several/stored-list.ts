import * as v from 'valibot';
import { text } from '../../core/text.ts';
import { textSchema } from '../../core/text-schema.ts';
import { outcomeSchema } from '../run/stored-outcome.ts';
import { type FlashList, isListUnderWay, withoutWaiting } from './flash-list.ts';

const lineSchema = v.object({
  confirmation: v.object({
    host: v.string(),
    deviceid: v.nullable(v.string()),
    fwVersion: v.nullable(v.string()),
    url: v.string(),
    digest: v.string(),
    confirmed: v.array(v.string()),
  }),
  yesAt: v.number(),
  progress: v.variant('state', [
    v.object({ state: v.literal('waiting') }),
    v.object({ state: v.literal('begun'), at: v.number() }),
    v.object({ state: v.literal('ended'), at: v.number(), outcome: outcomeSchema }),
    v.object({ state: v.literal('not-begun'), why: textSchema }),
  ]),
});

/** A list as it lies in both storages. */
export const listSchema = v.object({
  yesAt: v.number(),
  stopAtBad: v.boolean(),
  movedAt: v.number(),
  lines: v.array(lineSchema),
});

/** What of `list` has to outlive the browser: a list with lines that have not ended. */
export function lastingList(list: FlashList | null): FlashList | null {
  return isListUnderWay(list) ? list : null;
}

const browserClosed = text(
  'flash_list_browser_closed',
  'Nothing was sent: the browser was closed, or the extension updated, before it was this device’s turn. Press Info. Then press Flash.',
);

/** The list that an earlier browser session left, or null. Nothing of it begins by itself: the person may be long gone. */
export function readLastingList(stored: unknown): FlashList | null {
  const parsed = v.safeParse(listSchema, stored);
  return parsed.success ? withoutWaiting(parsed.output, browserClosed) : null;
}
