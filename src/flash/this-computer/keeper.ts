import { createKeptState } from '../tasks/kept-state.ts';
import type { ThisComputer } from './state.ts';

/** A state that is written as it changes, the newest only, and never twice at a time. */
export interface Keeper {
  state(): ThisComputer;
  change(part: Partial<ThisComputer>): void;
  /** Resolves with the next change, or when `signal` is aborted. */
  changed(signal: AbortSignal): Promise<void>;
  /** Resolves when everything is written that can be. */
  written(): Promise<void>;
}

/** A keeper that starts with `start`, which counts as written. */
export function createKeeper(start: ThisComputer, save: (state: ThisComputer) => Promise<void>): Keeper {
  const kept = createKeptState(start, save);
  const waiting = new Set<() => void>();

  return {
    state: kept.get,
    change(part) {
      kept.set({ ...kept.get(), ...part });
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
    // What could not be written is written with the next change; it is for showing only.
    written: () => kept.written().catch(() => {}),
  };
}
