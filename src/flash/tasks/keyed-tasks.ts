/** Work that can be stopped: one task for each key at a time. */
export interface KeyedTasks {
  /**
   * Starts `task` for `key`, ending what ran for it before. What it throws goes to `broke`, unless another task has
   * begun for the key: that one has the word now. `wasStopped` tells whether `stop` had ended it.
   */
  begin(
    key: string,
    task: (signal: AbortSignal) => Promise<void>,
    broke: (error: unknown, wasStopped: boolean) => void,
  ): void;
  /** Resolves when nothing runs for `key`. */
  over(key: string): Promise<void>;
  /** Ends what runs for `key`. */
  stop(key: string): void;
  stopAll(): void;
  /** Resolves when nothing runs. */
  settled(): Promise<void>;
}

export function createKeyedTasks(): KeyedTasks {
  const last = new Map<string, AbortController>();
  const running = new Set<Promise<void>>();
  const newest = new Map<string, Promise<void>>();

  return {
    begin(key, task, broke) {
      last.get(key)?.abort();
      const controller = new AbortController();
      last.set(key, controller);
      const run: Promise<void> = task(controller.signal)
        .catch((error: unknown) => {
          if (last.get(key) === controller) broke(error, controller.signal.aborted);
        })
        .finally(() => {
          running.delete(run);
          if (newest.get(key) === run) newest.delete(key);
          if (last.get(key) === controller) last.delete(key);
        });
      running.add(run);
      newest.set(key, run);
    },
    async over(key) {
      for (let run = newest.get(key); run !== undefined; run = newest.get(key)) await run;
    },
    stop: (key) => last.get(key)?.abort(),
    stopAll() {
      for (const controller of last.values()) controller.abort();
    },
    async settled() {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
