import { type Text, text } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';
import styles from './options.module.css';
import type { OptionsStore } from './store.ts';

/** Says which stored settings could not be read, until something is stored in their place. */
export function ReplacedNote({ store }: { readonly store: OptionsStore }) {
  const { settings, replaced } = store.read.value;
  return (
    <div role="status" class={replaced.length === 0 ? 'visually-hidden' : `note warn ${styles.wide}`}>
      {replaced.length > 0 && (
        <>
          <p>
            <strong>{said(text('options_replaced', 'Some of your settings could not be read.'))}</strong>{' '}
            {said(text('options_replaced_by', 'They were left out or are as they were at first:'))}
          </p>
          <ReplacedList replaced={replaced} />
          <p>
            {said(
              text(
                'options_replaced_stays',
                'What is stored stays untouched until you change something on this page.',
              ),
            )}
          </p>
          <div>
            <button type="button" onClick={() => store.save(settings)}>
              {said(text('options_replaced_keep', 'Keep what is left'))}
            </button>
          </div>
        </>
      )}
    </div>
  );
}

/** The parts of settings that could not be used. */
export function ReplacedList({ replaced }: { readonly replaced: readonly Text[] }) {
  return (
    <ul class={styles.dots}>
      {replaced.map(said).map((part, index) => (
        <li key={`${index} ${part}`}>{part}</li>
      ))}
    </ul>
  );
}
