import { isAskedForEachDevice, requestDevices } from '../../src/browser/permissions.ts';
import { type Text, text } from '../../src/core/text.ts';
import { parseAddressList } from '../../src/finding/address-list.ts';
import { type FoundThere, isSearching } from '../../src/flash/finding/search-state.ts';
import { isFlashUnderWay } from '../../src/flash/state.ts';
import { Field } from '../../src/ui/field.tsx';
import { Said, said } from '../../src/ui/said.tsx';
import { parseAddress } from '../../src/zeroconf/device/address.ts';
import styles from './devices.module.css';
import { SearchProgress } from './search-progress.tsx';
import type { DevicesStore } from './store.ts';

/** What is there, found without an address. */
export function FindSection({ store }: { readonly store: DevicesStore }) {
  const search = store.search.value;
  const seen = store.seen.value;
  const { network } = store.typed.value;
  const { addresses, leftOut } = parseAddressList(network, parseAddress);
  const [wrong] = leftOut;
  const searching = isSearching(search);

  const find = (event: Event) => {
    event.preventDefault();
    const hosts = addresses.map(({ host }) => host);
    const before = new Set(store.granted(hosts));
    // Before anything is awaited: a browser shows its question only in the click itself.
    const request = requestDevices(addresses);
    void request
      .catch(() => false)
      .then((isGranted) => {
        const granted = isGranted && isAskedForEachDevice() ? hosts.filter((host) => !before.has(host)) : [];
        store.command({ command: 'search', network, granted });
      });
  };

  return (
    <section class="card" aria-labelledby="find-title">
      <h2 id="find-title">
        <Said text={text('devices_find', 'Find devices')} />
      </h2>
      {seen.length > 0 && (
        <FoundList
          label={text('devices_seen', 'Seen by this computer')}
          found={seen.map(({ address, deviceId, kind, mode }) => ({
            host: address,
            words: `${deviceId}, ${kind}`,
            isDevice: mode !== 'encrypted',
          }))}
          store={store}
        />
      )}
      <form class="stack" onSubmit={find} noValidate>
        <Field
          id="network"
          label={said(text('devices_network', 'Network'))}
          value={network}
          onText={(typed) => store.edit({ network: typed })}
          error={wrong === undefined ? null : `${said(wrong.failure.sentence)} ${said(wrong.failure.action)}`}
          hint={isAskedForEachDevice() ? said(askedForEach) : said(askedOnce)}
        />
        <div class="row">
          <button
            type="submit"
            disabled={
              searching || wrong !== undefined || addresses.length === 0 || isFlashUnderWay(store.state.value)
            }
          >
            <Said text={text('devices_find_button', 'Find')} />
          </button>
          {searching && (
            <button type="button" onClick={() => store.command({ command: 'stop-search' })}>
              <Said text={text('devices_find_cancel', 'Cancel the search')} />
            </button>
          )}
        </div>
      </form>
      <SearchProgress search={search} />
      {search.found.length > 0 && (
        <FoundList
          label={text('devices_found', 'Found')}
          found={search.found.map((one) => ({
            host: one.host,
            words: said(wordsOf(one)),
            isDevice: one.kind === 'device',
          }))}
          store={store}
        />
      )}
    </section>
  );
}

const askedOnce = text(
  'devices_find_hint',
  'Every address in it is asked once whether a Sonoff in DIY mode is there. Nothing is changed.',
);
const askedForEach = text(
  'devices_find_hint_each',
  'Every address in it is asked once whether a Sonoff in DIY mode is there. Nothing is changed. Firefox asks you to allow these addresses, and those without a device are given back afterwards.',
);

function wordsOf(found: FoundThere): Text {
  switch (found.kind) {
    case 'runs':
      return found.said;
    case 'not-in-diy-mode':
      return text('devices_found_not_diy', 'A Sonoff that is not in DIY mode');
    case 'device':
      return found.info === null
        ? text('devices_found_wants_id', 'A Sonoff in DIY mode that wants its ID')
        : text('devices_found_device', 'ID {deviceid}, firmware {version}', {
            deviceid: found.info.deviceid ?? '–',
            version: found.info.fwVersion ?? '–',
          });
  }
}

interface FoundRow {
  readonly host: string;
  readonly words: string;
  readonly isDevice: boolean;
}

function FoundList({
  label,
  found,
  store,
}: {
  readonly label: Text;
  readonly found: readonly FoundRow[];
  readonly store: DevicesStore;
}) {
  const listed = new Set(store.list.value.addresses.map(({ host }) => host));
  const others = found.filter(({ host, isDevice }) => isDevice && !listed.has(host)).map(({ host }) => host);
  return (
    <div class="stack tight">
      <ul class={styles.found} aria-label={said(label)}>
        {found.map(({ host, words }) => (
          <li key={host}>
            <strong>{host}</strong> <span class="hint">{words}</span>
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <div>
          <button type="button" onClick={() => store.add(others)}>
            <Said
              text={text(
                'devices_add',
                { one: 'Add {count} device', other: 'Add {count} devices' },
                { count: others.length },
              )}
            />
          </button>
        </div>
      )}
    </div>
  );
}
