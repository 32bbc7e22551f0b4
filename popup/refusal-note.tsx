import { useLayoutEffect, useRef } from 'preact/hooks';
import { said } from '../src/ui/said.tsx';
import type { Place, Store } from './store.ts';

/** Why the button that stands at `place` did nothing, beside that button. */
export function RefusalNote({ store, place }: { readonly store: Store; readonly place: Place }) {
  const note = useRef<HTMLParagraphElement>(null);
  const refusal = store.refusal.value;
  const sentence = refusal?.place === place ? refusal.sentence : null;
  useLayoutEffect(() => {
    // A button at the very edge of the window has its refusal beyond it. Before anybody sees it there.
    if (sentence !== null) note.current?.scrollIntoView({ block: 'nearest' });
  }, [sentence]);
  if (sentence === null) return null;
  return (
    <p ref={note} class="note warn" role="alert">
      {said(sentence)}
    </p>
  );
}
