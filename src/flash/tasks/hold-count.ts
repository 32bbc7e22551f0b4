import type { StateContext } from './run-context.ts';

/** How often the time of a hold is written down, in milliseconds. */
const holdStep = 10_000;

/**
 * Counts the time of holds for whoever waits: resolves when no device may be downloading any more. However many wait,
 * it is counted once.
 */
export function createHoldCount(context: StateContext): () => Promise<void> {
  let counting: Promise<void> | null = null;

  async function count(): Promise<void> {
    while (context.state().doubts.some(({ holdLeft }) => holdLeft > 0)) {
      await context.environment.clock.sleep(holdStep);
      context.passTime();
    }
    await context.written().catch(() => {});
  }

  return async () => {
    counting ??= count().finally(() => {
      counting = null;
    });
    await counting;
  };
}
