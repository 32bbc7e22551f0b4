import { useSignal } from '@preact/signals';
import { text } from '../src/core/text.ts';
import { resolveFirmware } from '../src/mirror/url/url-rules.ts';
import { failureWords } from '../src/ui/failure-words.ts';
import { Field } from '../src/ui/field.tsx';
import { said } from '../src/ui/said.tsx';
import { type News, NewsLine, noNews, notStored } from './news.tsx';
import type { OptionsStore } from './store.ts';

/** What stands in the popup before anything is chosen there. */
export function DefaultsSection({ store }: { readonly store: OptionsStore }) {
  const { settings } = store.read.value;
  const typed = useSignal<string | null>(null);
  const picked = useSignal<string | null>(null);
  const news = useSignal<News>(noNews);
  const firmware = typed.value ?? settings.defaultFirmware;
  const mirror = settings.mirrors.find(({ id }) => id === (picked.value ?? settings.defaultMirror));
  const url = resolveFirmware(firmware, mirror?.base ?? '');

  const save = async (event: Event) => {
    event.preventDefault();
    if (!url.ok || mirror === undefined) return;
    const stored = await store.save({
      ...settings,
      defaultMirror: mirror.id,
      defaultFirmware: firmware.trim(),
    });
    news.value = stored ? { good: true, text: text('options_saved', 'Saved.') } : notStored;
    if (!stored) return;
    typed.value = null;
    picked.value = null;
  };

  return (
    <section class="card" aria-labelledby="defaults-title">
      <h2 id="defaults-title">{said(text('options_defaults', 'Defaults'))}</h2>
      <form class="stack" onSubmit={save} noValidate>
        <div class="field">
          <label for="default-mirror">{said(text('options_default_mirror', 'Default mirror'))}</label>
          <select
            id="default-mirror"
            value={mirror?.id ?? ''}
            onChange={(event) => {
              picked.value = event.currentTarget.value;
              news.value = noNews;
            }}
          >
            {settings.mirrors.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <Field
          id="default-firmware"
          label={said(text('options_default_firmware', 'Default firmware'))}
          value={firmware}
          onText={(changed) => {
            typed.value = changed;
            news.value = noNews;
          }}
          error={url.ok ? null : failureWords(url.failure)}
          hint={url.ok ? url.value.href : null}
        />
        <div>
          <button type="submit" disabled={!url.ok}>
            {said(text('options_save_defaults', 'Save defaults'))}
          </button>
        </div>
        <NewsLine news={news.value} />
      </form>
    </section>
  );
}
