import { createKeptState } from './kept-state.ts';

/** States by key, written as they change. */
export interface KeyedStates<State> {
  all(): Readonly<Record<string, State>>;
  put(key: string, state: State): void;
  remove(key: string): void;
  clear(): void;
  /** Resolves when the last change was written, or could not be: then it is written with the next one. */
  written(): Promise<void>;
}

/** Begins with `left` and keeps the last `kept` keys; `save` is never called twice at a time. */
export function createKeyedStates<State>(
  left: Readonly<Record<string, State>>,
  kept: number,
  save: (all: Readonly<Record<string, State>>) => Promise<void>,
): KeyedStates<State> {
  const states = createKeptState(left, save);
  const without = (key: string) => Object.entries(states.get()).filter(([other]) => other !== key);
  return {
    all: states.get,
    put: (key, state) =>
      states.set(Object.fromEntries([...without(key), [key, state] as const].slice(-kept))),
    remove: (key) => states.set(Object.fromEntries(without(key))),
    clear: () => states.set({}),
    written: () => states.written().catch(() => {}),
  };
}
