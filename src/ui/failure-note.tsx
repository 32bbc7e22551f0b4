import { wholeSentence } from '../core/assurance.ts';
import type { Failure } from '../core/result.ts';
import { HttpsOnlyRemedy } from './https-only-remedy.tsx';
import { MoreAbout } from './more-about.tsx';
import { said } from './said.tsx';

/** Trouble, in words: what happened and what to do. Announced at once. */
export function FailureNote({ failure }: { readonly failure: Failure }) {
  // A permission is a step to take; nothing is wrong.
  const tone = failure.kind === 'no-permission' ? '' : 'bad';
  return (
    <div class={`note ${tone}`} role="alert">
      <p>{said(wholeSentence(failure))}</p>
      <p>
        <strong>{said(failure.action)}</strong> <MoreAbout trouble={failure.trouble} />
      </p>
      {failure.kind === 'https-only' && <HttpsOnlyRemedy />}
    </div>
  );
}
