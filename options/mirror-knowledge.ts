import type { MirrorTests } from '../src/flash/tasks/mirror-service.ts';
import type { MirrorReport } from '../src/mirror/probe/probe.ts';
import type { Mirror } from '../src/mirror/url/catalogue.ts';

/** What is known about a mirror, in words, and from where. */
export interface MirrorKnowledge {
  readonly parts: string;
  readonly name: string;
  readonly source: string;
}

const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const unknown = 'Not known. Press Test.';

/** What a test of this session found, and where it found nothing what was known before. */
export function knowledgeOf(mirror: Mirror, tests: MirrorTests): MirrorKnowledge {
  const report = lastReport(mirror, tests);
  const parts = found(report, 'mirror-range');
  const name = found(report, 'mirror-host');
  const tested = parts !== null || name !== null;
  return {
    parts: parts ?? (mirror.range === 'known' ? 'Yes' : unknown),
    name: name ?? (mirror.host === 'known-tolerant' ? 'Yes' : unknown),
    source: tested && report !== null ? `your test at ${time.format(report.at)}` : mirror.source,
  };
}

function lastReport({ base }: Mirror, tests: MirrorTests): MirrorReport | null {
  const reports = Object.entries(tests).flatMap(([url, { mirror }]) =>
    url.startsWith(base) && mirror.state === 'done' ? [mirror.value] : [],
  );
  return reports.toSorted((a, b) => a.at - b.at).at(-1) ?? null;
}

function found(report: MirrorReport | null, id: string): string | null {
  const answer = report?.checks.find((check) => check.id === id)?.answer;
  if (answer === 'pass') return 'Yes';
  return answer === 'fail' ? 'No' : null;
}
