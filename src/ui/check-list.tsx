import { type Answer, type Check, gravestFirst } from '../core/check.ts';
import { said } from './said.tsx';

/** How a check is shown: as it was answered, or, where nothing is wrong, as a step that is still to take. */
type Look = Answer | 'next';

const signs: Record<Look, { readonly sign: string; readonly word: string }> = {
  pass: { sign: '✓', word: 'Passed' },
  warn: { sign: '!', word: 'Warning' },
  fail: { sign: '✕', word: 'Failed' },
  unknown: { sign: '?', word: 'Unknown' },
  next: { sign: '→', word: 'Next step' },
};

/**
 * Checks as a list of ticks: what did not pass first and open, what passed folded into one line, so that the
 * eye goes where it is needed.
 */
export function CheckList({
  checks,
  label,
  steps = [],
}: {
  readonly checks: readonly Check[];
  readonly label: string;
  /** The ids of checks that fail only because a step has not been taken yet. */
  readonly steps?: readonly string[];
}) {
  const passed = checks.filter(({ answer }) => answer === 'pass');
  const rest = gravestFirst(checks.filter(({ answer }) => answer !== 'pass'));
  return (
    <div class="checks">
      {rest.length > 0 && (
        <ul aria-label={label}>
          {rest.map((check) => (
            <CheckRow key={check.id} check={check} look={steps.includes(check.id) ? 'next' : check.answer} />
          ))}
        </ul>
      )}
      {passed.length > 0 && (
        <details class="check pass">
          <summary>
            <span class="check-sign" aria-hidden="true">
              {signs.pass.sign}
            </span>
            <span class="check-title">
              {passed.length === 1 ? '1 check passed' : `${passed.length} checks passed`}
            </span>
          </summary>
          <ul aria-label={`${label}: passed`}>
            {passed.map((check) => (
              <CheckRow key={check.id} check={check} look="pass" />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function CheckRow({ check, look }: { readonly check: Check; readonly look: Look }) {
  const { sign, word } = signs[look];
  return (
    <li class={`check ${look}`}>
      <p>
        <span class="check-sign" aria-hidden="true">
          {sign}
        </span>
        <span class="visually-hidden">{word}: </span>
        <span class="check-title">{said(check.title)}</span>
      </p>
      <p class="check-text">{said(check.sentence)}</p>
      {check.action !== undefined && (
        <p class="check-text">
          <strong>{said(check.action)}</strong>
        </p>
      )}
    </li>
  );
}
