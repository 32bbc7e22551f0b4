import { type Text, text } from '../src/core/text.ts';
import { parseAddress } from '../src/zeroconf/device/address.ts';
import type { StepName } from './present-step.ts';
import type { Store } from './store.ts';

/** What stands in the fields and is not what is known: at which step, and what to do about it. */
export interface TypedOtherwise {
  readonly step: Extract<StepName, 'device' | 'firmware'>;
  readonly says: Text;
}

/** The first field that speaks of something else than what is shown, or null. */
export function typedOtherwise(store: Store): TypedOtherwise | null {
  const { device, address } = store.run.value;
  const { image } = store.source.value;
  const draft = store.draft.value;
  if (store.untouched.value) {
    return {
      step: 'device',
      says: text('popup_link_filled', 'A link has filled fields in. Read them, then press Info.'),
    };
  }
  const typed = parseAddress(draft.address);
  if (device.state === 'done' && (!typed.ok || typed.value.host !== address?.host)) {
    return {
      step: 'device',
      says: text(
        'popup_other_address',
        'The address that you typed is not that of the device that was asked. Press Info.',
      ),
    };
  }
  const { url } = store.chosen.value;
  if (image.state === 'done' && (!url.ok || url.value.href !== image.value.url.href)) {
    return {
      step: 'firmware',
      says: text(
        'popup_other_firmware',
        'The firmware that you chose is not the one that was checked. Press Fetch firmware.',
      ),
    };
  }
  return null;
}
