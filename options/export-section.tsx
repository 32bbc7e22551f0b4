import { useSignal } from '@preact/signals';
import { text } from '../src/core/text.ts';
import { exportSettings } from '../src/settings/settings.ts';
import { CopyButton } from '../src/ui/copy-button.tsx';
import { download } from '../src/ui/download.ts';
import { said } from '../src/ui/said.tsx';
import { type News, NewsLine, noNews } from './news.tsx';
import type { OptionsStore } from './store.ts';

const fileName = 'sonoff-diy-flasher-settings.json';

/** The settings as a file to keep, or to take to another browser. */
export function ExportSection({ store }: { readonly store: OptionsStore }) {
  const news = useSignal<News>(noNews);
  const exported = exportSettings(store.read.value.settings);
  return (
    <section class="card" aria-labelledby="export-title">
      <h2 id="export-title">{said(text('options_export', 'Export'))}</h2>
      <p class="hint">
        {said(text('options_export_hint', 'Mirrors, defaults and time-outs. No devices and no permissions.'))}
      </p>
      <div class="row">
        <button
          type="button"
          onClick={() => {
            download(exported, fileName);
            news.value = {
              good: true,
              text: text('options_exported', 'Saved as {file} with your downloads.', { file: fileName }),
            };
          }}
        >
          {said(text('options_export_file', 'Export to a file'))}
        </button>
        <CopyButton text={exported} label={said(text('options_copy_text', 'Copy as text'))} />
      </div>
      <NewsLine news={news.value} />
    </section>
  );
}
