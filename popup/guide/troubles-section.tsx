import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type Text, text } from '../../src/core/text.ts';
import { findTroubles, stateTexts, type Trouble } from '../../src/pairing/trouble.ts';
import { troubles } from '../../src/pairing/troubles.ts';
import { Field } from '../../src/ui/field.tsx';
import { Said, said } from '../../src/ui/said.tsx';
import { answerGroups, type Row, type RowGroup } from './answer-rows.ts';
import type { Route } from './route.ts';
import { Sources } from './sources.tsx';

const whens: readonly { readonly when: Trouble['when']; readonly title: Text }[] = [
  { when: 'before', title: text('guide_when_before', 'Before the flash') },
  { when: 'flashing', title: text('guide_when_flashing', 'During the flash') },
  { when: 'callback', title: text('guide_when_callback', 'What the device tells the local mirror') },
  { when: 'after', title: text('guide_when_after', 'After the flash') },
];

const groups: readonly RowGroup[] = [
  ...whens.map(({ when, title }) => ({ id: when, title, rows: troubles.filter((row) => row.when === when) })),
  ...answerGroups(said),
];
const total = groups.reduce((sum, { rows }) => sum + rows.length, 0);

/** Everything that is known to go wrong, to be searched. */
export function TroublesSection({ route }: { readonly route: Route }) {
  const query = useSignal('');
  const wanted = route.part;
  useEffect(() => {
    if (wanted === null) return;
    query.value = '';
    // The row may have been hidden by what was searched for until now.
    requestAnimationFrame(() => document.getElementById(titleId(wanted))?.focus());
  }, [wanted, query]);
  const found = groups.map((group) => ({ ...group, rows: findTroubles(group.rows, query.value, said) }));
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
      <p role="status" class="guide-hint">
        <Said
          text={text('guide_search_found', 'What fits: {fitting} of {total}.', {
            fitting: count,
            total,
          })}
        />
      </p>
      {found.map(({ id, title, rows }) =>
        rows.length === 0 ? null : (
          <section key={id} class="guide-part" aria-labelledby={`group-${id}`}>
            <h3 id={`group-${id}`}>
              <Said text={title} />
            </h3>
            {rows.map((row) => (
              <TroubleCard key={row.id} trouble={row} />
            ))}
          </section>
        ),
      )}
    </>
  );
}

function titleId(id: string): string {
  return `trouble-${id}`;
}

function TroubleCard({ trouble }: { readonly trouble: Row }) {
  const { id, symptom, happened, state, remedy, sources } = trouble;
  return (
    <article class="guide-card" aria-labelledby={titleId(id)}>
      <h4 id={titleId(id)} tabIndex={-1}>
        <Said text={symptom} />
      </h4>
      <p>
        <Said text={happened} />
      </p>
      <p class={`guide-state guide-state-${state}`}>
        <Said text={stateTexts[state]} />
      </p>
      <ol class="guide-actions">
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
