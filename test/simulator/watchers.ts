/** Wakes those who wait for something to become true, whenever something has happened. */
export class Watchers {
  private readonly waiting = new Set<() => void>();

  /** Something has happened: everyone looks again. */
  look(): void {
    for (const look of this.waiting) look();
  }

  /** Resolves when `holds` is true; rejects after the time-out, saying how things stand, or by the signal. */
  until(
    holds: () => boolean,
    limits: { readonly timeoutMs: number; readonly signal?: AbortSignal },
    howThingsStand: () => string,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (settle: () => void) => {
        clearTimeout(timer);
        limits.signal?.removeEventListener('abort', aborted);
        this.waiting.delete(look);
        settle();
      };
      const look = () => {
        if (holds()) stop(resolve);
      };
      const aborted = () => stop(() => reject(limits.signal?.reason));
      const timer = setTimeout(() => {
        stop(() => reject(new Error(`Not within ${limits.timeoutMs} ms: ${howThingsStand()}`)));
      }, limits.timeoutMs);
      limits.signal?.addEventListener('abort', aborted);
      this.waiting.add(look);
      if (limits.signal?.aborted) aborted();
      else look();
    });
  }
}
