import { lineOf, renderedLog } from '../src/flash/journal/rendered-log.ts';
import { secretsOf } from '../src/flash/journal/run-record.ts';
import { CopyButton } from '../src/ui/copy-button.tsx';
import { said } from '../src/ui/said.tsx';
import type { Store } from './store.ts';

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** Every request and answer with its time; what is copied names no network, id or password. */
export function LogCard({ store }: { readonly store: Store }) {
  const journal = store.journal.value;
  if (journal.length === 0) return null;
  return (
    <section class="card log-card" aria-label="Log">
      <details>
        <summary>
          <h2 class="inline">Log</h2> <span class="hint">({journal.length})</span>
        </summary>
        <ol class="log mono">
          {journal.map((event, index) => (
            <li key={`${event.at}-${index}`}>
              <time>{clock.format(event.at)}</time> {lineOf(event, said)}
            </li>
          ))}
        </ol>
        <CopyButton
          text={renderedLog(journal, said, secretsOf(store.run.value, store.doubts.value))}
          label="Copy the log"
        />
      </details>
    </section>
  );
}
