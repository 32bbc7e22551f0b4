import type { LedPattern } from '../../src/pairing/led.ts';

/** The light of a pattern as keyframes for `Element.animate`, and how many milliseconds one round takes. */
export interface LedMotion {
  readonly keyframes: readonly {
    readonly offset: number;
    readonly opacity: number;
    readonly easing: string;
  }[];
  readonly duration: number;
}

/** How dark the lamp is drawn that is off. */
export const dark = 0.12;

/** `pattern` as something that moves. Light goes on and off at once, as an LED does. */
export function motionOf({ phases }: LedPattern): LedMotion {
  const duration = phases.reduce((sum, { lasts }) => sum + lasts, 0);
  let since = 0;
  const keyframes = phases.map(({ lit, lasts }) => {
    const offset = since / duration;
    since += lasts;
    return { offset, opacity: lit ? 1 : dark, easing: 'step-end' };
  });
  return { keyframes: [...keyframes, { offset: 1, opacity: dark, easing: 'step-end' }], duration };
}

/** A lit stretch of a pattern, from where to where of the whole round (0 to 1), for the still picture. */
export function litStretches({ phases }: LedPattern): { readonly from: number; readonly to: number }[] {
  const whole = phases.reduce((sum, { lasts }) => sum + lasts, 0);
  let since = 0;
  return phases.flatMap(({ lit, lasts }) => {
    const from = since / whole;
    since += lasts;
    return lit ? [{ from, to: since / whole }] : [];
  });
}
