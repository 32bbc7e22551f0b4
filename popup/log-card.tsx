import { journalText } from '../src/flash/journal/journal.ts';
import { CopyButton } from '../src/ui/copy-button.tsx';
import type { Store } from './store.ts';

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** Every request and answer with its time; what is copied names no network, id or password. */
export function LogCard({ store }: { readonly store: Store }) {
  const { journal } = store.run.value;
  if (journal.length === 0) return null;
  return (
    <section class="card log-card" aria-label="Log">
      <details>
        <summary>
          <h2 class="inline">Log</h2> <span class="hint">({journal.length})</span>
        </summary>
        <ol class="log mono">
          {journal.map(({ at, text }, index) => (
            <li key={`${at}-${index}`}>
              <time>{clock.format(at)}</time> {text}
            </li>
          ))}
        </ol>
        <CopyButton text={journalText(journal)} label="Copy the log" />
      </details>
    </section>
  );
}
