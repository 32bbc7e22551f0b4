import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { pageUrl } from '../src/browser/pages.ts';
import { runsItem } from '../src/browser/run-history.ts';
import { text } from '../src/core/text.ts';
import { keptRuns, type ReadRuns } from '../src/flash/journal/run-list.ts';
import { Said, said } from '../src/ui/said.tsx';
import { moveFocus } from './focus.ts';
import { type News, NewsLine, noNews, notStored } from './news.tsx';
import type { OptionsStore } from './store.ts';

/** Whether runs are kept, how many there are, and the way to be rid of them. */
export function RecordSection({ store }: { readonly store: OptionsStore }) {
  const { settings } = store.read.value;
  const read = useSignal<ReadRuns>({ runs: [], damaged: 0 });
  const news = useSignal<News>(noNews);
  useEffect(() => {
    const show = (now: ReadRuns) => {
      read.value = now;
    };
    runsItem.onChange(show);
    void runsItem.get().then(show);
  }, [read]);
  const { runs, damaged } = read.value;
  const count = runs.length + damaged;

  const switchTo = async (keepRuns: boolean) => {
    if (!(await store.save({ ...settings, keepRuns }))) {
      news.value = notStored;
      return;
    }
    if (!keepRuns) await runsItem.remove();
    news.value = {
      good: true,
      text: said(
        keepRuns
          ? text('options_record_on', 'From now on runs are kept.')
          : text('options_record_off', 'No runs are kept any more, and those that were are erased.'),
      ),
    };
  };
  const erase = async () => {
    await runsItem.remove();
    news.value = { good: true, text: said(text('options_record_erased', 'The record is erased.')) };
    moveFocus('record-title');
  };

  return (
    <section class="card" aria-labelledby="record-title">
      <h2 id="record-title" tabIndex={-1}>
        <Said text={text('options_record', 'Record')} />
      </h2>
      <label class="row">
        <input
          type="checkbox"
          checked={settings.keepRuns}
          onChange={({ currentTarget }) => void switchTo(currentTarget.checked)}
        />
        <span>
          <Said text={text('options_record_keep', 'Keep the last {most} runs', { most: keptRuns })} />
        </span>
      </label>
      <p class="hint">
        <Said
          text={text(
            'options_record_what',
            'With requests and answers, but without names of networks, Device IDs and hardware addresses.',
          )}
        />{' '}
        <a href={`${pageUrl('popup/guide.html')}#record`}>
          <Said text={text('options_record_read', 'Read the record')} />
        </a>
      </p>
      {count > 0 && (
        <div>
          <button type="button" onClick={erase}>
            <Said text={text('options_record_erase', 'Erase the record ({kept})', { kept: count })} />
          </button>
        </div>
      )}
      <NewsLine news={news.value} />
    </section>
  );
}
