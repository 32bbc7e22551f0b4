import { type Text, text, type Wording } from '../src/core/text.ts';
import type { MirrorTests } from '../src/flash/tasks/mirror-service.ts';
import type { MirrorReport } from '../src/mirror/probe/probe.ts';
import type { Mirror } from '../src/mirror/url/catalogue.ts';

/** What is known about a mirror, in words, and from where. */
export interface MirrorKnowledge {
  readonly parts: Text;
  readonly name: Text;
  readonly source: Wording;
}

const unknown = text('options_not_known', 'Not known. Press Test.');
const yes = text('options_yes', 'Yes');
const no = text('options_no', 'No');

/** What a test of this session found, and where it found nothing what was known before. */
export function knowledgeOf(mirror: Mirror, tests: MirrorTests): MirrorKnowledge {
  const report = lastReport(mirror, tests);
  const parts = found(report, 'mirror-range');
  const name = found(report, 'mirror-host');
  const tested = parts !== null || name !== null;
  return {
    parts: parts ?? (mirror.range === 'known' ? yes : unknown),
    name: name ?? (mirror.host === 'known-tolerant' ? yes : unknown),
    source:
      tested && report !== null
        ? text('options_your_test', 'your test of {time}', { time: { time: report.at } })
        : mirror.source,
  };
}

function lastReport({ base }: Mirror, tests: MirrorTests): MirrorReport | null {
  const reports = Object.entries(tests).flatMap(([url, { mirror }]) =>
    url.startsWith(base) && mirror.state === 'done' ? [mirror.value] : [],
  );
  return reports.toSorted((a, b) => a.at - b.at).at(-1) ?? null;
}

function found(report: MirrorReport | null, id: string): Text | null {
  const answer = report?.checks.find((check) => check.id === id)?.answer;
  if (answer === 'pass') return yes;
  return answer === 'fail' ? no : null;
}
