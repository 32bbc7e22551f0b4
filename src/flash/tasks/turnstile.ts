/** Lets so many through at a time, in the order in which they came. */
export interface Turnstile {
  /**
   * Resolves when there is room; what it resolves to is called on the way out.
   *
   * @throws the reason of `signal`, when it is aborted before
   */
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createTurnstile(atOnce: number): Turnstile {
  let inside = 0;
  const waiting: (() => void)[] = [];

  /** Whoever leaves hands the place over. */
  function leave() {
    const next = waiting.shift();
    if (next === undefined) inside -= 1;
    else next();
  }

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal.reason);
      };
      waiting.push(go);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  return {
    async enter(signal) {
      signal.throwIfAborted();
      if (inside >= atOnce) await turn(signal);
      else inside += 1;
      return leave;
    },
  };
}
