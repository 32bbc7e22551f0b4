import { useSignal } from '@preact/signals';
import { readSeconds } from '../src/settings/seconds.ts';
import { timeoutBounds } from '../src/settings/settings.ts';
import { Field } from '../src/ui/field.tsx';
import { said } from '../src/ui/said.tsx';
import { type News, NewsLine, noNews, notStored } from './news.tsx';
import type { OptionsStore } from './store.ts';

const fields = [
  {
    name: 'info',
    label: 'Wait for Info (seconds)',
    hint: 'How long a device may take to say what it is. A device on weak Wi-Fi wants more.',
  },
  {
    name: 'ota_unlock',
    label: 'Wait for Unlock (seconds)',
    hint: 'The device asks its maker’s server and may try for two minutes.',
  },
] as const;

/** How long to wait for a device. */
export function BehaviourSection({ store }: { readonly store: OptionsStore }) {
  const { settings } = store.read.value;
  const typed = useSignal<Readonly<Record<string, string>>>({});
  const news = useSignal<News>(noNews);
  const rows = fields.map((field) => {
    const text = typed.value[field.name] ?? String(settings.timeouts[field.name] / 1000);
    return { ...field, text, read: readSeconds(text, timeoutBounds[field.name]) };
  });

  const save = async (event: Event) => {
    event.preventDefault();
    const [info, unlock] = rows;
    if (!info?.read.ok || !unlock?.read.ok) return;
    const timeouts = { info: info.read.value, ota_unlock: unlock.read.value };
    const stored = await store.save({ ...settings, timeouts });
    news.value = stored ? { good: true, text: 'Saved.' } : notStored;
    if (stored) typed.value = {};
  };

  return (
    <section class="card" aria-labelledby="behaviour-title">
      <h2 id="behaviour-title">Behaviour</h2>
      <form class="stack" onSubmit={save} noValidate>
        {rows.map(({ name, label, hint, text, read }) => (
          <Field
            key={name}
            id={`timeout-${name}`}
            label={label}
            value={text}
            onText={(changed) => {
              typed.value = { ...typed.value, [name]: changed };
              news.value = noNews;
            }}
            error={read.ok ? null : `${said(read.failure.sentence)} ${said(read.failure.action)}`}
            hint={`${hint} Usually ${timeoutBounds[name].usual / 1000}.`}
          />
        ))}
        <div>
          <button type="submit" disabled={!rows.every(({ read }) => read.ok)}>
            Save time-outs
          </button>
        </div>
        <NewsLine news={news.value} />
      </form>
    </section>
  );
}
