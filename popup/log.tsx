import { signal } from '@preact/signals';
import { text } from '../src/core/text.ts';
import { lineOf, renderedLog } from '../src/flash/journal/rendered-log.ts';
import { secretsOf } from '../src/flash/journal/run-record.ts';
import { CopyButton } from '../src/ui/copy-button.tsx';
import { said } from '../src/ui/said.tsx';
import styles from './lists.module.css';
import type { Store } from './store.ts';

/** Whoever reads on reads on in the next step. */
const isOpen = signal(false);
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** Every request and answer with its time; what is copied names no network, id or password. */
export function Log({ store }: { readonly store: Store }) {
  const journal = store.journal.value;
  if (journal.length === 0) return null;
  return (
    <details
      class={styles.log}
      open={isOpen.value}
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>
        {said(text('popup_log', 'Log'))} <span class="hint">({journal.length})</span>
      </summary>
      <ol class={`${styles.entries} mono`}>
        {journal.map((event, index) => (
          <li key={`${event.at}-${index}`}>
            <time>{clock.format(event.at)}</time> {lineOf(event, said)}
          </li>
        ))}
      </ol>
      <CopyButton
        text={renderedLog(journal, said, secretsOf(store.run.value, store.doubts.value))}
        label={said(text('popup_copy_log', 'Copy the log'))}
      />
    </details>
  );
}
