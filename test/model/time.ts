/** A timer that has not gone off. */
export interface Timer {
  cancel(): void;
}

interface Entry {
  readonly at: number;
  readonly order: number;
  run: (() => void) | null;
}

/**
 * The time of the model, in milliseconds. `real` is what passes for the devices. The computer has two clocks
 * that may disagree with it: the wall clock, which a person can set, and the one that its timers run by, which
 * stands still while the computer sleeps.
 */
export class VirtualTime {
  real = 0;
  #slept = 0;
  #set = 0;
  #order = 0;
  #world = new Queue();
  #computer = new Queue();
  /** Stops `pass` after the event that called it. */
  #halted = false;

  /** What the computer takes for the time, in milliseconds since the epoch. */
  get wall(): number {
    return 1_790_000_000_000 + this.real + this.#set;
  }

  /** Milliseconds for which the computer has been awake. */
  get awake(): number {
    return this.real - this.#slept;
  }

  setWallClock(by: number): void {
    this.#set += by;
  }

  /** Runs `task` after `ms` of real time. */
  inTheWorld(ms: number, task: () => void): Timer {
    return this.#world.add({ at: this.real + ms, order: this.#order++, run: task });
  }

  /** Runs `task` after `ms` in which the computer was awake. */
  onTheComputer(ms: number, task: () => void): Timer {
    return this.#computer.add({ at: this.awake + Math.max(0, ms), order: this.#order++, run: task });
  }

  /** Ends `pass` early, as soon as what is happening now has had all its consequences. */
  halt(): void {
    this.#halted = true;
  }

  /** Lets `ms` pass with everything that happens in them; true when it was not halted. */
  async pass(ms: number): Promise<boolean> {
    this.#halted = false;
    const until = this.real + ms;
    await settle();
    for (;;) {
      if (this.#halted) return false;
      const world = this.#world.first();
      const computer = this.#computer.first();
      const ofWorld = world?.at ?? Number.POSITIVE_INFINITY;
      const ofComputer = computer === undefined ? Number.POSITIVE_INFINITY : computer.at + this.#slept;
      const at = Math.min(ofWorld, ofComputer);
      if (at > until) break;
      this.real = Math.max(this.real, at);
      const next = ofWorld <= ofComputer ? this.#world.shift() : this.#computer.shift();
      next?.run?.();
      await settle();
    }
    this.real = until;
    return true;
  }

  /** The computer sleeps for `ms`: the world goes on, its timers do not. */
  async sleep(ms: number): Promise<void> {
    const until = this.real + ms;
    const from = this.real;
    for (let next = this.#world.first(); next !== undefined && next.at <= until; next = this.#world.first()) {
      this.#world.shift();
      this.#slept += Math.max(0, next.at - this.real);
      this.real = Math.max(this.real, next.at);
      next.run?.();
    }
    this.#slept += until - this.real;
    this.real = until;
    if (this.real - from !== ms) throw new Error('a sleep must last as long as it was said to');
    await settle();
  }
}

/** Timers by time, then by order. */
class Queue {
  #heap: Entry[] = [];

  add(entry: Entry): Timer {
    const heap = this.#heap;
    let at = heap.push(entry) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(entry, parent)) break;
      heap[at] = parent;
      heap[above] = entry;
      at = above;
    }
    return {
      cancel: () => {
        entry.run = null;
      },
    };
  }

  first(): Entry | undefined {
    while (this.#heap[0]?.run === null) this.shift();
    return this.#heap[0];
  }

  shift(): Entry | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      const left = heap[below];
      if (left === undefined) break;
      const right = heap[below + 1];
      if (right !== undefined && isBefore(right, left)) below += 1;
      const child = heap[below];
      if (child === undefined || !isBefore(child, last)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
    return first;
  }
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** Resolves when every promise that can go on has gone on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
