import { useSignal } from '@preact/signals';
import { forgetDevice } from '../src/browser/device-memory.ts';
import { requestDevice } from '../src/browser/permissions.ts';
import { isFlashing } from '../src/flash/run/device-run.ts';
import { CheckList } from '../src/ui/check-list.tsx';
import { FailureNote } from '../src/ui/failure-note.tsx';
import { Field } from '../src/ui/field.tsx';
import { said } from '../src/ui/said.tsx';
import { needsWarning, parseAddress } from '../src/zeroconf/device/address.ts';
import { deviceChecks } from '../src/zeroconf/device/suitability.ts';
import { DeviceFacts } from './device-facts.tsx';
import { RefusalNote } from './refusal-note.tsx';
import type { Store } from './store.ts';
import { FoundDevices } from './this-computer/found-devices.tsx';
import { DeviceTools } from './tools/device-tools.tsx';

/** Which device, and what it is. */
export function DeviceCard({ store }: { readonly store: Store }) {
  const { device, flash, unlock } = store.run.value;
  const draft = store.draft.value;
  const touched = useSignal(draft.address !== '');
  const address = parseAddress(draft.address);
  const warning = address.ok ? needsWarning(address.value) : null;
  const busy = device.state === 'working' || unlock.state === 'working' || isFlashing(flash);
  const wantsId =
    draft.deviceid !== '' || (device.state === 'failed' && device.failure.kind === 'deviceid-needed');

  const info = (event: Event) => {
    event.preventDefault();
    touched.value = true;
    if (!address.ok || busy) return;
    // Before anything is awaited: a browser shows its question only in the click itself.
    void requestDevice(address.value).catch(() => {});
    store.command({ command: 'info', address: address.value.host, deviceid: draft.deviceid }, 'device');
  };

  return (
    <section class="card device" aria-labelledby="device-title">
      <h2 id="device-title">1. Device</h2>
      <form class="stack" onSubmit={info} noValidate>
        <Field
          id="device-address"
          label="Device address"
          placeholder="192.168.1.104"
          value={draft.address}
          onText={(text) => {
            touched.value = true;
            store.edit({ address: text });
          }}
          error={
            touched.value && !address.ok
              ? `${said(address.failure.sentence)} ${said(address.failure.action)}`
              : null
          }
          warning={warning === null ? null : said(warning)}
          hint={
            draft.address === ''
              ? 'The address your router gave the device, or its name such as eWeLink_1000abcdef.local.'
              : null
          }
        />
        {wantsId && (
          <Field
            id="device-id"
            label="Device ID"
            value={draft.deviceid}
            onText={(deviceid) => store.edit({ deviceid })}
            hint="The characters after ITEAD- in the name of the device’s own Wi-Fi network."
          />
        )}
        <div class="row">
          <button type="submit" class="primary" disabled={!address.ok || busy}>
            Info
          </button>
          {device.state === 'working' && (
            <button
              type="button"
              onClick={() => store.command({ command: 'stop', what: 'device' }, 'device')}
            >
              Cancel
            </button>
          )}
          <span role="status">{device.state === 'working' && 'Asking the device…'}</span>
        </div>
      </form>
      <RefusalNote store={store} place="device" />
      <FoundDevices
        found={store.thisComputer.value.found}
        typed={draft.address}
        disabled={busy}
        choose={(address) => store.edit({ address, deviceid: '' })}
      />
      <RememberedDevices store={store} busy={busy} />
      {device.state === 'failed' && <FailureNote failure={device.failure} />}
      {device.state === 'done' && (
        <>
          <DeviceFacts info={device.value} host={store.run.value.address?.host ?? ''} />
          <CheckList
            checks={deviceChecks(device.value)}
            label="Checks on the device"
            // Every new device is locked: that is where it starts, not what is wrong with it.
            steps={device.value.otaUnlock === false && unlock.state !== 'failed' ? ['device-unlocked'] : []}
          />
        </>
      )}
      <DeviceTools run={store.run.value} guarding={store.guarding.value} tools={store.tools} />
    </section>
  );
}

function RememberedDevices({ store, busy }: { readonly store: Store; readonly busy: boolean }) {
  const others = store.devices.value.filter(({ host }) => host !== store.draft.value.address);
  if (others.length === 0) return null;
  return (
    <details>
      <summary>Devices seen before ({others.length})</summary>
      <ul class="remembered">
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
              aria-label={`Forget ${host}`}
              onClick={() => forgetDevice(host)}
            >
              Forget
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
