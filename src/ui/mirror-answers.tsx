import { pageUrl } from '../browser/pages.ts';
import type { MirrorReport } from '../mirror/probe/probe.ts';
import { CheckList } from './check-list.tsx';

/**
 * What a mirror answered. After a check that failed, those that could not be made any more are folded away,
 * and the way to a server that works is shown.
 */
export function MirrorAnswers({ report, label }: { readonly report: MirrorReport; readonly label: string }) {
  if (report.answer !== 'fail') return <CheckList checks={report.checks} label={label} />;
  const made = report.checks.filter(({ answer }) => answer !== 'unknown');
  const others = report.checks.filter(({ answer }) => answer === 'unknown');
  return (
    <>
      <CheckList checks={made} label={label} />
      <p>
        <a href={pageUrl('options/index.html#recipes')} target="_blank" rel="noreferrer">
          How to set up a server that works
        </a>
      </p>
      {others.length > 0 && (
        <details>
          <summary>Not tested after that: {others.length}</summary>
          <CheckList checks={others} label={`${label}: not tested`} />
        </details>
      )}
    </>
  );
}
