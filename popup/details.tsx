import { text } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';
import { parseAddress } from '../src/zeroconf/device/address.ts';
import { DeviceDetails } from './device-step.tsx';
import { FirmwareDetails } from './firmware-details.tsx';
import { LocalFile } from './local-file.tsx';
import { Log } from './log.tsx';
import styles from './page.module.css';
import type { Store } from './store.ts';
import { ByHand } from './tools/by-hand.tsx';

/** Everything that is known, beside the steps: where there is room for it. */
export function Details({ store, inTab }: { readonly store: Store; readonly inTab: boolean }) {
  const { device } = store.run.value;
  const { image, mirror } = store.source.value;
  const address = parseAddress(store.draft.value.address);
  return (
    <aside class={styles.details} aria-label={said(text('popup_details', 'Details'))}>
      {device.state === 'done' && (
        <section class="card" aria-labelledby="device-details">
          <h2 id="device-details">{said(text('popup_device', 'Device'))}</h2>
          <DeviceDetails store={store} />
        </section>
      )}
      {(image.state === 'done' || mirror.state === 'done') && (
        <section class="card" aria-labelledby="firmware-details">
          <h2 id="firmware-details">{said(text('popup_firmware', 'Firmware'))}</h2>
          <FirmwareDetails store={store} />
        </section>
      )}
      {inTab && (
        <section class="card" aria-label={said(text('popup_local_file', 'A file of your own'))}>
          <LocalFile />
        </section>
      )}
      {inTab && (
        <ByHand
          address={address.ok ? address.value : null}
          guarding={store.guarding.value}
          tools={store.tools}
        />
      )}
      <Log store={store} />
    </aside>
  );
}
