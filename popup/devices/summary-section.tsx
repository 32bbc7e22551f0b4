import { text } from '../../src/core/text.ts';
import { jsonSummary, markdownSummary } from '../../src/flash/several/summary.ts';
import { CopyButton } from '../../src/ui/copy-button.tsx';
import { download } from '../../src/ui/download.ts';
import { Said, said } from '../../src/ui/said.tsx';
import type { DevicesStore } from './store.ts';

/** Which device became what, to be taken along. The table above shows the same. */
export function SummarySection({ store }: { readonly store: DevicesStore }) {
  const rows = store.rows.value.filter(({ line }) => line !== null);
  return (
    <section class="card" aria-labelledby="summary-title">
      <h2 id="summary-title">
        <Said text={text('devices_summary', 'Summary')} />
      </h2>
      <div class="row">
        <CopyButton
          text={markdownSummary(rows, said)}
          label={said(text('devices_summary_markdown', 'Copy as Markdown'))}
        />
        <button
          type="button"
          onClick={() => download(jsonSummary(rows, said), 'sonoff-diy-flasher-devices.json')}
        >
          <Said text={text('devices_summary_json', 'Save as JSON')} />
        </button>
        <button type="button" onClick={() => store.command({ command: 'clear-list' })}>
          <Said text={text('devices_summary_clear', 'Forget these results')} />
        </button>
      </div>
    </section>
  );
}
