import { useSignal } from '@preact/signals';
import type { Check } from '../src/core/check.ts';
import type { FlashPlan } from '../src/flash/run/device-run.ts';
import { Facts } from '../src/ui/facts.tsx';
import { said } from '../src/ui/said.tsx';
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
      title={`Flash ${plan.url.file} to ${plan.address.host}?`}
      yes={`Flash ${plan.url.file}`}
      ready={all}
      answer={(which) => answer(which === 'yes' ? ticked.value : null)}
    >
      <p>The original firmware cannot be restored.</p>
      <Facts
        label="What is going to happen"
        facts={[
          ['Device ID', plan.deviceid ?? 'not told: unrecognisable'],
          ['Firmware version', plan.fwVersion ?? 'not told'],
          ['Address', plan.address.host],
          ['Gets', said(plan.title)],
          ['From', plan.url.href],
          ['Digest', plan.digest],
        ]}
      />
      {warnings.map(({ id, sentence }) => (
        <label key={id} class="tick">
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
      <p>Do not cut the device’s power until this is over.</p>
    </QuestionDialog>
  );
}
