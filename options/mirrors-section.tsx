import { useSignal } from '@preact/signals';
import { type Text, text } from '../src/core/text.ts';
import { builtInMirrors, type Mirror } from '../src/mirror/url/catalogue.ts';
import {
  addMirror,
  editMirror,
  maxMirrors,
  moveMirror,
  type NamedBase,
  removeMirror,
} from '../src/settings/mirror-list.ts';
import { withMirrors } from '../src/settings/settings.ts';
import { said } from '../src/ui/said.tsx';
import { AskFirst } from './ask-first.tsx';
import { moveFocus } from './focus.ts';
import { MirrorForm } from './mirror-form.tsx';
import { MirrorRow } from './mirror-row.tsx';
import { type News, NewsLine, noNews, notStored } from './news.tsx';
import styles from './options.module.css';
import type { OptionsStore } from './store.ts';

/** The mirrors in the order in which they are offered; each can be changed and tested. */
export function MirrorsSection({ store }: { readonly store: OptionsStore }) {
  const { settings } = store.read.value;
  const { mirrors } = settings;
  const news = useSignal<News>(noNews);
  const edited = useSignal<string | null>(null);

  /** True when it was stored; who is told false says so where it was asked for. */
  const keep = async (changed: readonly Mirror[], what: Text, focus: string) => {
    if (!(await store.save(withMirrors(settings, changed)))) return false;
    news.value = { good: true, text: what };
    moveFocus(focus);
    return true;
  };
  const change = async (changed: readonly Mirror[], what: Text, focus: string) => {
    if (!(await keep(changed, what, focus))) news.value = notStored;
  };
  const move = (mirror: Mirror, by: 'up' | 'down') => {
    const changed = moveMirror(mirrors, mirror.id, by);
    const place = changed.indexOf(mirror);
    const atEnd = by === 'up' ? place === 0 : place === changed.length - 1;
    const other = by === 'up' ? 'down' : 'up';
    const what = text('options_moved', '{name} is number {place} of {all} now.', {
      name: mirror.name,
      place: place + 1,
      all: changed.length,
    });
    void change(changed, what, `move-${atEnd ? other : by}-${mirror.id}`);
  };
  const add = ({ name, base }: NamedBase) => {
    const what = text(
      'options_added',
      '{name} is added. Press Test to see whether a device can download from it.',
      { name },
    );
    return keep(addMirror(mirrors, crypto.randomUUID(), { name, base }), what, 'mirrors-title');
  };

  return (
    <section class="card" aria-labelledby="mirrors-title">
      <h2 id="mirrors-title" tabIndex={-1}>
        {said(text('options_mirrors', 'Mirrors'))}
      </h2>
      <p class="hint">
        {said(
          text(
            'options_mirrors_hint',
            'A mirror is a web server that the device downloads its firmware from. A test asks it what a device would ask; it changes nothing anywhere.',
          ),
        )}
      </p>
      <NewsLine news={news.value} />
      <ol class={styles.mirrors} aria-label={said(text('options_mirrors', 'Mirrors'))}>
        {mirrors.map((mirror, index) => (
          <li key={mirror.id}>
            {edited.value === mirror.id ? (
              <MirrorForm
                mirrors={mirrors}
                edited={mirror}
                cancel={() => {
                  edited.value = null;
                  moveFocus(`edit-${mirror.id}`);
                }}
                done={async (named) => {
                  const saved = editMirror(mirrors, mirror.id, named);
                  const stored = await keep(
                    saved,
                    text('options_mirror_saved', '{name} is saved.', { name: named.name }),
                    `edit-${mirror.id}`,
                  );
                  if (stored) edited.value = null;
                  return stored;
                }}
              />
            ) : (
              <MirrorRow
                store={store}
                mirror={mirror}
                first={index === 0}
                last={index === mirrors.length - 1}
                edit={() => {
                  edited.value = mirror.id;
                  moveFocus(`mirror-address-${mirror.id}`);
                }}
                move={(by) => move(mirror, by)}
                remove={() =>
                  change(
                    removeMirror(mirrors, mirror.id),
                    text('options_removed', '{name} is removed.', { name: mirror.name }),
                    'mirrors-title',
                  )
                }
              />
            )}
          </li>
        ))}
      </ol>
      {mirrors.length < maxMirrors ? (
        <MirrorForm mirrors={mirrors} edited={null} cancel={null} done={add} />
      ) : (
        <p class="hint">
          {said(
            text('options_mirrors_full', 'There is room for {most} mirrors. Remove one to add another.', {
              most: maxMirrors,
            }),
          )}
        </p>
      )}
      <AskFirst
        id="reset"
        ask={said(text('options_reset_ask', 'Reset to the built-in list…'))}
        plan={said(text('options_reset', 'Reset the list'))}
        onYes={() =>
          void change(
            builtInMirrors,
            text('options_list_reset', 'The list is as it was at first.'),
            'mirrors-title',
          )
        }
      >
        <strong>{said(text('options_reset_question', 'Go back to the built-in list?'))}</strong>{' '}
        {said(text('options_reset_means', 'Mirrors that you added will be gone.'))}
      </AskFirst>
    </section>
  );
}
