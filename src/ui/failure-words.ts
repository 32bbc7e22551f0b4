import type { Failure } from '../core/result.ts';
import { text } from '../core/text.ts';
import { said } from './said.tsx';

/** What is wrong with what somebody types, and what to do, in one line. */
export function failureWords({ sentence, action }: Pick<Failure, 'sentence' | 'action'>): string {
  return said(text('ui_failure_words', '{sentence} {action}', { sentence, action }));
}
