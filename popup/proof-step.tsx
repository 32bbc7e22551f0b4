import { text } from '../src/core/text.ts';
import { isProved, ownNetworkHost } from '../src/flash/run/proof.ts';
import { FailureNote } from '../src/ui/failure-note.tsx';
import { failureWords } from '../src/ui/failure-words.ts';
import { Field } from '../src/ui/field.tsx';
import { MoreAbout } from '../src/ui/more-about.tsx';
import { Said, said } from '../src/ui/said.tsx';
import { parseAddress } from '../src/zeroconf/device/address.ts';
import { askProof, proofForm } from './next-action.ts';
import { OutcomeNote, PageLink } from './outcome-note.tsx';
import type { Store } from './store.ts';

/** How it ended, and a look that can prove it. */
export function ProofStep({ store }: { readonly store: Store }) {
  const { flash } = store.run.value;
  const { whereItRuns } = store.draft.value;
  if (flash.stage !== 'ended') return null;
  const address = parseAddress(whereItRuns);
  const { outcome, plan } = flash;
  return (
    <>
      <OutcomeNote outcome={outcome} host={outcome.runsAt ?? plan.address.host} />
      <form
        id={proofForm}
        class="stack tight"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          askProof({ store });
        }}
      >
        <Field
          id="where-it-runs"
          label={said(text('popup_where_it_runs', 'Where it runs'))}
          value={whereItRuns}
          onText={(typed) => store.edit({ whereItRuns: typed })}
          error={address.ok ? null : failureWords(address.failure)}
        />
        {!isProved(outcome) && whereItRuns !== ownNetworkHost && (
          <p class="hint">
            <Said
              text={text(
                'popup_own_network',
                'Or join the Wi-Fi of the device (tasmota-…), where it is always at {host}.',
                { host: ownNetworkHost },
              )}
              marked={{
                host: (words) => (
                  <button
                    type="button"
                    class="link"
                    onClick={() => store.edit({ whereItRuns: ownNetworkHost })}
                  >
                    {words}
                  </button>
                ),
              }}
            />
          </p>
        )}
      </form>
    </>
  );
}

/** What the last look has found. */
export function ProofNews({ store }: { readonly store: Store }) {
  const { proof } = store.run.value;
  if (proof === null || proof.look.state === 'idle') return null;
  const { look, address } = proof;
  switch (look.state) {
    case 'working': {
      const says = said(text('popup_checking', 'Looking at {host}…', { host: address.host }));
      return (
        <div class="note" role="status">
          <p>{says}</p>
          <progress aria-label={says} />
        </div>
      );
    }
    case 'failed':
      return <FailureNote failure={look.failure} />;
    case 'done': {
      const { says, remark, proves, trouble } = look.value;
      // What it proves stands in the outcome.
      if (proves) return null;
      return (
        <div class={remark === null ? 'note' : 'note warn'} role="status">
          <p>{said(says)}</p>
          {remark === null ? (
            <PageLink host={address.host} />
          ) : (
            <p>
              {said(remark)} <MoreAbout trouble={trouble} />
            </p>
          )}
        </div>
      );
    }
  }
}
