import type { Text } from '../../src/core/text.ts';
import type { LedPattern } from '../../src/pairing/led.ts';
import { said } from '../../src/ui/said.tsx';
import { blinkingWords, DarkLamp, Lamp, Strip, useBlinking } from './lamp.tsx';
import styles from './led.module.css';

/** What the LED should show now, drawn and said; a click on it stops the blinking. */
export function ExpectedLed({ pattern, says }: { readonly pattern: LedPattern; readonly says: Text }) {
  const moves = useBlinking();
  const blinks = moves.value;
  const words = said(blinkingWords(blinks));
  return (
    <div class={styles.expected}>
      <button
        type="button"
        class={styles.drawn}
        aria-label={words}
        title={words}
        onClick={() => {
          moves.value = !blinks;
        }}
      >
        <Lamp pattern={pattern} blinks={blinks} />
      </button>
      <div class={styles.words}>
        <p class="hint">{said(says)}</p>
        <div class={styles.rhythm}>
          <Strip pattern={pattern} />
        </div>
      </div>
    </div>
  );
}

/** The LED off, and what that means. */
export function ExpectedDark({ says }: { readonly says: Text }) {
  return (
    <div class={styles.expected}>
      <div class={styles.drawn}>
        <DarkLamp />
      </div>
      <p class="hint">{said(says)}</p>
    </div>
  );
}
