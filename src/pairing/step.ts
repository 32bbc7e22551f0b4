import type { Text } from '../core/text.ts';
import type { LedPatternId } from './led.ts';

/** One thing to do, and what goes with it. */
export interface Action {
  /** One sentence with one thing to do. */
  readonly says: Text;
  /** What the LED shows when it has worked. */
  readonly led?: LedPatternId;
  /** What a button beside it puts on the clipboard. */
  readonly copy?: string;
  /** How long it takes, in milliseconds. */
  readonly lasts?: number;
}

/** A step of a guide. Only one of them needs to be on the screen. */
export interface Step {
  /** Kebab-case, once in all guides. */
  readonly id: string;
  readonly title: Text;
  readonly actions: readonly Action[];
  /** What is good to know while doing it. */
  readonly notes: readonly Text[];
  /** The rows of `troubles` that belong here, by their ids. */
  readonly troubles: readonly string[];
  readonly sources: readonly string[];
}
