import { useSignal } from '@preact/signals';
import { readState } from '../src/browser/session.ts';
import { keptSentence } from '../src/flash/run/doubts.ts';
import { said } from '../src/ui/said.tsx';
import { AskFirst } from './ask-first.tsx';
import { moveFocus } from './focus.ts';
import { type News, NewsLine, noNews } from './news.tsx';
import type { OptionsStore } from './store.ts';
import { storedThings } from './stored-things.ts';

/** What is stored, and the way to be rid of it. */
export function StorageSection({ store }: { readonly store: OptionsStore }) {
  const news = useSignal<News>(noNews);
  const erase = async () => {
    const refusal = await store.command({ command: 'erase-everything' });
    const kept =
      refusal === null ? (await readState()).state.doubts.map((doubt) => said(keptSentence(doubt))) : [];
    news.value =
      refusal === null
        ? {
            good: true,
            text: ['Everything is erased. The options are as they were at first.', ...kept].join(' '),
          }
        : { good: false, text: said(refusal) };
    moveFocus('storage-title');
  };
  return (
    <section class="card wide" aria-labelledby="storage-title">
      <h2 id="storage-title" tabIndex={-1}>
        What this extension stores
      </h2>
      <p class="hint">
        All of it stays in this browser and is sent nowhere. No passwords and no firmware files are kept.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Where</th>
            <th scope="col">Why</th>
            <th scope="col">How long</th>
          </tr>
        </thead>
        <tbody>
          {storedThings.map(({ what, where, why, until }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td data-column="Where">{where}</td>
              <td data-column="Why">{why}</td>
              <td data-column="How long">{until}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">
        Which addresses the extension may reach is kept by the browser itself. You can take that back on the
        browser’s own page about this extension.
      </p>
      <AskFirst id="erase" ask="Erase everything…" plan="Erase everything" onYes={erase}>
        <strong>Erase everything?</strong> Your mirrors, defaults and remembered devices will be gone. No
        device is changed by this. What a device in doubt needs is kept, and named afterwards.
      </AskFirst>
      <NewsLine news={news.value} />
    </section>
  );
}
