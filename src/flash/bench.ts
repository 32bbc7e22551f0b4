import { afterTime } from './doubts.ts';
import { withEntry } from './journal.ts';
import type { Run } from './run.ts';
import type { World } from './world.ts';

/** The run as its parts work on it: read it, change it, note what happened, and be sure it is written. */
export interface Bench {
  readonly world: World;
  run(): Run;
  change(part: Partial<Run>): void;
  note(text: string): void;
  /** Counts the time that has really passed since the last call on what the doubts hold. */
  passTime(): void;
  /** Resolves when everything changed so far is written; rejects when it could not be. */
  written(): Promise<void>;
}

/** A bench that starts with `start` and writes every change in order, the newest state only. */
export function createBench(world: World, start: Run): Bench {
  let counted = world.clock.elapsed();
  let run = start;
  let saved: Run = start;
  let writing: Promise<void> | null = null;

  async function write() {
    try {
      while (saved !== run) {
        // Changes of one breath become one write.
        await Promise.resolve();
        const next = run;
        await world.save(next);
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
    world,
    run: () => run,
    change,
    passTime() {
      const now = world.clock.elapsed();
      const doubts = afterTime(run.doubts, now - counted);
      counted = now;
      if (doubts !== run.doubts) change({ doubts });
    },
    note: (text) => change({ journal: withEntry(run.journal, world.clock.now(), text) }),
    async written() {
      await writing?.catch(() => {});
      if (saved !== run) await writeSoon();
    },
  };
}
