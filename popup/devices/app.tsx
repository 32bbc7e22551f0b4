import { useSignal } from '@preact/signals';
import { openTab } from '../../src/browser/pages.ts';
import { text } from '../../src/core/text.ts';
import { isListUnderWay } from '../../src/flash/several/flash-list.ts';
import type { Row } from '../../src/flash/several/rows.ts';
import { Said, said } from '../../src/ui/said.tsx';
import { DeviceTable } from './device-table.tsx';
import styles from './devices.module.css';
import { FindSection } from './find-section.tsx';
import { ListQuestion } from './list-question.tsx';
import { ListSection } from './list-section.tsx';
import { SourceSection } from './source-section.tsx';
import type { DevicesStore } from './store.ts';
import { SummarySection } from './summary-section.tsx';

/** Many devices: find them, ask them, flash them one after the other. */
export function DevicesPage({ store, inTab }: { readonly store: DevicesStore; readonly inTab: boolean }) {
  const asked = useSignal<readonly Row[] | null>(null);
  const stopAtBad = useSignal(true);
  const refusal = store.refusal.value;
  const { list } = store.state.value;
  return (
    <>
      <header class={styles.head}>
        <h1>
          <Said text={text('devices_title', 'Several devices')} />
        </h1>
        <nav class="row" aria-label={said(text('devices_pages', 'Pages'))}>
          <a href="index.html">
            <Said text={text('devices_back', 'One device')} />
          </a>
          {!inTab && (
            <button type="button" class="link" onClick={openInTab}>
              <Said text={text('devices_tab', 'Open in a tab')} />
            </button>
          )}
        </nav>
      </header>
      <main class={styles.main}>
        <div class="stack">
          <ListSection store={store} />
          <FindSection store={store} />
          <SourceSection source={store.state.value.source} />
        </div>
        <div class="stack">
          {refusal !== null && (
            <p class="note warn" role="alert">
              {said(refusal)}
            </p>
          )}
          <DeviceTable
            store={store}
            stopAtBad={stopAtBad}
            ask={(rows) => {
              asked.value = rows;
            }}
          />
          {list !== null && !isListUnderWay(list) && <SummarySection store={store} />}
        </div>
      </main>
      {asked.value !== null && (
        <ListQuestion
          rows={asked.value}
          answer={(lines) => {
            asked.value = null;
            if (lines !== null)
              store.command({ command: 'flash-all', lines: [...lines], stopAtBad: stopAtBad.value });
          }}
        />
      )}
    </>
  );
}

async function openInTab() {
  await openTab('popup/devices.html');
  window.close();
}
