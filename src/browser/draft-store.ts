import * as v from 'valibot';
import { type Draft, type DraftField, draftFields, draftText, longestDraft } from './draft.ts';
import { createStorageItem, type StorageItem } from './storage-item.ts';

/** `by` names the view that wrote it, which has shown it already. */
const fieldSchema = v.object({ text: draftText, by: v.string() });

const storedSchema = v.union([
  fieldSchema,
  v.undefined(),
  v.pipe(
    v.unknown(),
    v.transform(() => 'damaged' as const),
  ),
]);

/**
 * Each field is an item of its own, so that two views of the page never write over what the other one holds, and
 * damage to one costs no other.
 */
const items = draftFields.map(
  (field): readonly [DraftField, StorageItem<v.InferOutput<typeof storedSchema>>] => [
    field,
    createStorageItem('session', `draft-${field}`, storedSchema),
  ],
);

/** What was typed, and whether some of that could not be read. */
export interface ReadDraft {
  readonly typed: Partial<Draft>;
  readonly damaged: boolean;
}

/** What was typed since the browser was started, as far as it can be read. */
export async function readDraft(): Promise<ReadDraft> {
  const read = await Promise.all(items.map(async ([field, item]) => [field, await item.get()] as const));
  const whole = read.flatMap(([field, stored]) =>
    typeof stored === 'object' ? [[field, stored.text] as const] : [],
  );
  return {
    typed: Object.fromEntries(whole),
    damaged: read.some(([, stored]) => stored === 'damaged'),
  };
}

/** Keeps what is being typed in the view `by`, so that a closed popup loses nothing. */
export async function writeDraft(part: Partial<Draft>, by: string): Promise<void> {
  await Promise.all(
    items.map(async ([field, item]) => {
      const text = part[field];
      // A longer one would be taken for damage when it is read.
      if (text !== undefined) await item.set({ text: text.slice(0, longestDraft), by });
    }),
  );
}

/** Calls `changed` with what is typed in other views than `by`. */
export function onDraftChange(by: string, changed: (part: Partial<Draft>) => void): void {
  for (const [field, item] of items) {
    item.onChange((written) => {
      if (typeof written === 'object' && written.by !== by) changed({ [field]: written.text });
    });
  }
}
