import type { Signal } from '@preact/signals';
import { text } from '../../src/core/text.ts';
import { isSearching } from '../../src/flash/finding/search-state.ts';
import { isListUnderWay, nextLine } from '../../src/flash/several/flash-list.ts';
import type { Row } from '../../src/flash/several/rows.ts';
import { summaryHeads } from '../../src/flash/several/summary.ts';
import { isFlashUnderWay } from '../../src/flash/state.ts';
import { Said, said } from '../../src/ui/said.tsx';
import { DeviceRow } from './device-row.tsx';
import styles from './devices.module.css';
import type { DevicesStore } from './store.ts';

const heads = [
  ...summaryHeads.slice(0, 2),
  text('devices_version', 'Firmware version'),
  text('devices_unlock', 'OTA unlock'),
  text('devices_state', 'State'),
];

/** One line for each device, and what can be done with all of them. */
export function DeviceTable({
  store,
  stopAtBad,
  ask,
}: {
  readonly store: DevicesStore;
  readonly stopAtBad: Signal<boolean>;
  /** Asks whether these are to be flashed. */
  readonly ask: (rows: readonly Row[]) => void;
}) {
  const rows = store.rows.value;
  const state = store.state.value;
  const ready = rows.filter(({ plan }) => plan !== null);
  const isFlashing = isFlashUnderWay(state);
  const mayFlash = !isFlashing && !isSearching(store.search.value) && rows.every(({ isBusy }) => !isBusy);
  if (rows.length === 0) return null;
  return (
    <section class="card" aria-labelledby="table-title">
      <h2 id="table-title">
        <Said text={text('devices_devices', 'Devices')} />
      </h2>
      <table class={styles.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head.id} scope="col">
                {said(head)}
              </th>
            ))}
            <th scope="col">
              <span class="visually-hidden">
                <Said text={text('devices_do', 'What can be done')} />
              </span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <DeviceRow key={row.host} row={row} store={store} mayFlash={mayFlash} ask={() => ask([row])} />
          ))}
        </tbody>
      </table>
      <label class={styles.tick}>
        <input
          type="checkbox"
          checked={stopAtBad.value}
          disabled={isFlashing}
          onChange={(event) => {
            stopAtBad.value = event.currentTarget.checked;
          }}
        />
        <span>
          <Said text={text('devices_stop_at_bad', 'Stop at the first device that does not end well')} />
        </span>
      </label>
      <div class="row">
        <button
          type="button"
          class="danger"
          disabled={ready.length === 0 || !mayFlash}
          onClick={() => ask(ready)}
        >
          <Said
            text={text(
              'devices_flash_all',
              { one: 'Flash {count} device', other: 'Flash {count} devices' },
              { count: ready.length },
            )}
          />
        </button>
        {nextLine(state.list) !== null && (
          <button type="button" onClick={() => store.command({ command: 'stop-list' })}>
            <Said text={text('devices_stop_list', 'Stop after this device')} />
          </button>
        )}
        <span role="status">
          {isListUnderWay(state.list) && (
            <Said text={text('devices_under_way', 'One after the other. You may close this page.')} />
          )}
        </span>
      </div>
    </section>
  );
}
