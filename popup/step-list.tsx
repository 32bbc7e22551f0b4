import { useSignal } from '@preact/signals';
import { text } from '../src/core/text.ts';
import { said } from '../src/ui/said.tsx';
import { DeviceFacts } from './device-facts.tsx';
import { DeviceStep } from './device-step.tsx';
import { FirmwareStep } from './firmware-step.tsx';
import { FlashStep } from './flash-step.tsx';
import { Log } from './log.tsx';
import { News } from './news.tsx';
import { OpenStep } from './open-step.tsx';
import { type StepName, stepNames } from './present-step.ts';
import { ProofStep } from './proof-step.tsx';
import { stepLines, stepTitles } from './step-lines.ts';
import { StepRow } from './step-row.tsx';
import styles from './steps.module.css';
import type { Steps } from './steps.ts';
import type { Store } from './store.ts';
import { thisComputer } from './this-computer/mirror-choice.tsx';
import { UnlockStep } from './unlock-step.tsx';

interface StepProps {
  readonly store: Store;
  readonly steps: Steps;
  /** Whether the details stand elsewhere. */
  readonly wide: boolean;
  readonly inTab: boolean;
}

const bodies: Readonly<Record<StepName, (props: StepProps) => preact.ComponentChildren>> = {
  device: (props) => <DeviceStep {...props} />,
  unlock: (props) => <UnlockStep {...props} />,
  firmware: (props) => <FirmwareStep {...props} />,
  flash: (props) => <FlashStep {...props} />,
  proof: (props) => <ProofStep {...props} />,
};

/** The steps, one of them open. */
export function StepList({ store, steps, wide, inTab }: StepProps) {
  const byHand = useSignal<StepName | null>(null);
  const open = steps.open.value;
  const present = steps.present.value;
  const run = store.run.value;
  const { url, isThisComputer } = store.chosen.value;
  const typed = isThisComputer ? thisComputer : store.draft.value.firmware;
  const chosen = url.ok ? url.value.file : typed;
  const lines = stepLines(run, store.source.value, store.preflight.value, chosen);
  const isOpenable = (step: StepName) =>
    step === 'device' || step === 'firmware' || step === present || lines[step].look !== 'later';
  return (
    <>
      <p class="visually-hidden" role="status">
        {run.unlock.state === 'done' && said(text('popup_is_unlocked', 'The device is unlocked.'))}
      </p>
      <ol class={styles.steps} aria-label={said(text('popup_steps', 'Steps'))}>
        {stepNames.map((step) =>
          step === open ? (
            <li key={step} class={styles.isOpen} {...(step === present ? { 'aria-current': 'step' } : {})}>
              <OpenStep
                title={stepTitles[step]}
                takesFocus={byHand.value === step}
                typing={steps.keep}
                news={<News store={store} step={step} />}
              >
                {bodies[step]({ store, steps, wide, inTab })}
                {!wide && <Log store={store} />}
              </OpenStep>
            </li>
          ) : (
            <li key={step}>
              <StepRow
                step={step}
                line={lines[step]}
                isPresent={step === present}
                reopen={
                  isOpenable(step)
                    ? () => {
                        byHand.value = step;
                        steps.reopen(step);
                      }
                    : null
                }
              />
              {step === 'device' && open !== 'unlock' && open !== 'flash' && run.device.state === 'done' && (
                <div class="visually-hidden">
                  <DeviceFacts info={run.device.value} host={run.address?.host ?? ''} />
                </div>
              )}
            </li>
          ),
        )}
      </ol>
    </>
  );
}
