import type { Case } from './image-cases.ts';

/** A case and how long one run of it took, in milliseconds. */
export interface Measured {
  readonly name: string;
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
}

/** How often the cases are taken in turn, and how often each runs in a turn. */
export interface Rounds {
  readonly rounds: number;
  /** More than one where the clock is too coarse for one: extension pages see milliseconds in Firefox. */
  readonly runs: number;
}

const warmUp = 5;

/** Runs the cases in turn, so that whatever else the machine does falls on all of them alike. */
export async function measure(cases: readonly Case[], { rounds, runs }: Rounds): Promise<Measured[]> {
  const times = new Map(cases.map(({ name }) => [name, [] as number[]]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const { name, run } of cases) {
      const started = performance.now();
      for (let count = 0; count < runs; count++) await run();
      const took = (performance.now() - started) / runs;
      if (round >= 0) times.get(name)?.push(took);
    }
  }
  return cases.map(({ name }) => {
    const sorted = (times.get(name) ?? []).toSorted((a, b) => a - b);
    return {
      name,
      median: sorted[Math.floor(sorted.length / 2)] ?? 0,
      fastest: sorted[0] ?? 0,
      slowest: sorted.at(-1) ?? 0,
    };
  });
}
