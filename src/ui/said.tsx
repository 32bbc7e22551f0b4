/*
 * Components and styles that popup and options share. May import browser, and pure functions and types of the leaves.
 */
import type { ComponentChildren } from 'preact';
import { language } from '../browser/language.ts';
import { piecesOf, render } from '../core/render-text.ts';
import type { Text, Wording } from '../core/text.ts';

/** `wording` in the reader's language. */
export function said(wording: Wording): string {
  return render(wording, language);
}

/** `text` in the reader's language; arguments named in `marked` are wrapped as it says. */
export function Said({
  text,
  marked = {},
}: {
  readonly text: Text;
  readonly marked?: Readonly<Record<string, (words: string) => ComponentChildren>>;
}) {
  return (
    <>
      {piecesOf(text, language).map((piece) =>
        typeof piece === 'string' ? piece : (marked[piece.name]?.(piece.words) ?? piece.words),
      )}
    </>
  );
}
