import type { Text } from '../core/text.ts';
import type { RoadId } from './road.ts';

/** What a person is asked, or the extension finds out. */
export type QuestionId =
  | 'model'
  | 'diy-firmware'
  | 'old-firmware'
  | 'plain-firmware'
  | 'network'
  | 'device-reply'
  | 'page-reply';

/** Where an answer leads. */
export type Lead = { readonly question: QuestionId } | { readonly road: RoadId };

/** One answer to a question. */
export interface Answer {
  /** Kebab-case, once in its question. */
  readonly id: string;
  readonly label: Text;
  /** Why it leads there. */
  readonly why: Text;
  readonly leads: Lead;
  readonly sources: readonly string[];
}

/** A fork: a question and all its answers. */
export interface Question {
  readonly id: QuestionId;
  readonly ask: Text;
  /** How to find the answer. */
  readonly help: Text;
  readonly answers: readonly Answer[];
}
