import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Check } from '../src/check.ts';
import type { Deed } from '../src/flash/run.ts';
import { Facts } from '../src/ui/facts.tsx';

/**
 * Asks once, naming the deed. Answers with the ids of the warnings that were ticked, or null for "no"; the
 * way out has the focus.
 */
export function FlashQuestion({
  deed,
  warnings,
  answer,
}: {
  readonly deed: Deed;
  readonly warnings: readonly Check[];
  readonly answer: (confirmed: readonly string[] | null) => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const ticked = useSignal<readonly string[]>([]);
  useEffect(() => dialog.current?.showModal(), []);
  const all = warnings.every(({ id }) => ticked.value.includes(id));

  return (
    <dialog
      ref={dialog}
      aria-labelledby="question-title"
      onCancel={(event) => {
        event.preventDefault();
        answer(null);
      }}
    >
      <div class="stack">
        <h2 id="question-title">
          Flash {deed.url.file} to {deed.address.host}?
        </h2>
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
        <div class="row">
          {/* biome-ignore lint/a11y/noAutofocus: in a question about a deed without a way back, the safe answer has the focus */}
          <button type="button" autoFocus onClick={() => answer(null)}>
            Cancel
          </button>
          <button type="button" class="danger" disabled={!all} onClick={() => answer(ticked.value)}>
            Flash {deed.url.file}
          </button>
        </div>
      </div>
    </dialog>
  );
}
