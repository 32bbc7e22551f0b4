import { useSignal } from '@preact/signals';
import { text } from '../src/core/text.ts';
import { importSettings, type ReadSettings } from '../src/settings/settings.ts';
import { said } from '../src/ui/said.tsx';
import { moveFocus } from './focus.ts';
import { type News, NewsLine, noNews, notStored } from './news.tsx';
import styles from './options.module.css';
import { ReplacedList } from './replaced-note.tsx';
import type { OptionsStore } from './store.ts';

/** Longest file that is read: a thousand times what settings need. */
const readable = 2 * 1024 * 1024;

const notOurs: News = {
  good: false,
  text: text(
    'options_not_ours',
    'These are not settings that were exported here. Your settings stay as they are. Choose a file made with Export.',
  ),
};

/** Takes settings from a file or from pasted text; shows first what of it can be used. */
export function ImportSection({ store }: { readonly store: OptionsStore }) {
  const pasted = useSignal('');
  const found = useSignal<ReadSettings | null>(null);
  const news = useSignal<News>(noNews);

  const look = (content: string) => {
    found.value = importSettings(content);
    news.value = found.value === null ? notOurs : noNews;
    if (found.value !== null) moveFocus('import-use');
  };
  const lookInto = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      look(file.size > readable ? '' : await file.text());
    } catch {
      news.value = {
        good: false,
        text: text('options_unreadable', '{file} could not be read. Choose it once more.', {
          file: file.name,
        }),
      };
    }
  };
  const use = async ({ settings }: ReadSettings) => {
    const stored = await store.save(settings);
    news.value = stored
      ? { good: true, text: text('options_imported', 'The imported settings are in use now.') }
      : notStored;
    found.value = null;
    pasted.value = '';
    moveFocus('import-title');
  };

  return (
    <section class="card" aria-labelledby="import-title">
      <h2 id="import-title" tabIndex={-1}>
        {said(text('options_import', 'Import'))}
      </h2>
      <div class="field">
        <label for="import-file">{said(text('options_import_file', 'Settings file'))}</label>
        <input
          id="import-file"
          type="file"
          accept=".json,application/json"
          onChange={(event) => {
            const field = event.currentTarget;
            void lookInto(field.files?.[0]).then(() => {
              // So that the same file, mended, can be chosen once more.
              field.value = '';
            });
          }}
        />
      </div>
      <details>
        <summary>{said(text('options_paste', 'Paste the text instead'))}</summary>
        <div class="field">
          <label for="import-text">{said(text('options_import_text', 'Settings as text'))}</label>
          <textarea
            id="import-text"
            rows={4}
            spellcheck={false}
            value={pasted.value}
            onInput={(event) => {
              pasted.value = event.currentTarget.value;
            }}
          />
          <div>
            <button type="button" disabled={pasted.value.trim() === ''} onClick={() => look(pasted.value)}>
              {said(text('options_read_text', 'Read this text'))}
            </button>
          </div>
        </div>
      </details>
      {found.value !== null && <Preview found={found.value} use={use} cancel={() => (found.value = null)} />}
      <NewsLine news={news.value} />
    </section>
  );
}

function Preview({
  found,
  use,
  cancel,
}: {
  readonly found: ReadSettings;
  readonly use: (found: ReadSettings) => void;
  readonly cancel: () => void;
}) {
  const { settings, replaced } = found;
  return (
    <section class="note" aria-label={said(text('options_import_preview', 'What would be imported'))}>
      <p>
        {said(
          text(
            'options_import_replaces',
            {
              one: 'This replaces your mirrors, defaults and time-outs. Mirror:',
              other: 'This replaces your mirrors, defaults and time-outs. Mirrors:',
            },
            { count: settings.mirrors.length },
          ),
        )}
      </p>
      <ul class={styles.dots}>
        {settings.mirrors.map(({ id, name, base }) => (
          <li key={id}>
            {name} (<code>{base}</code>)
          </li>
        ))}
      </ul>
      {replaced.length > 0 && (
        <>
          <p>
            <strong>
              {said(
                text(
                  'options_import_damaged',
                  'Some of it could not be read and would be left out or be as it was at first:',
                ),
              )}
            </strong>
          </p>
          <ReplacedList replaced={replaced} />
        </>
      )}
      <p>{said(text('options_import_unchanged', 'Nothing has been changed yet.'))}</p>
      <div class="row">
        <button type="button" id="import-use" class="primary" onClick={() => use(found)}>
          {said(text('options_import_use', 'Use these settings'))}
        </button>
        <button type="button" onClick={cancel}>
          {said(text('options_cancel', 'Cancel'))}
        </button>
      </div>
    </section>
  );
}
