import { useEffect, useMemo } from 'preact/hooks';
import type { Clock } from '../../src/core/clock.ts';
import { text } from '../../src/core/text.ts';
import type { FlashState } from '../../src/flash/state.ts';
import { afterCycles, beforeCycles, lostBeat, momentAt } from '../../src/pairing/afterwards/power-cycles.ts';
import { Said } from '../../src/ui/said.tsx';
import beat from './beat.module.css';
import styles from './guide.module.css';
import { needPower } from './need-power.ts';
import { clockFace, createStopwatch } from './stopwatch.ts';

/** The beat for the seven power cycles. It gives the orders and never counts what was really done. */
export function Metronome({ clock, state }: { readonly clock: Clock; readonly state: FlashState }) {
  const stopwatch = useMemo(() => createStopwatch(clock), [clock]);
  useEffect(() => () => stopwatch.stop(), [stopwatch]);
  const hosts = needPower(state);
  const refused = hosts.length > 0;
  useEffect(() => {
    if (refused) stopwatch.stop();
  }, [refused, stopwatch]);
  const elapsed = stopwatch.elapsed.value;
  const moment = elapsed === null ? null : momentAt(elapsed);
  return (
    <section class={styles.part} aria-labelledby="metronome-title">
      <h3 id="metronome-title">
        <Said text={text('guide_metronome', 'If its network does not appear: seven power cycles')} />
      </h3>
      <ul class={styles.dots}>
        {beforeCycles.map((sentence) => (
          <li key={sentence.id}>
            <Said text={sentence} />
          </li>
        ))}
      </ul>
      {refused && (
        <p class="note bad" role="alert">
          <Said
            text={text(
              'guide_metronome_refused',
              'Do not cut any power now: the device at {hosts} may be downloading or hold half an image.',
              { hosts: { all: hosts } },
            )}
          />
        </p>
      )}
      <div class="row">
        <button type="button" class="primary" disabled={refused} onClick={stopwatch.start}>
          {elapsed === null ? (
            <Said text={text('guide_metronome_start', 'Start the beat')} />
          ) : (
            <Said text={text('guide_metronome_again', 'Start the beat again')} />
          )}
        </button>
        {moment !== null && (
          <button type="button" onClick={stopwatch.stop}>
            <Said text={text('guide_metronome_stop', 'Stop the beat')} />
          </button>
        )}
      </div>
      {moment !== null && (
        <div class={`${beat.beat} ${beat[moment.beat.power]}`}>
          <p role="status" class={beat.order}>
            <Said text={moment.says} />
          </p>
          {moment.left !== null && (
            <span role="timer" class={beat.timer}>
              {clockFace(moment.left)}
            </span>
          )}
        </div>
      )}
      {moment !== null && !moment.isLast && (
        <p class="hint">
          <Said text={lostBeat} />
        </p>
      )}
      {moment?.isLast === true && (
        <ul class={styles.dots}>
          {afterCycles.map((sentence) => (
            <li key={sentence.id}>
              <Said text={sentence} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
