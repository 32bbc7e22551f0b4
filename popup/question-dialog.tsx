import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';
import { type Answer, type AnswerGuard, createAnswerGuard } from './answer-guard.ts';
import styles from './question-dialog.module.css';

const now = () => performance.now();

/**
 * The frame of a question about something that cannot be taken back: what is asked scrolls inside it, and both
 * answers are always in view. The way out has the focus, and neither answer takes a click or a key that was
 * meant for what was there before.
 */
export function QuestionDialog({
  title,
  yes,
  ready,
  answer,
  children,
}: {
  readonly title: string;
  readonly yes: string;
  /** Whether there is nothing left to do before "yes". */
  readonly ready: boolean;
  readonly answer: (answer: Answer) => void;
  /** What is asked, below the title. */
  readonly children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const guard = useRef<AnswerGuard | null>(null);
  const rested = useSignal<Readonly<Record<Answer, boolean>>>({ yes: false, no: false });

  useEffect(() => {
    dialog.current?.showModal();
    const shown = createAnswerGuard(now);
    guard.current = shown;
    const timers = (['no', 'yes'] as const).map((one) =>
      setTimeout(() => {
        rested.value = { ...rested.value, [one]: true };
      }, shown.restLeft(one)),
    );
    return () => timers.forEach(clearTimeout);
  }, [rested]);

  const leave = (which: Answer) => {
    // While it is still on the page: the focus goes back to where it was.
    dialog.current?.close();
    answer(which);
  };
  const press = (which: Answer) => (event: MouseEvent) => {
    if (guard.current?.takes(which, event)) leave(which);
  };

  return (
    <dialog
      ref={dialog}
      class={styles.question}
      aria-labelledby="question-title"
      onCancel={(event) => {
        event.preventDefault();
        leave('no');
      }}
      onKeyDownCapture={(event) => {
        if (guard.current?.takesKeyDown(event) === false) event.preventDefault();
      }}
      onKeyUpCapture={(event) => {
        if (guard.current?.takesKeyUp(event) === false) event.preventDefault();
      }}
    >
      <div class={`${styles.body} stack`}>
        <h2 id="question-title">{title}</h2>
        {children}
      </div>
      <div class={styles.answers}>
        {/* Not `disabled`, which could not have the focus. */}
        {/* biome-ignore lint/a11y/noAutofocus: in a question about a plan without a way back, the safe answer has the focus */}
        <button type="button" autoFocus aria-disabled={!rested.value.no} onClick={press('no')}>
          {said(text('popup_cancel', 'Cancel'))}
        </button>
        <button
          type="button"
          class={`danger ${styles.yes}`}
          disabled={!ready || !rested.value.yes}
          onClick={press('yes')}
        >
          <span class={styles.answerText}>{yes}</span>
        </button>
      </div>
    </dialog>
  );
}
