import { type Text, text } from '../../core/text.ts';
import type { OutcomeKind } from '../run/outcome.ts';

/** How a flash ended, in two words for a list. */
export const outcomeWords: Readonly<Record<OutcomeKind, Text>> = {
  flashed: text('journal_flashed', 'flashed'),
  'probably-flashed': text('journal_probably', 'probably flashed'),
  'not-flashed': text('journal_not_flashed', 'not flashed'),
  'do-not-restart': text('journal_do_not_restart', 'must not be restarted'),
  unknown: text('journal_unknown', 'not known'),
};
