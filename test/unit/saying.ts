import { expect } from 'vitest';
import { inEnglish } from '../../src/core/render-text.ts';
import { type Text, text, type Wording } from '../../src/core/text.ts';

/** Matches a text of which the English contains `words`, or fits them. */
export function saying(words: string | RegExp): unknown {
  const fits = (english: string) =>
    typeof words === 'string' ? english.includes(words) : words.test(english);
  return expect.toSatisfy((said: Wording) => fits(inEnglish(said)), `says ${words}`);
}

/** Matches a text of which the English is `words`. */
export function sayingJust(words: string): unknown {
  return expect.toSatisfy((said: Wording) => inEnglish(said) === words, `says just ${words}`);
}

/** A text that says just this. */
export function textOf(english: string): Text {
  return text('test', '{english}', { english });
}
