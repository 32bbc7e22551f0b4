import { against, type Check } from '../../core/check.ts';
import { type Text, text } from '../../core/text.ts';
import { deviceObjections } from './device-objections.ts';

/**
 * The floor under which Flash warns, in dBm. Inferred: published devices that were unlocked or flashed show -42 to
 * -71 (captures of 3.5.0 to 3.7.6; the weakest is the D1 of SonoffLAN#251), and below about -75 a 2.4 GHz link
 * starts to lose packets, which is among the reasons for downloads that never end (SonOTA#32, #36, #47, #73).
 */
export const signalFloor = -75;

/** Words for a signal, from the best down; dBm from which they hold. */
const signals = [
  {
    from: -60,
    said: (dBm: number) => text('zeroconf_signal_strong', 'strong ({dBm} dBm)', { dBm }),
    answer: 'pass',
  },
  {
    from: -68,
    said: (dBm: number) => text('zeroconf_signal_good', 'good ({dBm} dBm)', { dBm }),
    answer: 'pass',
  },
  {
    from: signalFloor,
    said: (dBm: number) => text('zeroconf_signal_fair', 'fair ({dBm} dBm)', { dBm }),
    answer: 'pass',
  },
  {
    from: -82,
    said: (dBm: number) => text('zeroconf_signal_weak', 'weak ({dBm} dBm)', { dBm }),
    answer: 'warn',
  },
  {
    from: -120,
    said: (dBm: number) => text('zeroconf_signal_very_weak', 'very weak ({dBm} dBm)', { dBm }),
    answer: 'warn',
  },
] as const;

/** Whether Flash warns of this signal, in dBm. */
export function isBelowFloor(dBm: number): boolean {
  return dBm < signalFloor;
}

/** A signal in words, such as "good (-65 dBm)"; null for what is none. */
function wordsOf(dBm: number | null) {
  if (dBm === null || dBm >= 0) return null;
  const row = signals.find(({ from }) => dBm >= from);
  return row === undefined ? null : { signal: row.said(dBm), answer: row.answer };
}

/** A signal in words, such as "good (-65 dBm)"; "unknown" for null and for what cannot be a signal. */
export function signalWords(dBm: number | null): Text {
  return wordsOf(dBm)?.signal ?? text('zeroconf_signal_unknown', 'unknown');
}

/** Whether the signal is good enough for a download. */
export function signalCheck(dBm: number | null): Check {
  const common = { id: 'device-signal', title: text('zeroconf_check_signal', 'Signal') };
  const words = wordsOf(dBm);
  if (words === null)
    return {
      ...common,
      answer: 'unknown',
      sentence: text('zeroconf_check_no_signal', 'The device does not tell how strong its signal is.'),
    };
  const { signal, answer } = words;
  if (answer === 'pass')
    return {
      ...common,
      answer,
      sentence: text('zeroconf_check_good_signal', 'The Wi-Fi signal at the device is {signal}.', { signal }),
    };
  return { ...common, ...against(deviceObjections.weakSignal, { signal }) };
}
