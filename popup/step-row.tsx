import { text } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';
import { type StepName, stepNames } from './present-step.ts';
import { type StepLine, type StepLook, stepTitles } from './step-lines.ts';
import styles from './steps.module.css';

const looks: Readonly<
  Record<StepLook, { readonly sign: string | null; readonly word: ReturnType<typeof text> }>
> = {
  later: { sign: null, word: text('popup_look_later', 'not done yet') },
  working: { sign: '…', word: text('popup_look_working', 'under way') },
  done: { sign: '✓', word: text('popup_look_done', 'done') },
  careful: { sign: '!', word: text('popup_look_careful', 'done, with warnings') },
  trouble: { sign: '✕', word: text('popup_look_trouble', 'needs attention') },
};

/** A step that is not open, as one line. */
export function StepRow({
  step,
  line,
  isPresent,
  reopen,
}: {
  readonly step: StepName;
  readonly line: StepLine;
  readonly isPresent: boolean;
  /** Opens it; null where there is nothing to open yet. */
  readonly reopen: (() => void) | null;
}) {
  const { sign, word } = looks[line.look];
  const says = line.says.map(said).join(' · ');
  const inside = (
    <>
      <span class={styles.sign} aria-hidden="true">
        {sign ?? stepNames.indexOf(step) + 1}
      </span>
      <span class={styles.name}>{said(stepTitles[step])}</span>{' '}
      <span class={styles.says} title={says}>
        {says === '' && reopen !== null ? said(word) : says}
      </span>{' '}
      <span class="visually-hidden">{said(word)}</span>
    </>
  );
  const look = `${styles.row} ${styles[line.look]}`;
  const current = isPresent ? ({ 'aria-current': 'step' } as const) : {};
  return reopen === null ? (
    <div class={look} {...current}>
      {inside}
    </div>
  ) : (
    <button type="button" class={look} {...current} onClick={reopen}>
      {inside}
    </button>
  );
}
