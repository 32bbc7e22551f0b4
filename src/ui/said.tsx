import type { ComponentChildren } from 'preact';
import { language } from '../browser/language.ts';
import { piecesOf, render } from '../core/render-text.ts';
import type { Text } from '../core/text.ts';

/** `text` in the reader's language, for attributes and titles. */
export function said(text: Text): string {
  return render(text, language);
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
