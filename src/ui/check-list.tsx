import { type Answer, type Check, gravestFirst } from '../check.ts';

const signs: Record<Answer, { readonly sign: string; readonly word: string }> = {
  pass: { sign: '✓', word: 'Passed' },
  warn: { sign: '!', word: 'Warning' },
  fail: { sign: '✕', word: 'Failed' },
  unknown: { sign: '?', word: 'Unknown' },
};

/** Checks as a list, the gravest first and open; what passed is there to be opened. */
export function CheckList({ checks, label }: { readonly checks: readonly Check[]; readonly label: string }) {
  return (
    <ul class="checks" aria-label={label}>
      {gravestFirst(checks).map((check) => (
        <li key={check.id} class={`check ${check.answer}`}>
          <details open={check.answer !== 'pass'}>
            <summary>
              <span class="check-sign" aria-hidden="true">
                {signs[check.answer].sign}
              </span>
              <span class="visually-hidden">{signs[check.answer].word}: </span>
              <span class="check-title">{check.title}</span>
            </summary>
            <p>{check.sentence}</p>
            {check.action !== undefined && (
              <p>
                <strong>{check.action}</strong>
              </p>
            )}
          </details>
        </li>
      ))}
    </ul>
  );
}
