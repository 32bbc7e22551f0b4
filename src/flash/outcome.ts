import type { ZeroconfFailure } from '../zeroconf/errors.ts';
import type { Conclusion, Watch } from './watch.ts';

/** How a flash ended, as far as anybody can know. */
export type OutcomeKind = 'flashed' | 'probably-flashed' | 'not-flashed' | 'do-not-restart' | 'unknown';

/** The end of a run: what happened, what state the device is in, and what to do now, step by step. */
export interface Outcome {
  readonly kind: OutcomeKind;
  readonly title: string;
  readonly sentence: string;
  readonly steps: readonly string[];
}

/** Sources: tasmota/docs Device-Recovery, njh/sonoff-ota-flash-cli#4 and #5 (seven power cycles), itead#75 (mobile data). */
const findAccessPoint: readonly string[] = [
  'Leave the device powered for five minutes.',
  'Look for a Wi-Fi network named tasmota-… or tasmota_… and join it. On a phone, switch mobile data off.',
  'Open http://192.168.4.1 and enter your own Wi-Fi. The device offers this for three minutes after each start.',
  'No such network? Cut the power for 30 seconds, then switch it on and off six times, two seconds each, and leave it on the seventh time.',
];

const keepItPowered: readonly string[] = [
  'Do not cut its power.',
  'Press Info to see whether it still answers.',
  'If it does, check the image and the mirror, and press Flash again: a good download over a damaged one is what saves it.',
];

const ends: Record<Conclusion | 'interrupted', (watch: Watch) => Outcome> = {
  tasmota: () => ({
    kind: 'flashed',
    title: 'Flashed',
    sentence: 'Tasmota answers at the address where the Sonoff was.',
    steps: [
      'Open the address in a browser tab and set the device up.',
      'Send Reset 5 in its console before the first upgrade.',
    ],
  }),
  gone: ({ accepted }) => ({
    kind: 'probably-flashed',
    title: 'Probably flashed',
    sentence: accepted
      ? 'The device accepted the image and has left the network, as it does when it starts new firmware. Nothing on your network can prove it from here.'
      : 'The device never answered the request and has left the network. It may have taken the image: an empty answer is often a success.',
    steps: findAccessPoint,
  }),
  'still-sonoff': ({ accepted }) => ({
    kind: 'not-flashed',
    title: 'Not flashed',
    sentence: accepted
      ? 'The device accepted the request but still runs its original firmware after five minutes. The download failed, or its digest did not match; then a restart would brick it.'
      : 'The device still runs its original firmware after five minutes. It seems never to have started.',
    steps: keepItPowered,
  }),
  interrupted: () => ({
    kind: 'unknown',
    title: 'Nobody knows',
    sentence: 'Watching was stopped before there was anything to see. The device may have taken the image.',
    steps: keepItPowered,
  }),
};

/** The outcome that a watch leads to; `interrupted` when a person stopped watching. */
export function outcomeOf(conclusion: Conclusion | 'interrupted', watch: Watch): Outcome {
  return ends[conclusion](watch);
}

/** The outcome of an `ota_flash` that the device answered with a refusal. */
export function outcomeOfRefusal(failure: ZeroconfFailure): Outcome {
  if (failure.device === 'do-not-restart') {
    return {
      kind: 'do-not-restart',
      title: 'Do not restart the device',
      sentence: failure.sentence,
      steps: [failure.action, ...keepItPowered],
    };
  }
  return { kind: 'not-flashed', title: 'Not flashed', sentence: failure.sentence, steps: [failure.action] };
}
