import type { VirtualTime } from './time.ts';

/** How the storage of one browser behaves at present; can be changed at any time. */
export interface StorageManner {
  /** Milliseconds until a write is done; half of them until it can be read. */
  takes: number;
  /** How many of the next writes fail. */
  failures: number;
}

/** A process that may die. */
export interface Life {
  alive: boolean;
}

/** One area of the browser's storage, as one process sees it. Values must not be changed after they are stored. */
export interface Area {
  get(key: string): Promise<Readonly<Record<string, unknown>>>;
  set(values: Readonly<Record<string, unknown>>): Promise<void>;
  remove(key: string | readonly string[]): Promise<void>;
  clear(): Promise<void>;
}

/** `storage.session`, which dies with the browser, and `storage.local`, which does not. */
export class BrowserStorage {
  readonly #time: VirtualTime;
  readonly #heard: () => void;
  readonly manner: StorageManner;
  #lastEffect = 0;
  session = new Map<string, unknown>();
  readonly local = new Map<string, unknown>();

  /** `heard` is told of every write that takes effect. */
  constructor(time: VirtualTime, manner: StorageManner, heard: () => void) {
    this.#time = time;
    this.manner = manner;
    this.#heard = heard;
  }

  /** The browser ends: what is being written to `session` goes nowhere. */
  endSession(): void {
    this.session = new Map();
  }

  /** An area for a process that lives as long as `life`. */
  area(name: 'session' | 'local', life: Life): Area {
    const memory = () => (name === 'session' ? this.session : this.local);
    const after = (act: (map: Map<string, unknown>) => void) => this.#write(memory(), life, act);
    return {
      get: (key) =>
        new Promise((resolve) => {
          const read = () => {
            if (!life.alive) return;
            const map = memory();
            resolve(map.has(key) ? { [key]: map.get(key) } : {});
          };
          // Reads and writes are served in order: what a process wrote before it died is seen by the next one.
          const busyFor = this.#lastEffect - this.#time.awake;
          this.#time.onTheComputer(Math.max(busyFor, Math.min(1, this.manner.takes)), read);
        }),
      set: (values) =>
        after((map) => {
          for (const [key, value] of Object.entries(values)) map.set(key, value);
        }),
      remove: (key) =>
        after((map) => {
          for (const one of typeof key === 'string' ? [key] : key) map.delete(one);
        }),
      clear: () => after((map) => map.clear()),
    };
  }

  /** A write is under way as soon as it is asked for: it takes effect even when the process dies. */
  #write(map: Map<string, unknown>, life: Life, act: (map: Map<string, unknown>) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!life.alive) return;
      const { takes } = this.manner;
      const fails = this.manner.failures > 0;
      if (fails) this.manner.failures -= 1;
      // Writes take effect in the order in which they were asked for.
      const effect = Math.max(this.#lastEffect, this.#time.awake + takes / 2);
      this.#lastEffect = effect;
      const left = effect - this.#time.awake;
      this.#time.onTheComputer(left, () => {
        if (!fails) act(map);
        this.#heard();
      });
      this.#time.onTheComputer(left + takes / 2, () => {
        if (!life.alive) return;
        if (fails) reject(new Error('QuotaExceededError: the disk is full'));
        else resolve();
      });
    });
  }
}
