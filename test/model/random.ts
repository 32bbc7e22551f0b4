/** Numbers that depend on a seed alone (mulberry32). */
export interface Random {
  /** A fraction from 0 up to, not including, 1. */
  fraction(): number;
  chance(probability: number): boolean;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  /** One of the rows, each as likely as its weight says. */
  weighted<Value>(rows: readonly (readonly [weight: number, value: Value])[]): Value;
  whole(below: number): number;
}

/** Random numbers from `seed`. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (below: number) => Math.floor(fraction() * below);
  return {
    fraction,
    whole,
    chance: (probability) => fraction() < probability,
    pick: (values) => values[whole(values.length)] ?? values[0],
    weighted(rows) {
      let left = fraction() * rows.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, value] of rows) {
        left -= weight;
        if (left < 0) return value;
      }
      const last = rows.at(-1);
      if (last === undefined) throw new RangeError('nothing to choose from');
      return last[1];
    },
  };
}
