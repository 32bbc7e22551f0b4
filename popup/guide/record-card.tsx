import { text } from '../../src/core/text.ts';
import { jsonReport } from '../../src/flash/journal/json-report.ts';
import { factsOf, markdownReport } from '../../src/flash/journal/markdown-report.ts';
import type { RunRecord } from '../../src/flash/journal/run-record.ts';
import { CopyButton } from '../../src/ui/copy-button.tsx';
import { download } from '../../src/ui/download.ts';
import { Facts } from '../../src/ui/facts.tsx';
import { Said, said } from '../../src/ui/said.tsx';
import { EventList } from './event-list.tsx';

/** One run with what can be done with its record. */
export function RecordCard({ record }: { readonly record: RunRecord }) {
  const { began, ended, events } = record;
  return (
    <article class="card" aria-labelledby="run-title">
      <h3 id="run-title">
        <Said text={text('guide_run_title', 'Run that ended {time}', { time: { time: ended } })} />
      </h3>
      <div class="row">
        <CopyButton
          text={markdownReport(record, said)}
          label={said(text('guide_run_markdown', 'Copy as Markdown'))}
        />
        <button
          type="button"
          onClick={() => download(jsonReport(record, said), `sonoff-diy-flasher-run-${began}.json`)}
        >
          <Said text={text('guide_run_json', 'Save as JSON')} />
        </button>
      </div>
      <Facts
        label={said(text('guide_run_facts', 'The run'))}
        facts={factsOf(record, said).map(([name, value]) => [said(name), value])}
      />
      <EventList events={events} />
    </article>
  );
}
