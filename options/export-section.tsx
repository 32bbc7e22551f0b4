import { useSignal } from '@preact/signals';
import { exportSettings } from '../src/settings/settings.ts';
import { CopyButton } from '../src/ui/copy-button.tsx';
import { download } from '../src/ui/download.ts';
import { type News, NewsLine, noNews } from './news.tsx';
import type { OptionsStore } from './store.ts';

const fileName = 'sonoff-diy-flasher-settings.json';

/** The settings as a file to keep, or to take to another browser. */
export function ExportSection({ store }: { readonly store: OptionsStore }) {
  const news = useSignal<News>(noNews);
  const text = exportSettings(store.read.value.settings);
  return (
    <section class="card" aria-labelledby="export-title">
      <h2 id="export-title">Export</h2>
      <p class="hint">Mirrors, defaults and time-outs. No devices and no permissions.</p>
      <div class="row">
        <button
          type="button"
          onClick={() => {
            download(text, fileName);
            news.value = { good: true, text: `Saved as ${fileName} with your downloads.` };
          }}
        >
          Export to a file
        </button>
        <CopyButton text={text} label="Copy as text" />
      </div>
      <NewsLine news={news.value} />
    </section>
  );
}
