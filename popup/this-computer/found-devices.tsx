import { text } from '../../src/core/text.ts';
import type { FoundDevice } from '../../src/flash/this-computer/state.ts';
import { Said, said } from '../../src/ui/said.tsx';

/** Devices that announce themselves in the network: one click fills the address in. */
export function FoundDevices({
  found,
  typed,
  disabled,
  choose,
}: {
  readonly found: readonly FoundDevice[];
  /** The address that stands in the field already. */
  readonly typed: string;
  readonly disabled: boolean;
  choose(address: string): void;
}) {
  const others = found.filter(({ address }) => address !== typed);
  if (others.length === 0) return null;
  return (
    <div class="stack tight">
      <p class="hint">
        <Said text={text('this_computer_found', 'In your network:')} />
      </p>
      <ul aria-label={said(text('this_computer_found_list', 'Devices in your network'))}>
        {others.map(({ deviceId, address, kind, mode }) => (
          <li key={deviceId} class="row">
            <button type="button" class="link" disabled={disabled} onClick={() => choose(address)}>
              {address}
            </button>
            <span class="hint">
              {deviceId}, {kind}
              {mode === 'encrypted' && (
                <>
                  {', '}
                  <Said text={text('this_computer_found_not_diy', 'not in DIY mode')} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
