import type { ThisComputer } from './state.ts';

/** A state that is written as it changes, the newest only, and never twice at a time. */
export interface Keeper {
  state(): ThisComputer;
  change(part: Partial<ThisComputer>): void;
  /** Resolves with the next change, or when `signal` is aborted. */
  changed(signal: AbortSignal): Promise<void>;
  /** Resolves when everything is written. */
  written(): Promise<void>;
}

/** A keeper that starts with `start`, which counts as written. */
export function createKeeper(start: ThisComputer, save: (state: ThisComputer) => Promise<void>): Keeper {
  let state = start;
  let saved = start;
  let writing: Promise<void> | null = null;
  const waiting = new Set<() => void>();

  async function write(): Promise<void> {
    try {
      while (saved !== state) {
        // Changes of one breath become one write.
        await Promise.resolve();
        const next = state;
        await save(next);
        saved = next;
      }
    } finally {
      writing = null;
    }
  }

  return {
    state: () => state,
    change(part) {
      state = { ...state, ...part };
      // What could not be written is written with the next change; it is for showing only.
      writing ??= write().catch(() => {});
      for (const tell of [...waiting]) tell();
    },
    changed: (signal) =>
      new Promise((resolve) => {
        const tell = () => {
          waiting.delete(tell);
          signal.removeEventListener('abort', tell);
          resolve();
        };
        if (signal.aborted) return resolve();
        waiting.add(tell);
        signal.addEventListener('abort', tell);
      }),
    async written() {
      while (writing !== null) await writing;
    },
  };
}
