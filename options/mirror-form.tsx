import { useSignal } from '@preact/signals';
import { text } from '../src/core/text.ts';
import type { Mirror } from '../src/mirror/url/catalogue.ts';
import { checkReach } from '../src/mirror/url/reach.ts';
import { type NamedBase, readBase, readName } from '../src/settings/mirror-list.ts';
import { failureWords } from '../src/ui/failure-words.ts';
import { Field } from '../src/ui/field.tsx';
import { said } from '../src/ui/said.tsx';
import { type News, NewsLine, noNews, notStored } from './news.tsx';
import styles from './options.module.css';

/** Name and address of a mirror: of a new one, or of the one that is edited. */
export function MirrorForm({
  mirrors,
  edited,
  done,
  cancel,
}: {
  readonly mirrors: readonly Mirror[];
  readonly edited: Mirror | null;
  /** True when it was stored. */
  readonly done: (named: NamedBase) => Promise<boolean>;
  readonly cancel: (() => void) | null;
}) {
  const name = useSignal(edited?.name ?? '');
  const address = useSignal(edited?.base ?? '');
  const news = useSignal<News>(noNews);
  const id = edited?.id ?? null;
  const base = readBase(mirrors, address.value, id);
  const named = readName(mirrors, { name: name.value, address: address.value }, id);
  const untouched = address.value.trim() === '';
  const suffix = id ?? 'new';

  const submit = async (event: Event) => {
    event.preventDefault();
    if (!base.ok || !named.ok) return;
    const stored = await done({ name: named.value, base: base.value });
    news.value = stored ? noNews : notStored;
    if (stored && edited === null) {
      name.value = '';
      address.value = '';
    }
  };

  return (
    <form
      class={`stack ${styles.form}`}
      onSubmit={submit}
      noValidate
      aria-labelledby={`mirror-form-${suffix}`}
    >
      <h3 id={`mirror-form-${suffix}`}>
        {edited === null
          ? said(text('options_add_title', 'Add a mirror'))
          : said(text('options_edit', 'Edit {name}', { name: edited.name }))}
      </h3>
      <Field
        id={`mirror-address-${suffix}`}
        label={
          edited === null
            ? said(text('options_mirror_address', 'Mirror address'))
            : said(text('options_new_address', 'New address'))
        }
        placeholder="http://192.168.1.10:8080/"
        value={address.value}
        onText={(typed) => {
          address.value = typed;
        }}
        error={untouched || base.ok ? null : failureWords(base.failure)}
        warning={base.ok ? reachWarning(base.value) : null}
        hint={
          base.ok
            ? base.value
            : said(
                text(
                  'options_mirror_address_hint',
                  'The folder that holds the firmware files, over plain http.',
                ),
              )
        }
      />
      <Field
        id={`mirror-name-${suffix}`}
        label={
          edited === null
            ? said(text('options_mirror_name', 'Mirror name'))
            : said(text('options_new_name', 'New name'))
        }
        value={name.value}
        onText={(typed) => {
          name.value = typed;
        }}
        error={named.ok ? null : failureWords(named.failure)}
        hint={said(text('options_mirror_name_hint', 'Left empty, it is named after its address.'))}
      />
      <NewsLine news={news.value} />
      <div class="row">
        <button type="submit" disabled={!base.ok || !named.ok}>
          {edited === null
            ? said(text('options_add', 'Add mirror'))
            : said(text('options_save_mirror', 'Save mirror'))}
        </button>
        {cancel !== null && (
          <button type="button" onClick={cancel}>
            {said(text('options_cancel', 'Cancel'))}
          </button>
        )}
      </div>
    </form>
  );
}

/** What a device on the network may find hard about this address; no device in particular is meant. */
function reachWarning(base: string): string | null {
  const { origin, host, pathname } = new URL(base);
  const { answer, sentence, action } = checkReach({ href: base, origin, host, path: pathname, file: '' }, '');
  if (answer === 'pass') return null;
  return action === undefined ? said(sentence) : failureWords({ sentence, action });
}
