import { text } from '../src/core/text.ts';
import { isFlashing } from '../src/flash/run/device-run.ts';
import { CheckList } from '../src/ui/check-list.tsx';
import { Said, said } from '../src/ui/said.tsx';
import { DeviceFacts } from './device-facts.tsx';
import { FlashProgress } from './flash-progress.tsx';
import { isOver } from './present-step.ts';
import type { Store } from './store.ts';
import { FlashParts } from './this-computer/flash-parts.tsx';

/** The plan, and how it goes. */
export function FlashStep({ store }: { readonly store: Store }) {
  const { flash, device, address } = store.run.value;
  const { plan, checks } = store.preflight.value;
  const parts = <FlashParts flash={flash} state={store.thisComputer.value} />;
  if (isFlashing(flash)) {
    return (
      <>
        <FlashProgress flash={flash} />
        {parts}
      </>
    );
  }
  if (isOver(flash)) return parts;
  return (
    <>
      {plan !== null && (
        <p>
          <Said
            text={text('popup_flash_ready', 'All is checked. This puts {title} on {host}.', {
              title: plan.title,
              host: plan.address.host,
            })}
            marked={{
              title: (words) => <strong>{words}</strong>,
              host: (words) => <strong>{words}</strong>,
            }}
          />
        </p>
      )}
      {device.state === 'done' && <DeviceFacts info={device.value} host={address?.host ?? ''} />}
      <CheckList
        isBrief
        checks={checks}
        label={said(text('popup_flash_checks', 'Checks before the flash'))}
      />
    </>
  );
}
