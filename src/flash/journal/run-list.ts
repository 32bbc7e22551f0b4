import * as v from 'valibot';
import { type RunRecord, recordSchema } from './run-record.ts';

/** How many runs are kept. */
export const keptRuns = 20;

/** Characters of JSON for all of them: a fifth of what Chromium stores, so that a flash under way finds room to be noted. */
const mostCharacters = 2_000_000;

/** Runs as they were read, the last one first, and how many could not be. */
export interface ReadRuns {
  readonly runs: readonly RunRecord[];
  readonly damaged: number;
}

/** Reads stored runs. One that is damaged costs no other; what is no list at all counts as one that is. */
export function readRunList(stored: unknown): ReadRuns {
  if (stored === undefined) return { runs: [], damaged: 0 };
  const rows: readonly unknown[] = Array.isArray(stored) ? stored : [null];
  const runs = rows.filter((row): row is RunRecord => v.is(recordSchema, row)).slice(0, keptRuns);
  return { runs, damaged: rows.filter((row) => !v.is(recordSchema, row)).length };
}

/** The list with `record` at its head, in the place of what was known of that run before; the oldest go. */
export function withRecord(runs: readonly RunRecord[], record: RunRecord): readonly RunRecord[] {
  const all = [record, ...runs.filter((run) => !isSameRun(run, record))].slice(0, keptRuns);
  let left = mostCharacters;
  const tooMany = all.findIndex((run) => {
    left -= JSON.stringify(run).length;
    return left < 0;
  });
  return tooMany === -1 ? all : all.slice(0, tooMany);
}

/** Of several devices that are asked at once the first events may bear the same time. */
function isSameRun(one: RunRecord, other: RunRecord): boolean {
  return one.began === other.began && one.host === other.host;
}
