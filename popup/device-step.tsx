import { useSignal } from '@preact/signals';
import { forgetDevice } from '../src/browser/device-memory.ts';
import { openTab } from '../src/browser/pages.ts';
import { text } from '../src/core/text.ts';
import { isBusy } from '../src/flash/run/device-run.ts';
import { CheckList } from '../src/ui/check-list.tsx';
import { failureWords } from '../src/ui/failure-words.ts';
import { Field } from '../src/ui/field.tsx';
import { said } from '../src/ui/said.tsx';
import { needsWarning, parseAddress } from '../src/zeroconf/device/address.ts';
import { deviceChecks } from '../src/zeroconf/device/suitability.ts';
import { DeviceFacts, OtherFacts } from './device-facts.tsx';
import listStyles from './lists.module.css';
import { askInfo, deviceForm } from './next-action.ts';
import type { Steps } from './steps.ts';
import type { Store } from './store.ts';
import { FoundDevices } from './this-computer/found-devices.tsx';
import { ByHand } from './tools/by-hand.tsx';
import { DeviceTools } from './tools/device-tools.tsx';

/** Which device, and what it said. */
export function DeviceStep({
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
  const { device, address: asked } = store.run.value;
  const draft = store.draft.value;
  const touched = useSignal(draft.address !== '');
  const address = parseAddress(draft.address);
  const wantsId =
    draft.deviceid !== '' || (device.state === 'failed' && device.failure.kind === 'deviceid-needed');
  return (
    <>
      <form
        id={deviceForm}
        class="stack tight"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          touched.value = true;
          askInfo({ store, steps });
        }}
      >
        <Field
          id="device-address"
          label={said(text('popup_device_address', 'Device address'))}
          placeholder="192.168.1.104"
          value={draft.address}
          onText={(typed) => {
            touched.value = true;
            store.edit({ address: typed });
          }}
          error={touched.value && !address.ok ? failureWords(address.failure) : null}
          warning={warningOf(address)}
          hint={
            draft.address !== ''
              ? null
              : said(
                  text(
                    'popup_address_hint',
                    'The address your router gave the device, or its name such as {name}.',
                    { name: 'eWeLink_1000abcdef.local' },
                  ),
                )
          }
        />
        {wantsId && (
          <Field
            id="device-id"
            label={said(text('popup_fact_id', 'Device ID'))}
            value={draft.deviceid}
            onText={(deviceid) => store.edit({ deviceid })}
            hint={said(
              text(
                'popup_id_hint',
                'The characters after {prefix} in the name of the device’s own Wi-Fi network.',
                { prefix: 'ITEAD-' },
              ),
            )}
          />
        )}
      </form>
      <FoundDevices
        found={store.thisComputer.value.found}
        typed={draft.address}
        disabled={isBusy(store.run.value)}
        choose={(chosen) => store.edit({ address: chosen, deviceid: '' })}
      />
      {device.state === 'done' ? (
        <>
          <DeviceFacts info={device.value} host={asked?.host ?? ''} />
          <DeviceDetails store={store} />
        </>
      ) : null}
      <DeviceTools run={store.run.value} guarding={store.guarding.value} tools={store.tools} />
      <RememberedDevices store={store} />
      {draft.address === '' && <OtherPages />}
      {inTab && !wide && (
        <ByHand
          address={address.ok ? address.value : null}
          guarding={store.guarding.value}
          tools={store.tools}
        />
      )}
    </>
  );
}

/** For those who have no address to type yet, or many. */
function OtherPages() {
  return (
    <p class="row">
      <button type="button" class="link" onClick={() => openTab('popup/guide.html#pairing')}>
        {said(text('popup_to_pairing', 'Get a device into DIY mode'))}
      </button>
      <a href="devices.html">{said(text('popup_devices', 'Several devices'))}</a>
    </p>
  );
}

function warningOf(address: ReturnType<typeof parseAddress>): string | null {
  const warning = address.ok ? needsWarning(address.value) : null;
  return warning === null ? null : said(warning);
}

/** The checks on the device, and what else it said. */
export function DeviceDetails({ store }: { readonly store: Store }) {
  const { device, unlock } = store.run.value;
  if (device.state !== 'done') return null;
  return (
    <>
      <CheckList
        checks={deviceChecks(device.value)}
        label={said(text('popup_device_checks', 'Checks on the device'))}
        // Every new device is locked: that is where it starts, not what is wrong with it.
        steps={device.value.otaUnlock === false && unlock.state !== 'failed' ? ['device-unlocked'] : []}
      />
      <OtherFacts info={device.value} />
    </>
  );
}

function RememberedDevices({ store }: { readonly store: Store }) {
  const { device, unlock } = store.run.value;
  const busy = device.state === 'working' || unlock.state === 'working';
  const others = store.devices.value.filter(({ host }) => host !== store.draft.value.address);
  if (others.length === 0) return null;
  return (
    <details>
      <summary>
        {said(text('popup_seen_before', 'Devices seen before ({number})', { number: others.length }))}
      </summary>
      <ul class={listStyles.remembered}>
        {others.map(({ host, deviceid, fwVersion }) => (
          <li key={host} class="row">
            <button
              type="button"
              class="link"
              disabled={busy}
              onClick={() => store.edit({ address: host, deviceid: '' })}
            >
              {host}
            </button>
            <span class="hint">{[deviceid, fwVersion].filter(Boolean).join(', ')}</span>
            <button
              type="button"
              class="link"
              aria-label={said(text('popup_forget_device', 'Forget {host}', { host }))}
              onClick={() => forgetDevice(host)}
            >
              {said(text('popup_forget', 'Forget'))}
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
