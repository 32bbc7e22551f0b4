import { text } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';
import { DeviceFacts } from './device-facts.tsx';
import { DeviceDetails } from './device-step.tsx';
import type { Store } from './store.ts';

/** Unlocking, which the device does with its maker over the Internet. */
export function UnlockStep({ store, wide }: { readonly store: Store; readonly wide: boolean }) {
  const { device, address } = store.run.value;
  if (device.state !== 'done') return null;
  return (
    <>
      {!wide && <DeviceDetails store={store} />}
      <p class="hint">{said(sentences[device.value.otaUnlock === true ? 'unlocked' : 'how'])}</p>
      <DeviceFacts info={device.value} host={address?.host ?? ''} />
    </>
  );
}

const sentences = {
  unlocked: text(
    'popup_unlock_unneeded',
    'The device accepts other firmware already. There is nothing to do here.',
  ),
  how: text(
    'popup_unlock_how',
    'Every new device is locked. It asks its maker’s server for permission, so it needs the Internet for this. Nothing else is changed.',
  ),
} as const;
