import { withEntry } from '../journal/journal.ts';
import { afterTime } from '../run/doubts.ts';
import type { Run } from '../run/run.ts';
import type { RunEnvironment } from './run-environment.ts';

/** The run as its parts work on it: read it, change it, note what happened, and be sure it is written. */
export interface RunContext {
  readonly environment: RunEnvironment;
  run(): Run;
  change(part: Partial<Run>): void;
  note(text: string): void;
  /** Counts the time that has really passed since the last call on what the doubts hold. */
  passTime(): void;
  /** Resolves when everything changed so far is written; rejects when it could not be. */
  written(): Promise<void>;
}

/** A context that starts with `start` and writes every change in order, the newest state only. */
export function createRunContext(environment: RunEnvironment, start: Run): RunContext {
  let counted = environment.clock.elapsed();
  let run = start;
  let saved: Run = start;
  let writing: Promise<void> | null = null;

  async function write() {
    try {
      while (saved !== run) {
        // Changes of one breath become one write.
        await Promise.resolve();
        const next = run;
        await environment.save(next);
        saved = next;
      }
    } finally {
      // In the same breath as the last look at `run`, so that no change falls between the two.
      writing = null;
    }
  }

  function writeSoon(): Promise<void> {
    writing ??= write();
    return writing;
  }

  const change = (part: Partial<Run>) => {
    run = { ...run, ...part };
    // A write that fails is told to whoever waits for it in `written`; progress alone may get lost.
    writeSoon().catch(() => {});
  };
  return {
    environment,
    run: () => run,
    change,
    passTime() {
      const now = environment.clock.elapsed();
      const doubts = afterTime(run.doubts, now - counted);
      counted = now;
      if (doubts !== run.doubts) change({ doubts });
    },
    note: (text) => change({ journal: withEntry(run.journal, environment.clock.now(), text) }),
    async written() {
      await writing?.catch(() => {});
      if (saved !== run) await writeSoon();
    },
  };
}
