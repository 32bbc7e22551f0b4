import type { Answer, Check } from '../../core/check.ts';
import type { Text } from '../../core/text.ts';

/** An answer without its id and title. */
export type Judgement = Omit<Check, 'id' | 'title'>;

/** Puts a judgement together. */
export const judge = (answer: Answer, sentence: Text, action?: Text): Judgement =>
  action === undefined ? { answer, sentence } : { answer, sentence, action };
