import * as v from 'valibot';
import { type Draft, draftText } from '../src/browser/draft.ts';

const text = v.fallback(draftText, '');
const linkSchema = v.object({ address: v.exactOptional(text), firmware: v.exactOptional(text) });

/**
 * What the page's own address wants to have typed: `?address=…&firmware=…`. It is taken like typing and no
 * further: nothing is asked of any device or mirror before the person presses a button.
 */
export function linkedDraft(search: string): Partial<Draft> {
  const link = v.parse(linkSchema, Object.fromEntries(new URLSearchParams(search)));
  // An id that was typed for one device is not that of another.
  return link.address === undefined ? link : { ...link, deviceid: '' };
}
