import { type Text, text } from '../src/core/text.ts';
import { isFlashing } from '../src/flash/run/device-run.ts';
import { said } from '../src/ui/said.tsx';
import styles from './footer.module.css';
import { GuardedButton } from './guarded-button.tsx';
import { type NextAction, stoppableIn } from './next-action.ts';
import type { StepName } from './present-step.ts';
import type { Store } from './store.ts';

/** The one next button, always in the same place, and the way back beside it. */
export function Footer({
  store,
  step,
  next,
}: {
  readonly store: Store;
  readonly step: StepName;
  readonly next: NextAction | null;
}) {
  const hint = hintOf(step, store);
  return (
    <footer class={styles.footer}>
      {next !== null && (
        <GuardedButton
          deed={next.deed}
          class={next.deed === 'flash' ? 'danger' : 'primary'}
          enabled={next.enabled}
          form={next.form}
          press={next.press}
        >
          {said(next.label)}
        </GuardedButton>
      )}
      {hint !== null && <small class={styles.hint}>{said(hint)}</small>}
      <WayBack store={store} step={step} />
    </footer>
  );
}

function WayBack({ store, step }: { readonly store: Store; readonly step: StepName }) {
  const stoppable = stoppableIn(step, store);
  if (stoppable === 'watch') {
    return (
      <GuardedButton deed="watch" class={styles.back} press={() => store.stop('watch')}>
        {said(text('popup_stop_watching', 'Stop watching'))}
      </GuardedButton>
    );
  }
  if (stoppable !== null) {
    return (
      <GuardedButton deed={stoppable} class={styles.back} press={() => store.stop(stoppable)}>
        {said(text('popup_cancel', 'Cancel'))}
      </GuardedButton>
    );
  }
  if (store.run.value.flash.stage === 'ended') {
    return (
      <GuardedButton deed="start-over" class={styles.back} press={() => store.startOver()}>
        {said(text('popup_start_over', 'Start over'))}
      </GuardedButton>
    );
  }
  return null;
}

function hintOf(step: StepName, store: Store): Text | null {
  const { flash } = store.run.value;
  if (step === 'flash' && isFlashing(flash) && flash.stage !== 'checking')
    return text('popup_may_close', 'You may close this window: the browser goes on.');
  if (flash.stage !== 'idle' || stoppableIn(step, store) !== null) return null;
  if (step === 'device') return text('popup_info_harmless', 'Nothing is changed on the device.');
  if (step === 'firmware') return text('popup_fetch_harmless', 'The device is not asked for this.');
  if (step === 'flash') return text('popup_one_way', 'One way: the original firmware cannot be restored.');
  return null;
}
