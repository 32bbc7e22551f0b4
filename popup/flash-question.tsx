import { useSignal } from '@preact/signals';
import type { Check } from '../src/check.ts';
import type { Deed } from '../src/flash/run.ts';
import { Facts } from '../src/ui/facts.tsx';
import { QuestionDialog } from './question-dialog.tsx';

/** Asks once, naming the deed. Answers with the ids of the warnings that were ticked, or null for "no". */
export function FlashQuestion({
  deed,
  warnings,
  answer,
}: {
  readonly deed: Deed;
  readonly warnings: readonly Check[];
  readonly answer: (confirmed: readonly string[] | null) => void;
}) {
  const ticked = useSignal<readonly string[]>([]);
  const all = warnings.every(({ id }) => ticked.value.includes(id));

  return (
    <QuestionDialog
      title={`Flash ${deed.url.file} to ${deed.address.host}?`}
      yes={`Flash ${deed.url.file}`}
      ready={all}
      answer={(which) => answer(which === 'yes' ? ticked.value : null)}
    >
      <p>The original firmware cannot be restored.</p>
      <Facts
        label="What is going to happen"
        facts={[
          ['Device ID', deed.deviceid ?? 'not told: unrecognisable'],
          ['Firmware version', deed.fwVersion ?? 'not told'],
          ['Address', deed.address.host],
          ['Gets', deed.title],
          ['From', deed.url.href],
          ['Digest', deed.digest],
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
          <span>{sentence}</span>
        </label>
      ))}
      <p>Do not cut the device’s power until this is over.</p>
    </QuestionDialog>
  );
}
