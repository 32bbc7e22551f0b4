import { Directory, type Sighting, serviceName } from './directory.ts';
import { MulticastListeners } from './listeners.ts';

/** Asked at once, again soon, in case the first answer was lost, and then so often (RFC 6762 §5.2). */
const askAtMs = [0, 1000, 3000];
const askEveryMs = 20_000;
const lookEveryMs = 1000;

const everyone = [{ name: serviceName, type: 'PTR' }] as const;

/** A search for devices that goes on until it is stopped. */
export interface Lookout {
  /** This computer's addresses from which it looks, as it begins. */
  readonly addresses: readonly string[];
  stop(): void;
}

/**
 * Looks for Sonoff devices in every network of this computer. `seen` hears of each that comes, changes or goes,
 * `trouble` of an address on which nothing can be heard, with the system's error.
 */
export function lookOut(
  seen: (sighting: Sighting) => void,
  trouble: (address: string, code: string) => void,
): Lookout {
  const directory = new Directory();
  const show = (sightings: readonly Sighting[]) => {
    for (const sighting of sightings) seen(sighting);
  };
  const listeners = new MulticastListeners(
    (records) => show(directory.take(records, performance.now())),
    trouble,
  );
  const ask = () => {
    listeners.refresh();
    listeners.ask([...everyone, ...directory.missing(performance.now())]);
  };
  const look = () => {
    show(directory.look(performance.now()));
    listeners.refresh();
    listeners.ask(directory.missing(performance.now()));
  };
  const timers = [
    ...askAtMs.map((ms) => setTimeout(ask, ms)),
    setInterval(ask, askEveryMs),
    setInterval(look, lookEveryMs),
  ];
  listeners.refresh();
  return {
    addresses: listeners.addresses,
    stop() {
      for (const timer of timers) clearTimeout(timer);
      listeners.stop();
    },
  };
}
