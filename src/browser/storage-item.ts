import * as v from 'valibot';
import browser from 'webextension-polyfill';

/** `local` outlives the browser; `session` is in memory and dies with it. */
export type AreaName = 'local' | 'session';

/** One thing that the extension keeps in the browser. Every reading goes through its schema. */
export interface StorageItem<Read, Written = Read> {
  get(): Promise<Read>;
  set(value: Written): Promise<void>;
  remove(): Promise<void>;
  /** Calls `changed` whenever it is written, by whomever. */
  onChange(changed: (value: Read) => void): void;
}

/**
 * The item that lies under `key` in `area`.
 *
 * @param schema reads whatever lies there, `undefined` where nothing does; it must take everything
 */
export function createStorageItem<Read, Written = Read>(
  area: AreaName,
  key: string,
  schema: v.GenericSchema<unknown, Read>,
): StorageItem<Read, Written> {
  const storage = () => browser.storage[area];
  return {
    get: async () => v.parse(schema, (await storage().get(key))[key]),
    set: (value) => storage().set({ [key]: value }),
    remove: () => storage().remove(key),
    onChange(changed) {
      storage().onChanged.addListener((changes) => {
        const change = changes[key];
        if (change) changed(v.parse(schema, change.newValue));
      });
    },
  };
}
