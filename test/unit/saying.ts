import { expect } from 'vitest';
import { inEnglish } from '../../src/core/render-text.ts';
import type { Wording } from '../../src/core/text.ts';

/** Matches a text of which the English contains `words`, or fits them. */
export function saying(words: string | RegExp): unknown {
  const fits = (said: Wording) => {
    const english = inEnglish(said);
    return typeof words === 'string' ? english.includes(words) : words.test(english);
  };
  return expect.toSatisfy(fits, `says ${words}`);
}
