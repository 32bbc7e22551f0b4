import type { Answer } from '../src/core/check.ts';
import type { Failure } from '../src/core/result.ts';
import { type Text, text } from '../src/core/text.ts';
import type { MirrorTest } from '../src/flash/tasks/mirror-service.ts';
import { CheckList } from '../src/ui/check-list.tsx';
import { FailureNote } from '../src/ui/failure-note.tsx';
import { MirrorAnswers } from '../src/ui/mirror-answers.tsx';
import { ProgressBar } from '../src/ui/progress-bar.tsx';
import { said } from '../src/ui/said.tsx';

const verdicts: Record<Answer, { readonly tone: string; readonly says: Text }> = {
  pass: { tone: 'good', says: text('options_verdict_pass', 'A device can download from this mirror.') },
  unknown: {
    tone: 'warn',
    says: text(
      'options_verdict_unknown',
      'Nothing speaks against this mirror, but not everything could be tested from a browser.',
    ),
  },
  warn: {
    tone: 'warn',
    says: text('options_verdict_warn', 'A device may have trouble with this mirror. Read the warning.'),
  },
  fail: {
    tone: 'bad',
    says: text('options_verdict_fail', 'A device cannot download from this mirror. Read what failed.'),
  },
};

/** How a test goes, and what came of it: the file, then the mirror. */
export function MirrorTestResult({
  name,
  file,
  test,
}: {
  readonly name: string;
  readonly file: string;
  readonly test: MirrorTest | null;
}) {
  const { image, mirror } = test ?? { image: null, mirror: null };
  const verdict = mirror?.state === 'done' ? verdicts[mirror.value.answer] : null;
  return (
    <div class="stack">
      {image?.state === 'working' && (
        <ProgressBar
          label={said(text('options_fetching', 'Fetching {file}', { file }))}
          progress={image.progress}
        />
      )}
      <div role="status" class={verdict === null ? 'hint' : `note ${verdict.tone}`}>
        {mirror?.state === 'working' && (
          <p>{said(text('options_asking', 'Asking the mirror as a device would…'))}</p>
        )}
        {verdict !== null && (
          <p>
            <strong>{said(verdict.says)}</strong>
          </p>
        )}
      </div>
      {image?.state === 'failed' && <FailureNote failure={onThisPage(image.failure)} />}
      {mirror?.state === 'failed' && <FailureNote failure={mirror.failure} />}
      {mirror?.state === 'done' && (
        <MirrorAnswers
          report={mirror.value}
          label={said(text('options_checks_on', 'Checks on {name}', { name }))}
        />
      )}
      {image?.state === 'done' && (
        <details>
          <summary>
            {said(
              text('options_the_file', 'The file: {title}, {size}', {
                title: image.value.report.title,
                size: { bytes: image.value.report.size },
              }),
            )}
          </summary>
          <CheckList
            checks={image.value.report.checks}
            label={said(text('options_checks_on', 'Checks on {name}', { name: file }))}
          />
        </details>
      )}
    </div>
  );
}

/** Elsewhere the way to a permission leads here; here it leads to the question that the browser is asking. */
function onThisPage(failure: Failure): Failure {
  if (failure.kind !== 'no-permission') return failure;
  const action = text(
    'options_allow_test',
    'Allow it in the question your browser asks; the test then goes on by itself. No question? Press Test again.',
  );
  return { ...failure, action };
}
