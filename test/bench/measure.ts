import type { Case } from './cases.ts';

/** A case and how long it took, in milliseconds. */
export interface Measured {
  readonly name: string;
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
}

const warmUp = 5;

/** Runs the cases in turn, so that whatever else the machine does falls on all of them alike. */
export async function measure(cases: readonly Case[], rounds: number): Promise<Measured[]> {
  const times = new Map(cases.map(({ name }) => [name, [] as number[]]));
  for (let round = -warmUp; round < rounds; round++) {
    for (const { name, run } of cases) {
      const started = performance.now();
      await run();
      const took = performance.now() - started;
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
