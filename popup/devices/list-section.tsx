import { requestDevices } from '../../src/browser/permissions.ts';
import { text } from '../../src/core/text.ts';
import { isFlashUnderWay } from '../../src/flash/state.ts';
import { Said, said } from '../../src/ui/said.tsx';
import type { DevicesStore } from './store.ts';

/** The most that is said of what cannot be read. */
const mostLeftOut = 3;

/** Which devices. */
export function ListSection({ store }: { readonly store: DevicesStore }) {
  const { addresses, leftOut } = store.list.value;
  const rows = store.rows.value;
  const isFlashing = isFlashUnderWay(store.state.value);
  const locked = rows.filter(({ isLocked }) => isLocked).map(({ host }) => host);
  const remembered = store.remembered.value.map(({ host }) => host);
  const listed = new Set(addresses.map(({ host }) => host));
  const others = remembered.filter((host) => !listed.has(host));

  const info = () => {
    // Before anything is awaited: a browser shows its question only in the click itself.
    void requestDevices(addresses).catch(() => {});
    store.command({ command: 'info-all', addresses: addresses.map(({ host }) => host) });
  };

  return (
    <section class="card" aria-labelledby="list-title">
      <h2 id="list-title">
        <Said text={text('devices_list', 'Which devices')} />
      </h2>
      <div class="field">
        <label for="devices">
          <Said text={text('devices_field', 'Devices')} />
        </label>
        <textarea
          id="devices"
          rows={4}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="devices-about"
          value={store.typed.value.devices}
          onInput={(event) => store.edit({ devices: event.currentTarget.value })}
        />
        <div id="devices-about" aria-live="polite">
          {leftOut.slice(0, mostLeftOut).map(({ piece, failure }) => (
            <p key={piece} class="field-error">
              {piece}: {said(failure.sentence)} {said(failure.action)}
            </p>
          ))}
          <p class="hint">
            {addresses.length === 0 ? (
              <Said
                text={text(
                  'devices_hint',
                  'Addresses with anything between them, and ranges such as {range}.',
                  {
                    range: '192.168.1.20-30',
                  },
                )}
              />
            ) : (
              <Said
                text={text(
                  'devices_count',
                  { one: '{count} address', other: '{count} addresses' },
                  { count: addresses.length },
                )}
              />
            )}
          </p>
        </div>
      </div>
      {others.length > 0 && (
        <button type="button" class="link" onClick={() => store.add(others)}>
          <Said
            text={text(
              'devices_remembered',
              {
                one: 'Add {count} device that answered before',
                other: 'Add {count} devices that answered before',
              },
              { count: others.length },
            )}
          />
        </button>
      )}
      <div class="row">
        <button type="button" class="primary" disabled={addresses.length === 0 || isFlashing} onClick={info}>
          <Said text={text('devices_info_all', 'Info for all')} />
        </button>
        <button
          type="button"
          disabled={locked.length === 0 || isFlashing}
          onClick={() => store.command({ command: 'unlock-all', hosts: locked })}
        >
          <Said text={text('devices_unlock_all', 'Unlock all')} />
        </button>
      </div>
    </section>
  );
}
