/** How long a person is taken to wait before something counts as missing. */
export const patience = 45_000;

/** Milliseconds from one question to the next; longer each time, for questions cost the browser something, too. */
const [shortest, longest] = [25, 150] as const;
const growth = 1.5;

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
  const began = performance.now();
  const end = began + timeout;
  // Who has waited for long can wait a little longer.
  const longer = (interval: number) =>
    Math.max(Math.min(longest, interval * growth), (performance.now() - began) / 20);
  for (let interval: number = shortest; ; interval = longer(interval)) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new Error(`${await complaint()} (waited ${timeout} ms)`);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
