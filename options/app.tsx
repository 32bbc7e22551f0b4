import { pageUrl } from '../src/browser/pages.ts';
import { text } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';
import { BehaviourSection } from './behaviour-section.tsx';
import { DefaultsSection } from './defaults-section.tsx';
import { DevicesSection } from './devices-section.tsx';
import { ExportSection } from './export-section.tsx';
import { ImportSection } from './import-section.tsx';
import { MirrorsSection } from './mirrors-section.tsx';
import styles from './options.module.css';
import { RecipesSection } from './recipes-section.tsx';
import { RecordSection } from './record-section.tsx';
import { ReplacedNote } from './replaced-note.tsx';
import { StorageSection } from './storage-section.tsx';
import type { OptionsStore } from './store.ts';

/** The options: one column when narrow, the mirrors and how to set one up beside everything else when wide. */
export function App({ store }: { readonly store: OptionsStore }) {
  return (
    <>
      <header class="page-head">
        <h1>{said(text('options_title', 'Sonoff DIY Flasher: options'))}</h1>
        <nav aria-label={said(text('options_pages', 'Pages'))}>
          <a href={pageUrl('popup/index.html')}>{said(text('options_back', 'Back to flashing'))}</a>
        </nav>
      </header>
      <main class={styles.sections}>
        <ReplacedNote store={store} />
        <MirrorsSection store={store} />
        <div class={`stack ${styles.settings}`}>
          <DefaultsSection store={store} />
          <DevicesSection store={store} />
          <BehaviourSection store={store} />
          <RecordSection store={store} />
          <ExportSection store={store} />
          <ImportSection store={store} />
        </div>
        <RecipesSection />
        <StorageSection store={store} />
      </main>
    </>
  );
}
