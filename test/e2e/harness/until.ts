/** How long a person is taken to wait before something counts as missing. */
export const patience = 45_000;

const interval = 25;

/**
 * Asks again and again until there is an answer.
 *
 * Polling, because what is waited for is the state of another process, and neither browser tells of it.
 *
 * @param ask answers `undefined` while it is not so yet
 * @param complaint says, when time is up, what was waited for and what was there instead
 */
export async function until<T>(
  ask: () => Promise<T | undefined>,
  complaint: () => string | Promise<string>,
  timeout: number = patience,
): Promise<T> {
  const end = performance.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`${await complaint()} (waited ${timeout} ms)`);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
