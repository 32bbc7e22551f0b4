import { useSignal } from '@preact/signals';
import { requestDevices } from '../../src/browser/permissions.ts';
import { type Text, text } from '../../src/core/text.ts';
import type { Row } from '../../src/flash/several/rows.ts';
import { MoreAbout } from '../../src/ui/more-about.tsx';
import { Said, said } from '../../src/ui/said.tsx';
import { parseAddress } from '../../src/zeroconf/device/address.ts';
import { GuardedButton } from '../guarded-button.tsx';
import styles from './devices.module.css';
import type { DevicesStore } from './store.ts';

const info = text('devices_info', 'Info');
const unlock = text('devices_unlock_one', 'Unlock');
const flash = text('devices_flash_one', 'Flash');
const cancel = text('devices_cancel', 'Cancel');
const stopWatching = text('devices_stop_watching', 'Stop watching');

/** One device: what it is, how it is, and what comes next. */
export function DeviceRow({
  row,
  store,
  mayFlash,
  ask,
}: {
  readonly row: Row;
  readonly store: DevicesStore;
  readonly mayFlash: boolean;
  readonly ask: () => void;
}) {
  const { host, deviceid, fwVersion, otaUnlock, mood, state, sentence, steps, trouble, wantsId } = row;
  return (
    <tr>
      <th scope="row">{host}</th>
      <td class={styles.wide}>{deviceid ?? '–'}</td>
      <td class={styles.wide}>{fwVersion ?? '–'}</td>
      <td class={styles.wide}>{said(unlockWords(otaUnlock))}</td>
      <td>
        <span class={`${styles.mood} ${styles[mood]}`}>{said(state)}</span>
        {sentence !== null && (
          <details open={mood === 'bad'}>
            <summary>
              <Said text={text('devices_more', 'What that means')} />
            </summary>
            <p>
              {said(sentence)} <MoreAbout trouble={trouble ?? undefined} />
            </p>
            {steps.length > 0 && (
              <ol>
                {steps.map((step) => (
                  <li key={step.id}>{said(step)}</li>
                ))}
              </ol>
            )}
          </details>
        )}
        {wantsId && <AskWithId host={host} store={store} />}
      </td>
      <td>
        <RowButton row={row} store={store} mayFlash={mayFlash} ask={ask} />
      </td>
    </tr>
  );
}

function unlockWords(otaUnlock: boolean | null): Text {
  if (otaUnlock === null) return text('devices_not_told', 'Not told');
  return otaUnlock ? text('devices_unlocked', 'Unlocked') : text('devices_locked', 'Locked');
}

/** The one button that comes next for this device. */
function RowButton({
  row: { host, plan, isLocked, isBusy, line },
  store,
  mayFlash,
  ask,
}: {
  readonly row: Row;
  readonly store: DevicesStore;
  readonly mayFlash: boolean;
  readonly ask: () => void;
}) {
  const address = parseAddress(host);
  const button = (label: Text, press: () => void, { enabled = true, deed = label.id } = {}) => (
    <GuardedButton deed={deed} label={`${said(label)} ${host}`} enabled={enabled} press={press}>
      {said(label)}
    </GuardedButton>
  );
  if (isBusy) {
    const { runs } = store.state.value;
    const stage = runs.find((run) => run.address.host === host)?.flash.stage;
    if (stage === 'requested') return null;
    if (stage === 'downloading' || stage === 'restarting')
      return button(stopWatching, () => store.command({ command: 'stop', what: 'watch', host }));
    const what = stage === 'checking' ? 'flash' : 'device';
    return button(cancel, () => store.command({ command: 'stop', what, host }), { deed: `cancel ${what}` });
  }
  if (line?.progress.state === 'waiting') return null;
  if (plan !== null) return button(flash, ask, { enabled: mayFlash });
  if (isLocked) return button(unlock, () => store.command({ command: 'unlock-all', hosts: [host] }));
  return button(info, () => {
    // Before anything is awaited: a browser shows its question only in the click itself.
    if (address.ok) void requestDevices([address.value]).catch(() => {});
    store.command({ command: 'info-all', addresses: [host] });
  });
}

/** A device that says nothing before it is called by its ID. */
function AskWithId({ host, store }: { readonly host: string; readonly store: DevicesStore }) {
  const id = useSignal('');
  const ask = (event: Event) => {
    event.preventDefault();
    store.command({ command: 'info', address: host, deviceid: id.value });
  };
  return (
    <form class="row" onSubmit={ask}>
      <input
        type="text"
        autocomplete="off"
        spellcheck={false}
        aria-label={said(text('devices_id_of', 'Device ID of {host}', { host }))}
        value={id.value}
        onInput={(event) => {
          id.value = event.currentTarget.value;
        }}
      />
      <button type="submit" disabled={id.value.trim() === ''}>
        <Said text={text('devices_ask_with_id', 'Ask with this ID')} />
      </button>
    </form>
  );
}
