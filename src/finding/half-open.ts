import type { Clock } from '../core/clock.ts';

/** Asks an address once more, to see whether its connection has ended. */
export type Knock = (signal: AbortSignal) => Promise<unknown>;

/**
 * Addresses that stayed silent, or were given up, and to which the browser may be connecting still. It goes on with
 * that whoever asked, so one of these is for all scans of a background.
 */
export interface HalfOpen {
  add(knock: Knock): void;
  /** How many there are of which nobody knows that they have ended. */
  count(): number;
  /** Some of them, spread over all. */
  witnesses(): readonly Knock[];
  /** Says that all of them have ended. */
  clear(): void;
}

/** How many of the silent are asked once more, to see when the browser's connections to all of them have ended. */
const asked = 3;

/**
 * None, or `left` of an earlier background.
 *
 * @param lifetime after so many milliseconds a connection has ended by itself
 */
export function createHalfOpen(clock: Clock, lifetime: number, left = 0): HalfOpen {
  let open: { readonly knock: Knock; readonly at: number }[] = [];
  const add = (knock: Knock) => open.push({ knock, at: clock.elapsed() });
  for (let n = 0; n < left; n += 1) add((signal) => clock.sleep(lifetime, signal));

  function count() {
    open = open.filter(({ at }) => clock.elapsed() - at < lifetime);
    return open.length;
  }

  return {
    add,
    count,
    witnesses() {
      const apart = Math.max(1, Math.floor(count() / asked));
      return open
        .filter((_, n) => n % apart === 0)
        .map(({ knock }) => knock)
        .slice(0, asked);
    },
    clear() {
      open = [];
    },
  };
}
