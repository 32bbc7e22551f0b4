import { type Text, text } from '../src/core/text.ts';
import { type Flash, isFlashing } from '../src/flash/run/device-run.ts';
import { CheckList } from '../src/ui/check-list.tsx';
import { Elapsed } from '../src/ui/elapsed.tsx';
import { FailureNote } from '../src/ui/failure-note.tsx';
import { WayToGoodMirror } from '../src/ui/mirror-answers.tsx';
import { ProgressBar } from '../src/ui/progress-bar.tsx';
import { said } from '../src/ui/said.tsx';
import { DamageNote } from './damage-note.tsx';
import { DoubtNote, OutcomeNote } from './outcome-note.tsx';
import { isOver, type StepName } from './present-step.ts';
import { ProofNews } from './proof-step.tsx';
import type { Store } from './store.ts';
import { EndedDownloads } from './this-computer/ended-downloads.tsx';
import { typedOtherwise } from './typed-otherwise.ts';

/** What is new, whichever step is open: doubts and refusals always, and what became of the step itself. */
export function News({ store, step }: { readonly store: Store; readonly step: StepName }) {
  const { flash } = store.run.value;
  const refusal = store.refusal.value;
  const otherwise = typedOtherwise(store);
  return (
    <>
      <DamageNote damage={store.damage} />
      <EndNews flash={flash} step={step} />
      {isFlashing(flash) && flash.stage !== 'checking' && step !== 'flash' && (
        <p class="note warn" role="status">
          {said(text('popup_keep_power', 'Do not cut its power.'))}
        </p>
      )}
      <OthersFirst says={store.othersFirst.value} />
      <EndedDownloads flash={flash} state={store.thisComputer.value} />
      <StepNews store={store} step={step} />
      {otherwise !== null && !isFlashing(flash) && !isOver(flash) && (
        <p class="note warn" role="status">
          {said(otherwise.says)}
        </p>
      )}
      {refusal !== null && (
        <p class="note warn" role="alert">
          {said(refusal)}
        </p>
      )}
    </>
  );
}

/** Why the next button is off, though nothing is wrong with this device. */
function OthersFirst({ says }: { readonly says: Text | null }) {
  if (says === null) return null;
  return (
    <div class="note" role="status">
      <p>{said(says)}</p>
      <a href="devices.html">{said(text('popup_devices', 'Several devices'))}</a>
    </div>
  );
}

/** How the last flash ended, where that is not the proof's own affair. */
function EndNews({ flash, step }: { readonly flash: Flash; readonly step: StepName }) {
  if (flash.stage !== 'ended' || flash.outcome.leaves === 'new-firmware') return null;
  const { outcome } = flash;
  // Its own step has nothing else to show until the device has answered.
  const isWhole = outcome.leaves === 'as-it-was' || (step === 'flash' && isOver(flash));
  return isWhole ? (
    <OutcomeNote outcome={outcome} host={flash.plan.address.host} />
  ) : (
    <DoubtNote outcome={outcome} />
  );
}

function StepNews({ store, step }: { readonly store: Store; readonly step: StepName }) {
  switch (step) {
    case 'device':
      return <DeviceNews store={store} />;
    case 'unlock':
      return <UnlockNews store={store} />;
    case 'firmware':
      return <FirmwareNews store={store} />;
    case 'proof':
      return <ProofNews store={store} />;
    case 'flash':
      return null;
  }
}

function DeviceNews({ store }: { readonly store: Store }) {
  const { device } = store.run.value;
  if (device.state === 'failed') return <FailureNote failure={device.failure} />;
  return (
    <div role="status" class={device.state === 'working' ? 'note' : 'visually-hidden'}>
      {device.state === 'working' && (
        <>
          <p>{said(text('popup_asking', 'Asking the device…'))}</p>
          <progress aria-label={said(text('popup_asking', 'Asking the device…'))} />
        </>
      )}
    </div>
  );
}

function UnlockNews({ store }: { readonly store: Store }) {
  const { unlock } = store.run.value;
  if (unlock.state === 'failed') return <FailureNote failure={unlock.failure} />;
  if (unlock.state !== 'working') return null;
  return (
    <div class="note" role="status">
      <progress aria-label={said(text('popup_unlocking_bar', 'Unlocking'))} />
      <p>
        {said(text('popup_unlocking_for', 'Unlocking for'))} <Elapsed since={unlock.since} />.{' '}
        {said(
          text(
            'popup_unlocking_usual',
            'It usually takes a second. When the maker’s server does not answer, the device keeps trying for two minutes.',
          ),
        )}
      </p>
    </div>
  );
}

function FirmwareNews({ store }: { readonly store: Store }) {
  const { image, mirror } = store.source.value;
  if (image.state === 'working') {
    return (
      <ProgressBar label={said(text('popup_fetching', 'Fetching the firmware'))} progress={image.progress} />
    );
  }
  if (image.state === 'failed') return <FailureNote failure={image.failure} />;
  if (mirror.state === 'failed') return <FailureNote failure={mirror.failure} />;
  if (mirror.state === 'working') {
    return (
      <div class="note" role="status">
        <p>{said(text('popup_asking_mirror', 'Asking the mirror as the device will…'))}</p>
        <progress aria-label={said(text('popup_asking_mirror', 'Asking the mirror as the device will…'))} />
      </div>
    );
  }
  const failed = store.preflight.value.checks.filter(
    ({ id, answer }) => answer === 'fail' && !id.startsWith('device-'),
  );
  if (failed.length === 0) return null;
  return (
    <div class="note bad" role="alert">
      <CheckList checks={failed} label={said(text('popup_against', 'What speaks against this firmware'))} />
      {mirror.state === 'done' && mirror.value.answer === 'fail' && <WayToGoodMirror />}
    </div>
  );
}
