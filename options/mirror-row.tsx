import type { Mirror } from '../src/mirror/url/catalogue.ts';
import { Facts } from '../src/ui/facts.tsx';
import { said } from '../src/ui/said.tsx';
import { knowledgeOf } from './mirror-knowledge.ts';
import { MirrorTester } from './mirror-tester.tsx';
import type { OptionsStore } from './store.ts';

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
  const own = <span class="visually-hidden"> {name}</span>;
  return (
    <article class="mirror" aria-labelledby={`mirror-${id}`}>
      <div class="mirror-head">
        <h3 id={`mirror-${id}`}>{name}</h3>
        {isDefault && <span class="tag">Default</span>}
      </div>
      <Facts
        label={`About ${name}`}
        facts={[
          ['Address', <code key="base">{base}</code>],
          ['Sends parts of files', said(known.parts)],
          ['Answers for dl.itead.cn', said(known.name)],
          ['Known from', said(known.source)],
        ]}
      />
      <div class="row">
        <button type="button" id={`edit-${id}`} onClick={edit}>
          Edit{own}
        </button>
        <button type="button" id={`move-up-${id}`} disabled={first} onClick={() => move('up')}>
          Move up{own}
        </button>
        <button type="button" id={`move-down-${id}`} disabled={last} onClick={() => move('down')}>
          Move down{own}
        </button>
        <button type="button" disabled={first && last} onClick={remove}>
          Remove{own}
        </button>
      </div>
      <MirrorTester store={store} mirror={mirror} />
    </article>
  );
}
