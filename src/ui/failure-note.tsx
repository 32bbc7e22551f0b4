import type { Failure } from '../failure.ts';

/** Trouble, in words: what happened and what to do. Announced at once. */
export function FailureNote({ failure }: { readonly failure: Failure }) {
  return (
    <div class="note bad" role="alert">
      <p>{failure.sentence}</p>
      <p>
        <strong>{failure.action}</strong>
      </p>
    </div>
  );
}
