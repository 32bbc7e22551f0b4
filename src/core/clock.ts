/** Time as the leaves see it, so that tests can hold it still. All times are in milliseconds. */
export interface Clock {
  /** Milliseconds since the epoch, as the computer's clock shows them. To be shown only: that clock can be set. */
  now(): number;
  /**
   * Milliseconds that have passed since some moment in this process. Nobody can set it; it may stand still while
   * the computer sleeps. All waiting is measured by it: what is longer than it seems errs on the safe side. It says
   * nothing in another process, so it must not be stored.
   */
  elapsed(): number;
  /** Resolves after `ms`; rejects with the signal's reason as soon as `signal` is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, ms);
      signal?.addEventListener('abort', abort, { once: true });
    }),
};
