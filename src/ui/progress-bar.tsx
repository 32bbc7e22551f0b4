import { sizeText } from '../core/size.ts';
import { type Text, text } from '../core/text.ts';
import type { Progress } from '../flash/step.ts';
import { said } from './said.tsx';

/** A bar for bytes so far; without a known total it only says that something is going on. */
export function ProgressBar({
  label,
  progress,
}: {
  readonly label: string;
  readonly progress: Progress | null;
}) {
  const total = progress?.total ?? null;
  const done = progress?.received ?? 0;
  return (
    <div class="stack tight">
      <progress
        aria-label={label}
        {...(total === null || progress === null ? {} : { max: total, value: Math.min(done, total) })}
      />
      <p class="hint">{progress === null ? label : said(progressText(label, progress))}</p>
    </div>
  );
}

function progressText(label: string, { received, total }: Progress): Text {
  const done = sizeText(received);
  return total === null
    ? text('ui_progress', '{label}: {done}', { label, done })
    : text('ui_progress_of', '{label}: {done} of {total}', { label, done, total: sizeText(total) });
}
