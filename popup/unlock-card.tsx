import { isFlashing } from '../src/flash/run/device-run.ts';
import { unsuitable } from '../src/flash/run/preflight.ts';
import { Elapsed } from '../src/ui/elapsed.tsx';
import { FailureNote } from '../src/ui/failure-note.tsx';
import { RefusalNote } from './refusal-note.tsx';
import type { Store } from './store.ts';

/** Unlocking, which the device does with its maker over the Internet. */
export function UnlockCard({ store }: { readonly store: Store }) {
  const { device, unlock, flash } = store.run.value;
  const known = device.state === 'done' ? device.value : null;
  const unlocked = known?.otaUnlock === true;
  const against = known === null ? null : unsuitable(known);
  const possible =
    known !== null && !unlocked && against === null && unlock.state !== 'working' && !isFlashing(flash);
  return (
    <section class="card unlock" aria-labelledby="unlock-title">
      <h2 id="unlock-title">2. Unlock</h2>
      <p class="hint">
        {unlocked
          ? 'The device accepts other firmware already. There is nothing to do here.'
          : against !== null
            ? 'Not for this device: see the check that failed above.'
            : 'The device asks its maker’s server for permission, so it needs the Internet for this. Nothing else is changed.'}
      </p>
      <div class="row">
        <button
          type="button"
          class="primary"
          disabled={!possible}
          onClick={() => store.command({ command: 'unlock' }, 'unlock')}
        >
          Unlock
        </button>
        {unlock.state === 'working' && (
          <button type="button" onClick={() => store.command({ command: 'stop', what: 'device' }, 'unlock')}>
            Cancel
          </button>
        )}
      </div>
      <RefusalNote store={store} place="unlock" />
      {unlock.state === 'working' && (
        <div class="note" role="status">
          <progress aria-label="Unlocking" />
          <p>
            Unlocking for <Elapsed since={unlock.since} />. It usually takes a second. When the maker’s server
            does not answer, the device keeps trying for two minutes.
          </p>
        </div>
      )}
      {unlock.state === 'failed' && <FailureNote failure={unlock.failure} />}
      {unlock.state === 'done' && (
        <p class="note good" role="status">
          The device is unlocked.
        </p>
      )}
    </section>
  );
}
