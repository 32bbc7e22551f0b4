import { useEffect } from 'preact/hooks';
import { openOptions, pageUrl } from '../src/browser/pages.ts';
import { mayReachMirror, requestMirror } from '../src/browser/permissions.ts';
import { takePlannedFetch } from '../src/browser/planned-fetch.ts';
import { isFlashing } from '../src/flash/run/device-run.ts';
import { thisComputerId } from '../src/flash/this-computer/state.ts';
import { FailureNote } from '../src/ui/failure-note.tsx';
import { Field } from '../src/ui/field.tsx';
import { ImageCard } from '../src/ui/image-card.tsx';
import { ProgressBar } from '../src/ui/progress-bar.tsx';
import { said } from '../src/ui/said.tsx';
import { chosenFirmware } from './chosen-firmware.ts';
import { FirmwareList } from './firmware-list.tsx';
import { LocalFile } from './local-file.tsx';
import { MirrorChecks } from './mirror-checks.tsx';
import { listOnce, offerOf } from './mirror-list.ts';
import { RefusalNote } from './refusal-note.tsx';
import type { Store } from './store.ts';
import { allowThisComputer, MirrorOptions, OwnFirmware } from './this-computer/mirror-choice.tsx';

/** Which firmware, from which mirror, and everything that is known about both before the plan. */
export function FirmwareCard({ store, inTab }: { readonly store: Store; readonly inTab: boolean }) {
  const { flash } = store.run.value;
  const { image, mirror } = store.source.value;
  const draft = store.draft.value;
  const { mirrors } = store.settings.value;
  const { served, connection } = store.thisComputer.value;
  const { mirror: chosen, isThisComputer, url } = chosenFirmware(draft, mirrors, served?.url ?? null);
  const working = image.state === 'working' || mirror.state === 'working';
  const locked = isFlashing(flash);
  const listing = store.listings.value[chosen.base];
  const listed = listing?.state === 'done' ? offerOf(listing.value).offered : [];

  useFetchWhenDeviceIsKnown(store);

  const choose = (id: string) => {
    if (id === thisComputerId) {
      // Where the browser does not take a choice for a click, the button below asks.
      if (connection.state !== 'connected') allowThisComputer();
      store.edit({ mirror: id });
      return;
    }
    const next = mirrors.find((mirror) => mirror.id === id);
    // A name that is at home on one mirror is seldom to be found on another.
    const elsewhere = chosen.files.includes(draft.firmware) || !url.ok;
    const file = next?.files[0];
    store.edit({ mirror: id, ...(elsewhere && file !== undefined ? { firmware: file } : {}) });
  };

  const fetchFirmware = (event: Event) => {
    event.preventDefault();
    if (!url.ok || working || locked) return;
    // Before anything is awaited: a browser shows its question only in the click itself. Where the question
    // closes the popup, the background goes on as soon as the permission is there.
    void requestMirror(url.value.href).catch(() => {});
    store.command({ command: 'image', url: url.value.href }, 'firmware');
  };

  return (
    <section class="card firmware" aria-labelledby="firmware-title">
      <h2 id="firmware-title">3. Firmware</h2>
      <form class="stack" onSubmit={fetchFirmware} noValidate>
        <div class="field">
          <label for="mirror">Mirror</label>
          <select
            id="mirror"
            value={isThisComputer ? thisComputerId : chosen.id}
            disabled={locked}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <MirrorOptions mirrors={mirrors} state={store.thisComputer.value} />
          </select>
          <div>
            <button type="button" class="link" onClick={openOptions}>
              Add or test mirrors
            </button>
          </div>
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
              label="Firmware"
              suggestions="firmware-names"
              value={draft.firmware}
              disabled={locked}
              onText={(firmware) => {
                store.edit({ firmware });
                void listOnce(chosen.base, listing);
              }}
              error={url.ok ? null : `${said(url.failure.sentence)} ${said(url.failure.action)}`}
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
        <div class="row">
          <button type="submit" disabled={!url.ok || working || locked}>
            Fetch firmware
          </button>
          {working && !locked && (
            <button
              type="button"
              onClick={() => store.command({ command: 'stop', what: 'image' }, 'firmware')}
            >
              Cancel
            </button>
          )}
        </div>
      </form>
      <RefusalNote store={store} place="firmware" />
      {image.state === 'working' && <ProgressBar label="Fetching the firmware" progress={image.progress} />}
      {image.state === 'failed' && <FailureNote failure={image.failure} />}
      {image.state === 'done' && <ImageCard report={image.value.report} />}
      <MirrorChecks mirror={mirror} />
      {isThisComputer ? null : inTab ? (
        <LocalFile />
      ) : (
        <p class="hint">
          Have a file of your own?{' '}
          <a href={pageUrl('popup/index.html')} target="_blank" rel="noreferrer">
            Check it in a tab
          </a>
          .
        </p>
      )}
    </section>
  );
}

function hintOf(href: string, base: string): string {
  return href.startsWith(base) ? href : 'A whole address: the mirror above has no part in this.';
}

/** Three clicks are enough: once the device that Info was pressed for is known, the chosen firmware is fetched. */
function useFetchWhenDeviceIsKnown(store: Store): void {
  const isKnown = store.run.value.device.state === 'done';
  useEffect(() => {
    // Only the moment the device becomes known counts; a name half typed must not be fetched.
    if (isKnown) void fetchAsPlanned(store);
  }, [isKnown, store]);
}

async function fetchAsPlanned(store: Store): Promise<void> {
  if (!(await takePlannedFetch()) || store.source.value.image.state !== 'idle') return;
  const served = store.thisComputer.value.served?.url ?? null;
  const { url } = chosenFirmware(store.draft.value, store.settings.value.mirrors, served);
  if (!url.ok || !(await mayReachMirror(url.value.href))) return;
  store.command({ command: 'image', url: url.value.href }, 'firmware');
}
