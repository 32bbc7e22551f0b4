import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { requestPage } from '../../src/browser/permissions.ts';
import type { Clock } from '../../src/core/clock.ts';
import { type Text, text } from '../../src/core/text.ts';
import { devicePage } from '../../src/pairing/names.ts';
import { askInOwnNetwork, type Told } from '../../src/pairing/own-network.ts';
import { Said } from '../../src/ui/said.tsx';

type State =
  | { readonly state: 'idle' | 'asking' | 'refused' }
  | { readonly state: 'told'; readonly told: Told };

/** What came of asking, in a sentence. */
function outcomeOf({ device, page }: Told): Text {
  if (device.kind === 'nothing' && page.kind === 'nothing') {
    return text(
      'guide_ask_silence',
      'Nothing answered at {address}. Nothing has been changed on the device.',
      {
        address: devicePage,
      },
    );
  }
  if (device.kind === 'with-chip' || device.kind === 'plain') {
    return text('guide_ask_id', 'The device answered. Its Device ID is {deviceid}.', {
      deviceid: device.deviceid,
    });
  }
  return text('guide_ask_heard', 'The device answered.');
}

/** Lets the extension itself ask the device in whose network this computer is. */
export function AskDevice({
  clock,
  onTold,
}: {
  readonly clock: Clock;
  readonly onTold: (told: Told) => void;
}) {
  const state = useSignal<State>({ state: 'idle' });
  const stop = useSignal(new AbortController()).value;
  useEffect(() => () => stop.abort(), [stop]);
  const now = state.value;

  const ask = async () => {
    // Before anything is awaited: a browser shows its question only in the click itself.
    const allowed = requestPage(devicePage).catch(() => false);
    state.value = { state: 'asking' };
    if (!(await allowed)) {
      state.value = { state: 'refused' };
      return;
    }
    try {
      const told = await askInOwnNetwork({
        fetch: globalThis.fetch.bind(globalThis),
        clock,
        signal: stop.signal,
      });
      state.value = { state: 'told', told };
      onTold(told);
    } catch (error) {
      if (!stop.signal.aborted) throw error;
    }
  };

  return (
    <div class="row">
      <button type="button" disabled={now.state === 'asking'} onClick={ask}>
        <Said text={text('guide_ask', 'Let the extension ask')} />
      </button>
      <span role="status">
        {now.state === 'asking' && (
          <Said text={text('guide_asking', 'Asking {address}…', { address: devicePage })} />
        )}
        {now.state === 'refused' && (
          <Said
            text={text(
              'guide_ask_refused',
              'The browser was not allowed to ask. Open the address yourself and pick an answer.',
            )}
          />
        )}
        {now.state === 'told' && <Said text={outcomeOf(now.told)} />}
      </span>
    </div>
  );
}
