import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type Text, text } from '../../src/core/text.ts';
import type { TroubleRow } from '../../src/flash/troubles/row.ts';
import { type TroubleGroupId, troubleGroups } from '../../src/flash/troubles/table.ts';
import { findTroubles, stateTexts } from '../../src/pairing/trouble.ts';
import { Field } from '../../src/ui/field.tsx';
import { Said, said } from '../../src/ui/said.tsx';
import styles from './guide.module.css';
import type { Route } from './route.ts';
import { Sources } from './sources.tsx';

const titles: Readonly<Record<TroubleGroupId, Text>> = {
  before: text('guide_when_before', 'Before the flash'),
  flashing: text('guide_when_flashing', 'During the flash'),
  after: text('guide_when_after', 'After the flash'),
  info: text('guide_answers_info', 'What comes back to Info'),
  ota_unlock: text('guide_answers_unlock', 'What comes back to Unlock'),
  ota_flash: text('guide_answers_flash', 'What comes back to Flash'),
  switch: text('guide_answers_identify', 'What comes back to Identify'),
  signal_strength: text('guide_answers_signal', 'What comes back to a measurement of the signal'),
  wifi: text('guide_answers_wifi', 'What comes back to the name of another Wi-Fi'),
  startup: text('guide_answers_startup', 'What comes back to the power-on state and inching'),
  download: text('guide_when_download', 'While the firmware is fetched'),
  device: text('guide_when_device', 'What speaks against a device'),
  image: text('guide_when_image', 'What speaks against a file'),
  mirror: text('guide_when_mirror', 'What speaks against a mirror'),
  outcome: text('guide_when_outcome', 'How a flash ends'),
  callback: text('guide_when_callback', 'What the device tells the local mirror'),
  look: text('guide_when_look', 'What a look for the new firmware shows'),
  tool: text('guide_when_tool', 'What becomes of tools and requests by hand'),
  'local-mirror': text('guide_when_local_mirror', 'What keeps the local mirror from its work'),
  extension: text('guide_when_extension', 'When the extension itself fails'),
};

const total = troubleGroups.reduce((sum, { rows }) => sum + rows.length, 0);

/** Everything that is known to go wrong, to be searched. */
export function TroublesSection({ route }: { readonly route: Route }) {
  const query = useSignal('');
  const wanted = route.part;
  useEffect(() => {
    if (wanted === null) return;
    query.value = '';
    // The row may have been hidden by what was searched for until now, or in a group that is folded.
    requestAnimationFrame(() => {
      const row = document.getElementById(titleId(wanted));
      row?.closest('details')?.setAttribute('open', '');
      row?.focus();
    });
  }, [wanted, query]);
  const found = troubleGroups.map((group) => ({
    ...group,
    rows: findTroubles(group.rows, query.value, said),
  }));
  const count = found.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <>
      <Field
        id="trouble-search"
        label={said(text('guide_search', 'What do you see?'))}
        value={query.value}
        onText={(words) => {
          query.value = words;
        }}
        hint={said(text('guide_search_hint', 'A word or a number, such as 424, ITEAD or Wi-Fi.'))}
      />
      <p role="status" class="hint">
        <Said
          text={text('guide_search_found', 'What fits: {fitting} of {total}.', {
            fitting: count,
            total,
          })}
        />
      </p>
      {found.map(({ id, seenBy, rows }) =>
        rows.length === 0 ? null : (
          <details key={id} class={styles.part} open={seenBy === 'person' || query.value.trim() !== ''}>
            <summary>
              <h3>
                <Said text={titles[id]} />
              </h3>
            </summary>
            {rows.map((row) => (
              <TroubleCard key={row.id} trouble={row} isWanted={row.id === wanted} />
            ))}
          </details>
        ),
      )}
    </>
  );
}

function titleId(id: string): string {
  return `trouble-${id}`;
}

function TroubleCard({ trouble, isWanted }: { readonly trouble: TroubleRow; readonly isWanted: boolean }) {
  const { id, symptom, happened, state, remedy, sources } = trouble;
  return (
    <article class="card" aria-labelledby={titleId(id)} aria-current={isWanted ? 'true' : undefined}>
      <h4 id={titleId(id)} tabIndex={-1}>
        <Said text={symptom} />
      </h4>
      <p>
        <Said text={happened} />
      </p>
      <p class={`${styles.state} ${styles[state]}`}>
        <Said text={stateTexts[state]} />
      </p>
      <ol class={styles.actions}>
        {remedy.map((sentence) => (
          <li key={sentence.id}>
            <Said text={sentence} />
          </li>
        ))}
      </ol>
      <Sources sources={sources} />
    </article>
  );
}
