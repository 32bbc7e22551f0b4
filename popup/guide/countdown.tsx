import { useEffect, useMemo } from 'preact/hooks';
import type { Clock } from '../../src/core/clock.ts';
import { text } from '../../src/core/text.ts';
import { Said } from '../../src/ui/said.tsx';
import beat from './beat.module.css';
import { clockFace, createStopwatch } from './stopwatch.ts';

/** Counts `lasts` milliseconds down, once somebody has started it. */
export function Countdown({ lasts, clock }: { readonly lasts: number; readonly clock: Clock }) {
  const stopwatch = useMemo(() => createStopwatch(clock), [clock]);
  useEffect(() => () => stopwatch.stop(), [stopwatch]);
  const elapsed = stopwatch.elapsed.value;
  const left = elapsed === null ? lasts : Math.max(0, lasts - elapsed);
  return (
    <span class="row">
      <button type="button" onClick={stopwatch.start}>
        {elapsed === null ? (
          <Said text={text('guide_countdown', 'Count {time} down', { time: { span: lasts } })} />
        ) : (
          <Said text={text('guide_countdown_again', 'Count again')} />
        )}
      </button>
      {elapsed !== null && (
        <span role="timer" class={beat.timer}>
          {clockFace(left)}
        </span>
      )}
      <span role="status" class="hint">
        {left === 0 && <Said text={text('guide_countdown_over', 'The time is over.')} />}
      </span>
    </span>
  );
}
