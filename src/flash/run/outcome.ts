import { type Assured, beside, lessAssured, wholeSentence } from '../../core/assurance.ts';
import { type Text, text } from '../../core/text.ts';
import { longestDownload } from '../../zeroconf/client/longest-download.ts';
import type { ZeroconfFailure } from '../../zeroconf/errors/zeroconf-failure.ts';
import type { Conclusion, Watch } from '../watch/advance-watch.ts';
import { doNotCutPower, enterOwnNetwork, joinTasmota } from './sentences.ts';

/** How a flash ended, as far as anybody can know. */
export const outcomeKinds = [
  'flashed',
  'probably-flashed',
  'not-flashed',
  'do-not-restart',
  'unknown',
] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

/**
 * What a flash leaves behind. `as-it-was`: it changed nothing. `new-firmware`: the device is thought to run
 * another firmware. `in-doubt`: it may hold half an image or be busy with one, so it must keep its power.
 * `stopped-midway`: it has given up by its own word; it must keep its power until it has answered to Info.
 */
export const leavings = ['as-it-was', 'new-firmware', 'in-doubt', 'stopped-midway'] as const;
export type Leaves = (typeof leavings)[number];

/**
 * The end of a run: what happened, what state the device is in, and what to do now, step by step. To be shown by
 * `wholeSentence`.
 */
export interface Outcome extends Assured {
  readonly kind: OutcomeKind;
  readonly leaves: Leaves;
  /** Whether the device may be downloading still, as far as anybody has seen. */
  readonly mayDownload: boolean;
  readonly title: Text;
  readonly steps: readonly Text[];
  /** The host at which a person's own look has found the new firmware. */
  readonly runsAt?: string;
}

/** Sources: tasmota/docs Device-Recovery, njh/sonoff-ota-flash-cli#4 and #5 (seven power cycles), itead#75 (mobile data). */
const findAccessPoint: readonly Text[] = [
  text('flash_find_wait', 'Leave the device powered for five minutes.'),
  text('flash_find_info', 'Press Info. If it answers as a Sonoff after all, do not cut its power.'),
  joinTasmota,
  enterOwnNetwork,
  text(
    'flash_find_power',
    'No such network? Cut the power for 30 seconds, then switch it on and off six times, two seconds each, and leave it on the seventh time.',
  ),
];

const keepItPowered: readonly Text[] = [
  doNotCutPower,
  text('flash_keep_info', 'Press Info to see whether it still answers.'),
  text(
    'flash_keep_again',
    'If it does, check the image and the mirror, and press Flash again: a good download over a damaged one is what saves it.',
  ),
];

const waitAndKeepPowered: readonly Text[] = [
  doNotCutPower,
  text('flash_wait', 'Wait {span}. The device may still be downloading.', {
    span: { span: longestDownload.ms },
  }),
  text('flash_wait_info', 'Then press Info to see whether it still answers as a Sonoff.'),
  text('flash_wait_again', 'If it does, check the image and the mirror, and press Flash again.'),
];

const halfAnImage = text(
  'flash_half_an_image',
  'The download failed, or its digest did not match; then a restart would brick it.',
);
const notFlashedTitle = text('flash_not_flashed', 'Not flashed');
const nobodyKnows = text('flash_nobody_knows', 'Nobody knows');

