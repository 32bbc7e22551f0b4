import type { Answer, Check } from '../../core/check.ts';
import type { Text } from '../../core/text.ts';

/** An answer without its id and title; one that speaks against the mirror is an objection, and names its row. */
export type Judgement = Omit<Check, 'id' | 'title'> &
  ({ readonly answer: 'pass' | 'unknown' } | { readonly answer: Answer; readonly trouble: string });

/** Puts a judgement together that speaks against nothing. */
export const judge = (answer: 'pass' | 'unknown', sentence: Text, action?: Text): Judgement =>
  action === undefined ? { answer, sentence } : { answer, sentence, action };
