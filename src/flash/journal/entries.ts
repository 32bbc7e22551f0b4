import { text } from '../../core/text.ts';
import type { JournalEvent } from './events.ts';
import { progressed } from './events-of.ts';
import type { Entry } from './journal.ts';

/** The sentences that a run writes about itself, as events. */
export function eventsOfEntries(entries: readonly Entry[]): readonly JournalEvent[] {
  return entries.map(({ at, text: words }) => progressed(at, text('journal_entry', '{words}', { words })));
}
