/** States by key, written as they change, and the work that changes them: one piece for each key at a time. */
export interface KeyedTasks<State> {
  all(): Readonly<Record<string, State>>;
  put(key: string, state: State): void;
  remove(key: string): void;
  /** Starts `task` for `key`, ending what ran for it before. A task that throws leaves `broken`. */
  begin(key: string, broken: State, task: (signal: AbortSignal) => Promise<void>): void;
  /** Ends what runs for `key`. */
  stop(key: string): void;
  /** Ends everything and forgets every state. */
  clear(): void;
  /** Resolves when nothing runs and everything is written. */
  settled(): Promise<void>;
}

/** A tasks that starts with `left` and keeps the last `kept` keys; `save` is never called twice at a time. */
export function createKeyedTasks<State>(
  left: Readonly<Record<string, State>>,
  kept: number,
  save: (all: Readonly<Record<string, State>>) => Promise<void>,
): KeyedTasks<State> {
  let all = left;
  let saved = left;
  let writing: Promise<void> | null = null;
  const controllers = new Map<string, AbortController>();
  const running = new Set<Promise<void>>();

  async function write() {
    try {
      while (saved !== all) {
        const next = all;
        await save(next);
        saved = next;
      }
    } finally {
      // In the same breath as the last look at `all`, so that no change falls between the two.
      writing = null;
    }
  }

  function change(entries: readonly (readonly [string, State])[]): void {
    all = Object.fromEntries(entries.slice(-kept));
    // What could not be written is written with the next change.
    writing ??= write().catch(() => {});
  }

  const without = (key: string) => Object.entries(all).filter(([other]) => other !== key);

  function stop(key: string): void {
    controllers.get(key)?.abort();
    controllers.delete(key);
  }

  const tasks: KeyedTasks<State> = {
    all: () => all,
    put: (key, state) => change([...without(key), [key, state]]),
    remove: (key) => change(without(key)),
    begin(key, broken, task) {
      stop(key);
      const controller = new AbortController();
      controllers.set(key, controller);
      const run: Promise<void> = task(controller.signal)
        .catch(() => {
          if (!controller.signal.aborted) tasks.put(key, broken);
        })
        .finally(() => running.delete(run));
      running.add(run);
    },
    stop,
    clear() {
      for (const key of controllers.keys()) stop(key);
      change([]);
    },
    async settled() {
      while (running.size > 0) await Promise.allSettled(running);
      await writing;
    },
  };
  return tasks;
}
