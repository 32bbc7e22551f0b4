import { type LedPatternId, ledPatterns } from '../../src/pairing/led.ts';
import { Said, said } from '../../src/ui/said.tsx';
import { blinkingWords, Lamp, Strip, useBlinking } from '../led/lamp.tsx';
import styles from './led.module.css';

/** What the LED shows: a lamp that blinks, its rhythm as a strip, and both in words. */
export function Led({ pattern: id }: { readonly pattern: LedPatternId }) {
  const pattern = ledPatterns[id];
  const moves = useBlinking();
  const blinks = moves.value;
  return (
    <figure class={styles.figure}>
      <div class={styles.lamp}>
        <Lamp pattern={pattern} blinks={blinks} />
      </div>
      <figcaption>
        <p>
          <Said text={pattern.looks} />
        </p>
        <div class={styles.strip}>
          <Strip pattern={pattern} />
        </div>
        <p class="hint">
          <Said text={pattern.means} />
        </p>
        <button
          type="button"
          class="link"
          onClick={() => {
            moves.value = !blinks;
          }}
        >
          {said(blinkingWords(blinks))}
        </button>
      </figcaption>
    </figure>
  );
}