const ends: Record<Conclusion | 'interrupted' | 'came-back', (accepted: boolean) => Outcome> = {
  tasmota: () => ({
    kind: 'flashed',
    leaves: 'new-firmware',
    mayDownload: false,
    title: text('flash_flashed', 'Flashed'),
    sentence: text('flash_tasmota', 'Tasmota answers at the address where the Sonoff was.'),
    steps: [
      text('flash_tasmota_open', 'Open the address in a browser tab and set the device up.'),
      text('flash_tasmota_reset', 'Send {command} in its console before the first upgrade.', {
        command: 'Reset 5',
      }),
    ],
  }),
  gone: (accepted) =>
    accepted
      ? {
          kind: 'probably-flashed',
          leaves: 'new-firmware',
          mayDownload: true,
          title: text('flash_probably', 'Probably flashed'),
          sentence: text(
            'flash_gone_accepted',
            'The device accepted the image and has left the network, as it does when it starts new firmware. Nothing on your network can prove it from here.',
          ),
          steps: findAccessPoint,
        }
      : {
          kind: 'unknown',
          leaves: 'new-firmware',
          mayDownload: true,
          title: text('flash_perhaps', 'Perhaps flashed'),
          sentence: text(
            'flash_gone',
            'The device never answered the request and has left the network. It may have taken the image: an empty answer can be a success.',
          ),
          steps: findAccessPoint,
        },
  'still-sonoff': (accepted) => ({
    kind: 'not-flashed',
    leaves: 'in-doubt',
    // It was watched for longer than any download lasts.
    mayDownload: false,
    title: notFlashedTitle,
    sentence: accepted
      ? text(
          'flash_still_sonoff_accepted',
          'The device accepted the request but still runs its original firmware after five minutes. {danger}',
          { danger: halfAnImage },
        )
      : text(
          'flash_still_sonoff',
          'The device still runs its original firmware after five minutes. Perhaps it never started to download. If it did, a restart could brick it.',
        ),
    steps: keepItPowered,
  }),
  unclear: () => ({
    kind: 'unknown',
    leaves: 'in-doubt',
    mayDownload: true,
    title: nobodyKnows,
    sentence: text(
      'flash_unclear',
      'In five minutes, nothing at the address of the device has said what it is. The device may have taken the image.',
    ),
    steps: waitAndKeepPowered,
  }),
  interrupted: () => ({
    kind: 'unknown',
    leaves: 'in-doubt',
    mayDownload: true,
    title: nobodyKnows,
    sentence: text(
      'flash_interrupted',
      'Watching was stopped before there was anything to see. The device may have taken the image.',
    ),
    steps: waitAndKeepPowered,
  }),
  'came-back': () => ({
    kind: 'unknown',
    leaves: 'in-doubt',
    mayDownload: true,
    title: text('flash_came_back_title', 'Not flashed, it seems'),
    sentence: text('flash_came_back', 'The device was gone, but answers as a Sonoff again. {danger}', {
      danger: halfAnImage,
    }),
    steps: waitAndKeepPowered,
  }),
};

/**
 * The outcome that a watch leads to; `interrupted` when a person stopped watching, `came-back` when a device that
 * was thought to be flashed answers as a Sonoff later.
 */
export function outcomeOf(
  conclusion: Conclusion | 'interrupted' | 'came-back',
  { accepted }: Pick<Watch, 'accepted'>,
): Outcome {
  const outcome = ends[conclusion](accepted);
  if (outcome.kind === 'flashed') return outcome;
  const isAccepted = accepted && (conclusion === 'gone' || conclusion === 'still-sonoff');
  return { ...outcome, trouble: `outcome-${conclusion}${isAccepted ? '-accepted' : ''}` };
}

/** The outcome of an `ota_flash` that the device answered with a refusal. */
export function outcomeOfRefusal(failure: ZeroconfFailure): Outcome {
  const { device, sentence, action, trouble } = failure;
  switch (device) {
    case 'do-not-restart':
      return {
        kind: 'do-not-restart',
        leaves: 'in-doubt',
        mayDownload: false,
        title: text('flash_do_not_restart', 'Do not restart the device'),
        sentence,
        ...beside({ trouble }),
        steps: [action, ...keepItPowered],
      };
    case 'stopped-midway':
      return {
        kind: 'not-flashed',
        leaves: 'stopped-midway',
        mayDownload: false,
        title: text('flash_keep_power', 'Not flashed. Keep its power'),
        sentence,
        ...beside({ trouble }),
        steps: [text('flash_until_info', 'Do not cut its power until it has answered to Info.'), action],
      };
    default:
      return notFlashed({ sentence, ...beside(failure) }, action);
  }
}

/** The outcome when the flash ended before `ota_flash` was sent; `trouble` as in `Assured`. */
export function nothingSent(sentence: Text, action: Text, trouble: string | undefined): Outcome {
  return notFlashed({ sentence, ...beside({ assurance: 'nothing-changed', trouble }) }, action);
}

function notFlashed(what: Assured, action: Text): Outcome {
  return {
    kind: 'not-flashed',
    leaves: 'as-it-was',
    mayDownload: false,
    title: notFlashedTitle,
    ...what,
    steps: [action],
  };
}

/**
 * `outcome` for a device which an earlier flash left in doubt: what was true before is still true, and must not be
 * covered by news that sound harmless.
 */
export function stillInDoubt(outcome: Outcome, { leaves }: Outcome): Outcome {
  const { steps } = outcome;
  const isGraver = leaves === 'in-doubt' && outcome.leaves === 'stopped-midway';
  if (outcome.leaves !== 'as-it-was' && !isGraver) return outcome;
  return {
    kind: 'do-not-restart',
    leaves,
    mayDownload: false,
    title: text('flash_not_flashed_no_restart', 'Not flashed. Do not restart the device'),
    sentence: text(
      'flash_still_in_doubt',
      '{sentence} But the flash before this one may have left half an image there, and a restart could brick the device.',
      { sentence: wholeSentence(lessAssured(outcome)) },
    ),
    trouble: 'outcome-still-in-doubt',
    steps: [doNotCutPower, ...steps],
  };
}
