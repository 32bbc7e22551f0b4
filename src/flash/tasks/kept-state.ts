/** A state of which the newest is always written, and never two writes at a time. */
export interface KeptState<State> {
  get(): State;
  set(next: State): void;
  /** Resolves when everything set so far is written; rejects when it could not be. */
  written(): Promise<void>;
}

/** Begins with `start`, which is thought to be written, and has every change written by `save`. */
export function createKeptState<State>(
  start: State,
  save: (state: State) => Promise<void>,
): KeptState<State> {
  let state = start;
  let saved = start;
  let writing: Promise<void> | null = null;

  async function write() {
    try {
      while (saved !== state) {
        // Changes of one breath become one write.
        await Promise.resolve();
        const next = state;
        await save(next);
        saved = next;
      }
    } finally {
      // In the same breath as the last look at `state`, so that no change falls between the two.
      writing = null;
    }
  }

  function writeSoon(): Promise<void> {
    writing ??= write();
    return writing;
  }

  return {
    get: () => state,
    set(next) {
      state = next;
      // A write that fails is told to whoever waits for it in `written`; progress alone may get lost.
      writeSoon().catch(() => {});
    },
    async written() {
      await writing?.catch(() => {});
      if (saved !== state) await writeSoon();
    },
  };
}
