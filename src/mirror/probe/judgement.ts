import type { Answer, Check } from '../../core/check.ts';

/** An answer without its id and title. */
export type Judgement = Omit<Check, 'id' | 'title'>;

export const useRecipe = 'Set the server up as in the recipes, or choose another mirror.';
export const another = 'Choose another mirror.';
export const again = 'Fetch the firmware again.';

/** Puts a judgement together. */
export const judge = (answer: Answer, sentence: string, action?: string): Judgement =>
  action === undefined ? { answer, sentence } : { answer, sentence, action };
