import { pageUrl } from '../browser/pages.ts';
import { text } from '../core/text.ts';
import type { MirrorReport } from '../mirror/probe/probe.ts';
import { CheckList } from './check-list.tsx';
import { said } from './said.tsx';

/**
 * What a mirror answered. After a check that failed, those that could not be made any more are folded away,
 * and the way to a server that works is shown.
 */
export function MirrorAnswers({
  report,
  label,
  withWay = true,
}: {
  readonly report: MirrorReport;
  readonly label: string;
  /** Whether the way to a better server stands here, and not elsewhere. */
  readonly withWay?: boolean;
}) {
  if (report.answer !== 'fail') return <CheckList checks={report.checks} label={label} />;
  const made = report.checks.filter(({ answer }) => answer !== 'unknown');
  const others = report.checks.filter(({ answer }) => answer === 'unknown');
  return (
    <>
      <CheckList checks={made} label={label} />
      {withWay && <WayToGoodMirror />}
      {others.length > 0 && (
        <details>
          <summary>
            {said(text('ui_not_tested', 'Not tested after that: {number}', { number: others.length }))}
          </summary>
          <CheckList
            checks={others}
            label={said(text('ui_list_not_tested', '{label}: not tested', { label }))}
          />
        </details>
      )}
    </>
  );
}

/** The way to a server that satisfies a device. */
export function WayToGoodMirror() {
  return (
    <p>
      <a href={pageUrl('options/index.html#recipes')} target="_blank" rel="noreferrer">
        {said(text('ui_good_mirror', 'How to set up a server that works'))}
      </a>
    </p>
  );
}
