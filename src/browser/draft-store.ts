import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { type Draft, type DraftField, draftFields, draftText, longestDraft } from './draft.ts';

/**
 * Each field has a key of its own, so that two views of the page never write over what the other one holds, and
 * damage to one costs no other. `by` names the view that wrote it, which has shown it already.
 */
const fieldSchema = v.object({ text: draftText, by: v.string() });

const keyOf = (field: DraftField) => `draft-${field}`;

/** What was typed, and whether some of that could not be read. */
export interface ReadDraft {
  readonly typed: Partial<Draft>;
  readonly damaged: boolean;
}

/** What was typed since the browser was started, as far as it can be read. */
export async function readDraft(): Promise<ReadDraft> {
  const stored = await browser.storage.session.get(draftFields.map(keyOf));
  const there = draftFields.filter((field) => stored[keyOf(field)] !== undefined);
  const whole = there.flatMap((field) => {
    const read = v.safeParse(fieldSchema, stored[keyOf(field)]);
    return read.success ? [[field, read.output.text] as const] : [];
  });
  return { typed: Object.fromEntries(whole), damaged: whole.length < there.length };
}

/** Keeps what is being typed in the view `by`, so that a closed popup loses nothing. */
export function writeDraft(part: Partial<Draft>, by: string): Promise<void> {
  const items = Object.entries(part).map(([field, text]) => [
    `draft-${field}`,
    // A longer one would be taken for damage when it is read.
    { text: text.slice(0, longestDraft), by },
  ]);
  return browser.storage.session.set(Object.fromEntries(items));
}

/** Calls `changed` with what is typed in other views than `by`. */
export function onDraftChange(by: string, changed: (part: Partial<Draft>) => void): void {
  browser.storage.session.onChanged.addListener((changes) => {
    const heard = draftFields.flatMap((field) => {
      const read = v.safeParse(fieldSchema, changes[keyOf(field)]?.newValue);
      return read.success && read.output.by !== by ? [[field, read.output.text] as const] : [];
    });
    if (heard.length > 0) changed(Object.fromEntries(heard));
  });
}
