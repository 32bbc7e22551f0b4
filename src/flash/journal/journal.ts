import { withoutIds } from './redaction.ts';

/** One thing that happened in a run. `at` is milliseconds since the epoch. */
export interface Entry {
  readonly at: number;
  readonly text: string;
}

/** How many entries are kept, since all of them are written out at every step: the first ones and the last. */
const keptFirst = 100;
const keptLast = 200;

/** `journal` with one more entry. When it grows long, what goes is the middle: a long watch, mostly. */
export function withEntry(journal: readonly Entry[], at: number, text: string): readonly Entry[] {
  const longer = [...journal, { at, text }];
  if (longer.length <= keptFirst + keptLast) return longer;
  return [...longer.slice(0, keptFirst), ...longer.slice(-keptLast)];
}

/**
 * The journal as text to paste into a report: one line an entry. Network names and passwords never got into it;
 * hardware addresses and device ids are taken out here.
 */
export function journalText(journal: readonly Entry[]): string {
  return journal.map(({ at, text }) => `${new Date(at).toISOString()} ${withoutIds(text)}`).join('\n');
}
