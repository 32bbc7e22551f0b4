import { type Answer, type Check, gravestFirst } from '../core/check.ts';
import { type Text, text } from '../core/text.ts';
import styles from './check-list.module.css';
import { MoreAbout } from './more-about.tsx';
import { said } from './said.tsx';

/** How a check is shown: as it was answered, or, where nothing is wrong, as a step that is still to take. */
type Look = Answer | 'next';

const signs: Record<Look, { readonly sign: string; readonly word: Text }> = {
  pass: { sign: '✓', word: text('ui_passed', 'Passed') },
  warn: { sign: '!', word: text('ui_warning', 'Warning') },
  fail: { sign: '✕', word: text('ui_failed', 'Failed') },
  unknown: { sign: '?', word: text('ui_unknown', 'Unknown') },
  next: { sign: '→', word: text('ui_next_step', 'Next step') },
};

/**
 * Checks as a list of ticks: what did not pass first and open, what passed folded into one line, so that the
 * eye goes where it is needed.
 */
export function CheckList({
  checks,
  label,
  steps = [],
  isBrief = false,
}: {
  readonly checks: readonly Check[];
  readonly label: string;
  /** The ids of checks that fail only because a step has not been taken yet. */
  readonly steps?: readonly string[];
  /** Whether what is unknown is named only, and explained on demand. */
  readonly isBrief?: boolean;
}) {
  const passed = checks.filter(({ answer }) => answer === 'pass');
  const rest = gravestFirst(checks.filter(({ answer }) => answer !== 'pass'));
  return (
    <div class={styles.checks}>
      {rest.length > 0 && (
        <ul aria-label={label}>
          {rest.map((check) => (
            <CheckRow
              key={check.id}
              check={check}
              look={steps.includes(check.id) ? 'next' : check.answer}
              isFolded={isBrief && check.answer === 'unknown'}
            />
          ))}
        </ul>
      )}
      {passed.length > 0 && (
        <details class={`${styles.check} ${styles.pass}`}>
          <summary>
            <span class={styles.sign} aria-hidden="true">
              {signs.pass.sign}
            </span>
            <span class={styles.title}>
              {said(
                text(
                  'ui_checks_passed',
                  { one: '1 check passed', other: '{count} checks passed' },
                  { count: passed.length },
                ),
              )}
            </span>
          </summary>
          <ul aria-label={said(text('ui_list_passed', '{label}: passed', { label }))}>
            {passed.map((check) => (
              <CheckRow key={check.id} check={check} look="pass" />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function CheckRow({
  check,
  look,
  isFolded = false,
}: {
  readonly check: Check;
  readonly look: Look;
  readonly isFolded?: boolean;
}) {
  const { sign, word } = signs[look];
  const head = (
    <>
      <span class={styles.sign} aria-hidden="true">
        {sign}
      </span>
      <span class="visually-hidden">{said(word)}: </span>
      <span class={styles.title}>{said(check.title)}</span>
    </>
  );
  // What is merely still to be done is no trouble.
  const trouble = look === 'next' ? undefined : check.trouble;
  const says = (
    <>
      <p class={styles.text}>{said(check.sentence)}</p>
      {(check.action !== undefined || trouble !== undefined) && (
        <p class={styles.text}>
          {check.action !== undefined && <strong>{said(check.action)}</strong>}{' '}
          <MoreAbout trouble={trouble} />
        </p>
      )}
    </>
  );
  return (
    <li class={`${styles.check} ${styles[look]}`}>
      {isFolded ? (
        <details class={styles.check}>
          <summary>{head}</summary>
          {says}
        </details>
      ) : (
        <>
          <p>{head}</p>
          {says}
        </>
      )}
    </li>
  );
}
