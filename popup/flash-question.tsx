import { useSignal } from '@preact/signals';
import type { Check } from '../src/core/check.ts';
import { text } from '../src/core/text.ts';
import type { FlashPlan } from '../src/flash/run/device-run.ts';
import { Facts } from '../src/ui/facts.tsx';
import { said } from '../src/ui/said.tsx';
import styles from './question-dialog.module.css';
import { QuestionDialog } from './question-dialog.tsx';

/** Asks once, naming the plan. Answers with the ids of the warnings that were ticked, or null for "no". */
export function FlashQuestion({
  plan,
  warnings,
  answer,
}: {
  readonly plan: FlashPlan;
  readonly warnings: readonly Check[];
  readonly answer: (confirmed: readonly string[] | null) => void;
}) {
  const ticked = useSignal<readonly string[]>([]);
  const all = warnings.every(({ id }) => ticked.value.includes(id));

  return (
    <QuestionDialog
      title={said(
        text('popup_question', 'Flash {file} to {host}?', { file: plan.url.file, host: plan.address.host }),
      )}
      yes={said(text('popup_yes', 'Flash {file}', { file: plan.url.file }))}
      ready={all}
      answer={(which) => answer(which === 'yes' ? ticked.value : null)}
    >
      <p>{said(text('popup_no_way_back', 'The original firmware cannot be restored.'))}</p>
      <Facts
        label={said(text('popup_plan', 'What is going to happen'))}
        facts={[
          [
            said(text('popup_fact_id', 'Device ID')),
            plan.deviceid ?? said(text('popup_unrecognisable', 'not told: unrecognisable')),
          ],
          [
            said(text('popup_fact_version', 'Firmware version')),
            plan.fwVersion ?? said(text('popup_not_told', 'not told')),
          ],
          [said(text('popup_fact_address', 'Address')), plan.address.host],
          [said(text('popup_fact_gets', 'Gets')), said(plan.title)],
          [said(text('popup_fact_from', 'From')), plan.url.href],
          [said(text('popup_fact_digest', 'Digest')), plan.digest],
        ]}
      />
      {warnings.map(({ id, sentence }) => (
        <label key={id} class={styles.tick}>
          <input
            type="checkbox"
            checked={ticked.value.includes(id)}
            onChange={(event) => {
              const others = ticked.value.filter((other) => other !== id);
              ticked.value = event.currentTarget.checked ? [...others, id] : others;
            }}
          />
          <span>{said(sentence)}</span>
        </label>
      ))}
      <p>{said(text('popup_until_over', 'Do not cut the device’s power until this is over.'))}</p>
    </QuestionDialog>
  );
}
