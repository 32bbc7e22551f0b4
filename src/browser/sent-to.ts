import * as v from 'valibot';
import { createStorageItem } from './storage-item.ts';

/** Under which key the record lies in `storage.local`. */
export const sentToKey = 'sent-to';

const schema = v.nullable(v.object({ at: v.number(), hosts: v.array(v.string()) }));
type SentTo = NonNullable<v.InferOutput<typeof schema>>;
const item = createStorageItem<SentTo | null, SentTo>('local', sentToKey, v.fallback(schema, null));

/** No browser keeps an unused connection for longer than some minutes; the computer's clock may be off. */
const goodFor = 24 * 3_600_000;

/**
 * The hosts that were sent an `ota_flash` lately. The state knows them too, but it is emptied when the extension is
 * updated or loaded again, and the browser's connections live on.
 */
export async function sentToLately(): Promise<readonly string[]> {
  const record = await item.get();
  return record === null || isOld(record) ? [] : record.hosts;
}

/** Takes a record off the disk that is too old to matter. For the background alone: it writes the next one. */
export async function removeOldSentTo(): Promise<void> {
  const record = await item.get();
  if (record !== null && isOld(record)) await item.remove();
}

/** Writes down to which hosts `ota_flash` was sent, the last of them now; before the request itself. */
export async function rememberSentTo(hosts: readonly string[]): Promise<void> {
  await item.set({ at: Date.now(), hosts: [...hosts] });
}

/** A negative age counts as none: the clock was set back. */
function isOld({ at }: SentTo): boolean {
  return Date.now() - at >= goodFor;
}
