import { openOptions, pageUrl } from '../src/browser/pages.ts';
import { text } from '../src/core/text.ts';
import { isFlashing } from '../src/flash/run/device-run.ts';
import { thisComputerId } from '../src/flash/this-computer/state.ts';
import { failureWords } from '../src/ui/failure-words.ts';
import { Field } from '../src/ui/field.tsx';
import { said } from '../src/ui/said.tsx';
import { FirmwareDetails } from './firmware-details.tsx';
import { FirmwareList } from './firmware-list.tsx';
import { LocalFile } from './local-file.tsx';
import { listOnce, offerOf } from './mirror-list.ts';
import { askFirmware, firmwareForm } from './next-action.ts';
import type { Steps } from './steps.ts';
import type { Store } from './store.ts';
import { allowThisComputer, MirrorOptions, OwnFirmware } from './this-computer/mirror-choice.tsx';

/** Which firmware, from which mirror, and what is known about both. */
export function FirmwareStep({
  store,
  steps,
  wide,
  inTab,
}: {
  readonly store: Store;
  readonly steps: Steps;
  readonly wide: boolean;
  readonly inTab: boolean;
}) {
  const draft = store.draft.value;
  const { mirrors } = store.settings.value;
  const { mirror: chosen, isThisComputer, url } = store.chosen.value;
  const locked = isFlashing(store.run.value.flash);
  const listing = store.listings.value[chosen.base];
  const listed = listing?.state === 'done' ? offerOf(listing.value).offered : [];

  const choose = (id: string) => {
    if (id === thisComputerId) {
      // Where the browser does not take a choice for a click, the button below asks.
      if (store.thisComputer.value.connection.state !== 'connected') allowThisComputer();
      store.edit({ mirror: id });
      return;
    }
    const next = mirrors.find((mirror) => mirror.id === id);
    // A name that is at home on one mirror is seldom to be found on another.
    const elsewhere = chosen.files.includes(draft.firmware) || !url.ok;
    const file = next?.files[0];
    store.edit({ mirror: id, ...(elsewhere && file !== undefined ? { firmware: file } : {}) });
  };

  return (
    <>
      <form
        id={firmwareForm}
        class="stack tight"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          askFirmware({ store, steps });
        }}
      >
        <div class="field">
          <label for="mirror">{said(text('popup_mirror', 'Mirror'))}</label>
          <select
            id="mirror"
            value={isThisComputer ? thisComputerId : chosen.id}
            disabled={locked}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <MirrorOptions mirrors={mirrors} state={store.thisComputer.value} />
          </select>
        </div>
        {isThisComputer ? (
          <OwnFirmware
            state={store.thisComputer.value}
            run={store.run.value}
            source={store.source.value}
            inTab={inTab}
          />
        ) : (
          <>
            <Field
              id="firmware"
              label={said(text('popup_firmware', 'Firmware'))}
              suggestions="firmware-names"
              value={draft.firmware}
              disabled={locked}
              onText={(firmware) => {
                store.edit({ firmware });
                void listOnce(chosen.base, listing);
              }}
              error={url.ok ? null : failureWords(url.failure)}
              hint={url.ok ? hintOf(url.value.href, chosen.base) : null}
            >
              <datalist id="firmware-names">
                {[...new Set([...chosen.files, ...listed])].map((file) => (
                  <option key={file} value={file} />
                ))}
              </datalist>
            </Field>
            <FirmwareList store={store} mirror={chosen} locked={locked} />
          </>
        )}
      </form>
      {!wide && <FirmwareDetails store={store} />}
      {inTab && !wide && !isThisComputer && <LocalFile />}
      <p class="row hint">
        <button type="button" class="link" onClick={openOptions}>
          {said(text('popup_add_mirrors', 'Add or test mirrors'))}
        </button>
        {!inTab && !isThisComputer && (
          <a href={pageUrl('popup/index.html')} target="_blank" rel="noreferrer">
            {said(text('popup_own_file', 'Check a file of your own in a tab'))}
          </a>
        )}
      </p>
    </>
  );
}

function hintOf(href: string, base: string): string {
  return href.startsWith(base)
    ? href
    : said(text('popup_whole_address', 'A whole address: the mirror above has no part in this.'));
}
