import { useSignal } from '@preact/signals';
import { readState } from '../src/browser/session.ts';
import { text } from '../src/core/text.ts';
import { keptSentence } from '../src/flash/run/doubts.ts';
import { said } from '../src/ui/said.tsx';
import tableStyles from '../src/ui/table.module.css';
import { AskFirst } from './ask-first.tsx';
import { moveFocus } from './focus.ts';
import { type News, NewsLine, noNews } from './news.tsx';
import styles from './options.module.css';
import type { OptionsStore } from './store.ts';
import { storedThings } from './stored-things.ts';

const columns = {
  what: text('options_stored_what', 'What'),
  where: text('options_stored_where', 'Where'),
  why: text('options_stored_why', 'Why'),
  until: text('options_stored_until', 'How long'),
};

/** What is stored, and the way to be rid of it. */
export function StorageSection({ store }: { readonly store: OptionsStore }) {
  const news = useSignal<News>(noNews);
  const erase = async () => {
    const refusal = await store.command({ command: 'erase-everything' });
    const kept = refusal === null ? (await readState()).state.doubts.map(keptSentence) : [];
    news.value =
      refusal === null
        ? {
            good: true,
            text: text('options_erased', 'Everything is erased. The options are as they were at first.'),
            also: kept,
          }
        : { good: false, text: refusal };
    moveFocus('storage-title');
  };
  return (
    <section class={`card ${styles.wide}`} aria-labelledby="storage-title">
      <h2 id="storage-title" tabIndex={-1}>
        {said(text('options_storage', 'What this extension stores'))}
      </h2>
      <p class="hint">
        {said(
          text(
            'options_storage_hint',
            'All of it stays in this browser and is sent nowhere. No passwords and no firmware files are kept.',
          ),
        )}
      </p>
      <table class={tableStyles.table}>
        <thead>
          <tr>
            <th scope="col">{said(columns.what)}</th>
            <th scope="col">{said(columns.where)}</th>
            <th scope="col">{said(columns.why)}</th>
            <th scope="col">{said(columns.until)}</th>
          </tr>
        </thead>
        <tbody>
          {storedThings.map(({ what, where, why, until }) => (
            <tr key={what.id}>
              <th scope="row">{said(what)}</th>
              <td data-column={said(columns.where)}>{said(where)}</td>
              <td data-column={said(columns.why)}>{said(why)}</td>
              <td data-column={said(columns.until)}>{said(until)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">
        {said(
          text(
            'options_permissions',
            'Which addresses the extension may reach is kept by the browser itself. You can take that back on the browser’s own page about this extension.',
          ),
        )}
      </p>
      <AskFirst
        id="erase"
        ask={said(text('options_erase_ask', 'Erase everything…'))}
        plan={said(text('options_erase', 'Erase everything'))}
        onYes={erase}
      >
        <strong>{said(text('options_erase_question', 'Erase everything?'))}</strong>{' '}
        {said(
          text(
            'options_erase_means',
            'Your mirrors, defaults and remembered devices will be gone. No device is changed by this. What a device in doubt needs is kept, and named afterwards.',
          ),
        )}
      </AskFirst>
      <NewsLine news={news.value} />
    </section>
  );
}
