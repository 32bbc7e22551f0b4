import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { text } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';
import { moveFocus } from './focus.ts';

/** A button for something that cannot be taken back: it asks once, in its place, and "no" has the focus. */
export function AskFirst({
  id,
  ask,
  plan,
  onYes,
  children,
}: {
  readonly id: string;
  /** What the button says before the question. */
  readonly ask: string;
  /** What the button says that does it. */
  readonly plan: string;
  readonly onYes: () => void;
  /** The question. */
  readonly children: ComponentChildren;
}) {
  const asked = useSignal(false);
  if (!asked.value) {
    return (
      <div>
        <button
          type="button"
          id={`${id}-ask`}
          onClick={() => {
            asked.value = true;
            moveFocus(`${id}-no`);
          }}
        >
          {ask}
        </button>
      </div>
    );
  }
  return (
    <section class="note warn" aria-label={plan}>
      <p id={`${id}-question`}>{children}</p>
      <div class="row">
        <button
          type="button"
          class="danger"
          aria-describedby={`${id}-question`}
          onClick={() => {
            asked.value = false;
            onYes();
          }}
        >
          {plan}
        </button>
        <button
          type="button"
          id={`${id}-no`}
          aria-describedby={`${id}-question`}
          onClick={() => {
            asked.value = false;
            moveFocus(`${id}-ask`);
          }}
        >
          {said(text('options_cancel', 'Cancel'))}
        </button>
      </div>
    </section>
  );
}
