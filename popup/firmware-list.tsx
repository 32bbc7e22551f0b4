import { wholeSentence } from '../src/core/assurance.ts';
import { text } from '../src/core/text.ts';
import type { Mirror } from '../src/mirror/url/catalogue.ts';
import { MoreAbout } from '../src/ui/more-about.tsx';
import { said } from '../src/ui/said.tsx';
import styles from './lists.module.css';
import { listOnce, type Offer, offerOf, refreshList } from './mirror-list.ts';
import type { Store } from './store.ts';

/** What the mirror lists: names to choose, and struck out with the reason those that must not be flashed. */
export function FirmwareList({
  store,
  mirror,
  locked,
}: {
  readonly store: Store;
  readonly mirror: Mirror;
  readonly locked: boolean;
}) {
  const listing = store.listings.value[mirror.base];
  return (
    <details
      class={styles.listing}
      onToggle={(event) => {
        if (event.currentTarget.open) void listOnce(mirror.base, listing);
      }}
    >
      <summary>{said(text('popup_on_mirror', 'On this mirror'))}</summary>
      <div role="status" class="hint">
        {listing === undefined && said(text('popup_list_unread', 'The list has not been read yet.'))}
        {listing?.state === 'working' && said(text('popup_list_reading', 'Reading the list…'))}
        {listing?.state === 'failed' && (
          <>
            {said(
              text('popup_list_failed', '{sentence} You can still type a name.', {
                sentence: wholeSentence(listing.failure),
              }),
            )}{' '}
            <MoreAbout trouble={listing.failure.trouble} />
          </>
        )}
        {listing?.state === 'done' &&
          listing.value.length === 0 &&
          said(
            text(
              'popup_list_empty',
              'This mirror shows no list of firmware files. You can still type a name.',
            ),
          )}
      </div>
      {listing?.state === 'done' && (
        <Names
          offer={offerOf(listing.value)}
          chosen={store.draft.value.firmware}
          locked={locked}
          choose={(firmware) => store.edit({ firmware })}
        />
      )}
      <button
        type="button"
        class="link"
        disabled={listing?.state === 'working'}
        onClick={() => refreshList(mirror.base)}
      >
        {said(text('popup_list_refresh', 'Refresh the list'))}
      </button>
    </details>
  );
}

function Names({
  offer,
  chosen,
  locked,
  choose,
}: {
  readonly offer: Offer;
  readonly chosen: string;
  readonly locked: boolean;
  readonly choose: (file: string) => void;
}) {
  return (
    <>
      {offer.offered.length > 0 && (
        <ul class={styles.offered} aria-label={said(text('popup_offered', 'Firmware on this mirror'))}>
          {offer.offered.map((file) => (
            <li key={file}>
              <button
                type="button"
                class="link"
                disabled={locked}
                aria-pressed={file === chosen}
                onClick={() => choose(file)}
              >
                {file}
              </button>
            </li>
          ))}
        </ul>
      )}
      {offer.refused.map(([reason, files]) => (
        <div key={reason} class={styles.refused}>
          <p>
            <strong>{said(text('popup_refused', 'Not offered.'))}</strong> {reason}
          </p>
          <ul aria-label={said(text('popup_refused_because', 'Not offered: {reason}', { reason }))}>
            {files.map((file) => (
              <li key={file}>
                <s>{file}</s>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
