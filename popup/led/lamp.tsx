import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Text, text } from '../../src/core/text.ts';
import type { LedPattern } from '../../src/pairing/led.ts';
import styles from './led.module.css';
import { dark, litStretches, motionOf } from './led-motion.ts';

/** Whether LEDs are drawn blinking: not where a person wants no motion, until they say so. As a hook. */
export function useBlinking(): Signal<boolean> {
  return useSignal(!matchMedia('(prefers-reduced-motion: reduce)').matches);
}

/** What a button is called that stops the blinking, or begins it. */
export function blinkingWords(blinks: boolean): Text {
  return blinks ? text('popup_led_stop', 'Stop the blinking') : text('popup_led_blink', 'Let it blink');
}

/** The LED itself. */
export function Lamp({ pattern, blinks }: { readonly pattern: LedPattern; readonly blinks: boolean }) {
  const light = useRef<SVGCircleElement>(null);
  useEffect(() => {
    if (!blinks) return undefined;
    const { keyframes, duration } = motionOf(pattern);
    const animation = light.current?.animate([...keyframes], {
      duration,
      iterations: Number.POSITIVE_INFINITY,
    });
    return () => animation?.cancel();
  }, [pattern, blinks]);
  return <Drawing opacity={blinks ? dark : 1} light={light} />;
}

/** The LED, off. */
export function DarkLamp() {
  return <Drawing opacity={dark} />;
}

function Drawing({
  opacity,
  light,
}: {
  readonly opacity: number;
  readonly light?: RefObject<SVGCircleElement | null>;
}) {
  return (
    <svg viewBox="0 0 44 44" class={styles.lamp} aria-hidden="true">
      <circle cx="22" cy="22" r="20" class={styles.ring} />
      <circle cx="22" cy="22" r="13" class={styles.light} opacity={opacity} ref={light ?? null} />
    </svg>
  );
}

/** A still picture of two rounds, so that the pattern is seen as one. */
const rounds = [0, 1];

/** The rhythm of an LED as a strip. */
export function Strip({ pattern }: { readonly pattern: LedPattern }) {
  return (
    <svg viewBox="0 0 200 10" preserveAspectRatio="none" class={styles.strip} aria-hidden="true">
      {rounds.flatMap((round) =>
        litStretches(pattern).map(({ from, to }) => (
          <rect
            key={`${round}-${from}`}
            x={(round + from) * 100}
            y="0"
            width={(to - from) * 100}
            height="10"
          />
        )),
      )}
    </svg>
  );
}
