import type { Progress } from '../flash/step.ts';
import { kilobytes } from './numbers.ts';

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
      <p class="hint">
        {label}
        {progress !== null && `: ${kilobytes(done)}${total === null ? '' : ` of ${kilobytes(total)}`}`}
      </p>
    </div>
  );
}
