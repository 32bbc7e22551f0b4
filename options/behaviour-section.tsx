import { useSignal } from '@preact/signals';
import { text } from '../src/core/text.ts';
import { readSeconds } from '../src/settings/seconds.ts';
import { timeoutBounds } from '../src/settings/settings.ts';
import { failureWords } from '../src/ui/failure-words.ts';
import { Field } from '../src/ui/field.tsx';
import { said } from '../src/ui/said.tsx';
import { type News, NewsLine, noNews, notStored } from './news.tsx';
import type { OptionsStore } from './store.ts';

const fields = [
  {
    name: 'info',
    label: text('options_wait_info', 'Wait for Info (seconds)'),
    hint: (usual: number) =>
      text(
        'options_wait_info_hint',
        'How long a device may take to say what it is. A device on weak Wi-Fi wants more. Usually {usual}.',
        { usual },
      ),
  },
  {
    name: 'ota_unlock',
    label: text('options_wait_unlock', 'Wait for Unlock (seconds)'),
    hint: (usual: number) =>
      text(
        'options_wait_unlock_hint',
        'The device asks its maker’s server and may try for two minutes. Usually {usual}.',
        { usual },
      ),
  },
] as const;

/** How long to wait for a device. */
export function BehaviourSection({ store }: { readonly store: OptionsStore }) {
  const { settings } = store.read.value;
  const typed = useSignal<Readonly<Record<string, string>>>({});
  const news = useSignal<News>(noNews);
  const rows = fields.map((field) => {
    const shown = typed.value[field.name] ?? String(settings.timeouts[field.name] / 1000);
    return { ...field, shown, read: readSeconds(shown, timeoutBounds[field.name]) };
  });

  const save = async (event: Event) => {
    event.preventDefault();
    const [info, unlock] = rows;
    if (!info?.read.ok || !unlock?.read.ok) return;
    const timeouts = { info: info.read.value, ota_unlock: unlock.read.value };
    const stored = await store.save({ ...settings, timeouts });
    news.value = stored ? { good: true, text: text('options_saved', 'Saved.') } : notStored;
    if (stored) typed.value = {};
  };

  return (
    <section class="card" aria-labelledby="behaviour-title">
      <h2 id="behaviour-title">{said(text('options_behaviour', 'Behaviour'))}</h2>
      <form class="stack" onSubmit={save} noValidate>
        {rows.map(({ name, label, hint, shown, read }) => (
          <Field
            key={name}
            id={`timeout-${name}`}
            label={said(label)}
            value={shown}
            onText={(changed) => {
              typed.value = { ...typed.value, [name]: changed };
              news.value = noNews;
            }}
            error={read.ok ? null : failureWords(read.failure)}
            hint={said(hint(timeoutBounds[name].usual / 1000))}
          />
        ))}
        <div>
          <button type="submit" disabled={!rows.every(({ read }) => read.ok)}>
            {said(text('options_save_timeouts', 'Save time-outs'))}
          </button>
        </div>
        <NewsLine news={news.value} />
      </form>
    </section>
  );
}
