import { type Text, text } from '../core/text.ts';

/** What the LED of a device can show while it is being paired. */
export type LedPatternId = 'pairing' | 'access-point' | 'no-wifi' | 'joined';

/** A stretch of light or dark. */
export interface LedPhase {
  readonly lit: boolean;
  /** Milliseconds. */
  readonly lasts: number;
}

/**
 * How an LED blinks: its phases, over and over. What blinks how often is reported; how many milliseconds it takes is
 * not, so the times are those that draw it well and flash less than three times a second (WCAG 2.3.1).
 */
export interface LedPattern {
  readonly id: LedPatternId;
  readonly phases: readonly LedPhase[];
  /** What is to be seen. */
  readonly looks: Text;
  /** What it says about the device. */
  readonly means: Text;
  readonly sources: readonly string[];
}

const on = (lasts: number): LedPhase => ({ lit: true, lasts });
const off = (lasts: number): LedPhase => ({ lit: false, lasts });

/** Every pattern that the guide speaks of. */
export const ledPatterns: Readonly<Record<LedPatternId, LedPattern>> = {
  pairing: {
    id: 'pairing',
    phases: [on(180), off(220), on(180), off(220), on(800), off(600)],
    looks: text('pairing_led_pairing', 'The LED flashes twice shortly and once long, over and over.'),
    means: text('pairing_led_pairing_means', 'The device waits for the eWeLink app.'),
    sources: ['support.itead.cc 11000029782'],
  },
  'access-point': {
    id: 'access-point',
    phases: [on(200), off(200)],
    looks: text('pairing_led_access_point', 'The LED blinks fast and without a pause.'),
    means: text('pairing_led_access_point_means', 'The device has opened a Wi-Fi network of its own.'),
    sources: ['protocol v2.0', 'tasmota/docs Sonoff-DIY'],
  },
  'no-wifi': {
    id: 'no-wifi',
    phases: [on(180), off(1020)],
    looks: text('pairing_led_no_wifi', 'The LED flashes once, again and again.'),
    means: text('pairing_led_no_wifi_means', 'The device has not found its Wi-Fi, or was not let in.'),
    sources: ['protocol v1.4'],
  },
  joined: {
    id: 'joined',
    phases: [on(180), off(220), on(180), off(1020)],
    looks: text('pairing_led_joined', 'The LED flashes twice in a row, again and again.'),
    means: text('pairing_led_joined_means', 'The device is in your Wi-Fi and listens.'),
    sources: ['protocol v1.4', 'itead#8'],
  },
};

/** Whether the LED is lit `elapsed` milliseconds after the pattern began. */
export function isLit({ phases }: LedPattern, elapsed: number): boolean {
  const whole = phases.reduce((sum, { lasts }) => sum + lasts, 0);
  let left = elapsed > 0 ? elapsed % whole : 0;
  for (const { lit, lasts } of phases) {
    if (left < lasts) return lit;
    left -= lasts;
  }
  return false;
}
