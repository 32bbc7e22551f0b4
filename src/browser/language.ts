import browser from 'webextension-polyfill';
import type { Language } from '../core/render-text.ts';
import { text } from '../core/text.ts';

/** The language that the browser has chosen for this extension from those that it comes in. */
export const language: Language = {
  // Numbers in the language of the words around them, which need not be the browser's.
  locale: words(text('language', 'en').id) ?? 'en',
  words,
};

function words(id: string): string | undefined {
  return browser.i18n.getMessage(id) || undefined;
}
