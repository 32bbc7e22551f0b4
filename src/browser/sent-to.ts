import * as v from 'valibot';
import { createStorageItem } from './storage-item.ts';

/** Under which key the record lies in `storage.local`. */
export const sentToKey = 'sent-to';

const schema = v.nullable(v.object({ at: v.number(), hosts: v.array(v.string()) }));
type SentTo = NonNullable<v.InferOutput<typeof schema>>;
const item = createStorageItem<SentTo | null, SentTo>('local', sentToKey, v.fallback(schema, null));

/** No browser keeps an unused connection for longer than some minutes; the computer's clock may be off. */
const goodFor = 24 * 3_600_000;

/** The hosts in the storage, as JSON; not known before the first state is written. */
let known = JSON.stringify([]);

/**
 * The hosts that were sent an `ota_flash` lately. The state knows them too, but it is emptied when the extension is
 * updated or loaded again, and the browser's connections live on. What is older goes off the disk.
 */
export async function sentToLately(): Promise<readonly string[]> {
  const record = await item.get();
  if (record === null) return [];
  // Written anew only when a host comes to it, else it would never grow old.
  known = JSON.stringify(record.hosts);
  // A negative age counts as none: the clock was set back.
  if (Date.now() - record.at < goodFor) return record.hosts;
  await item.remove();
  return [];
}

/** Writes down to which hosts `ota_flash` is sent, where that has changed; before the request itself. */
export async function rememberSentTo(hosts: readonly string[]): Promise<void> {
  const text = JSON.stringify(hosts);
  if (text === known) return;
  await item.set({ at: Date.now(), hosts: [...hosts] });
  known = text;
}
