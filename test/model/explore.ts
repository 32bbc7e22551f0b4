import type { Story } from './actions.ts';
import { generate } from './generate.ts';
import { play, type Verdict } from './play.ts';
import { createRandom } from './random.ts';
import { shrink } from './shrink.ts';

/** What an exploration found. */
export interface Found {
  /** The seed of the one story that it is about: `npm run model -- --seed <seed> --count 1` tells it again. */
  readonly seed: number;
  readonly story: Story;
  readonly verdict: Verdict;
}

/** How an exploration went. */
export interface Explored {
  readonly count: number;
  /** How many stories reached what. */
  readonly reached: ReadonlyMap<string, number>;
  /** One for each kind of fault. */
  readonly found: readonly Found[];
}

/** How to go through the stories. */
export interface Tour {
  readonly seed: number;
  /** The next story is that of the seed so much higher. */
  readonly step?: number;
  /** Ends after so many kinds of fault. */
  readonly faults?: number;
  readonly goOn: (count: number) => boolean;
}

/** Plays stories from `seed` on, one seed each, until `goOn` says no or enough of them are bad. */
export async function explore({ seed, step = 1, faults = 1, goOn }: Tour): Promise<Explored> {
  const found = new Map<string, Found>();
  const reached = new Map<string, number>();
  let count = 0;
  for (let at = seed; goOn(count); at += step) {
    count += 1;
    const story = generate(createRandom(at));
    const verdict = await playSafely(story);
    for (const what of verdict.reached) reached.set(what, (reached.get(what) ?? 0) + 1);
    const [fault] = verdict.violations;
    if (fault === undefined || found.has(kindOf(fault))) continue;
    found.set(kindOf(fault), await simplest(at, story, fault));
    if (found.size >= faults) break;
  }
  return { count, reached, found: [...found.values()] };
}

/** The shortest way to the same fault. */
async function simplest(seed: number, story: Story, fault: string): Promise<Found> {
  const kind = kindOf(fault);
  const isBad = async (simpler: Story) =>
    (await playSafely(simpler)).violations.some((violation) => kindOf(violation) === kind);
  const best = await shrink(story, isBad);
  return { seed, story: best, verdict: await playSafely(best) };
}

/** What is quoted may differ from story to story. */
const kindOf = (violation: string) => violation.replace(/"[^"]*"/g, '…').replace(/:.*/s, '');

/** A story that breaks something else is a bad one, too. */
async function playSafely(story: Story): Promise<Verdict> {
  try {
    return await play(story);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { violations: [`it throws: ${text}`], story: [], reached: new Set() };
  }
}
