import { text } from '../src/core/text.ts';
import type { Mirror } from '../src/mirror/url/catalogue.ts';
import { Facts } from '../src/ui/facts.tsx';
import { Said, said } from '../src/ui/said.tsx';
import { knowledgeOf } from './mirror-knowledge.ts';
import { MirrorTester } from './mirror-tester.tsx';
import styles from './options.module.css';
import type { OptionsStore } from './store.ts';

/** The name of a mirror is heard with each of its buttons, and seen once above them. */
const hidden = { name: (words: string) => <span class="visually-hidden">{words}</span> };

/** One mirror: what is known about it and from where, and everything that can be done with it. */
export function MirrorRow({
  store,
  mirror,
  first,
  last,
  edit,
  move,
  remove,
}: {
  readonly store: OptionsStore;
  readonly mirror: Mirror;
  readonly first: boolean;
  readonly last: boolean;
  readonly edit: () => void;
  readonly move: (by: 'up' | 'down') => void;
  readonly remove: () => void;
}) {
  const { id, name, base } = mirror;
  const known = knowledgeOf(mirror, store.tests.value);
  const isDefault = store.read.value.settings.defaultMirror === id;
  return (
    <article class={styles.mirror} aria-labelledby={`mirror-${id}`}>
      <div class={styles.head}>
        <h3 id={`mirror-${id}`}>{name}</h3>
        {isDefault && <span class={styles.tag}>{said(text('options_is_default', 'Default'))}</span>}
      </div>
      <Facts
        label={said(text('options_about', 'About {name}', { name }))}
        facts={[
          [said(text('options_address', 'Address')), <code key="base">{base}</code>],
          [said(text('options_sends_parts', 'Sends parts of files')), said(known.parts)],
          [
            said(text('options_answers_for', 'Answers for {name}', { name: 'dl.itead.cn' })),
            said(known.name),
          ],
          [said(text('options_known_from', 'Known from')), said(known.source)],
        ]}
      />
      <div class="row">
        <button type="button" id={`edit-${id}`} onClick={edit}>
          <Said text={text('options_edit', 'Edit {name}', { name })} marked={hidden} />
        </button>
        <button type="button" id={`move-up-${id}`} disabled={first} onClick={() => move('up')}>
          <Said text={text('options_move_up', 'Move up {name}', { name })} marked={hidden} />
        </button>
        <button type="button" id={`move-down-${id}`} disabled={last} onClick={() => move('down')}>
          <Said text={text('options_move_down', 'Move down {name}', { name })} marked={hidden} />
        </button>
        <button type="button" disabled={first && last} onClick={remove}>
          <Said text={text('options_remove', 'Remove {name}', { name })} marked={hidden} />
        </button>
      </div>
      <MirrorTester store={store} mirror={mirror} />
    </article>
  );
}
