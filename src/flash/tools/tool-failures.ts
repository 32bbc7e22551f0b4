import { beside } from '../../core/assurance.ts';
import type { Failure } from '../../core/result.ts';
import { type Text, type TextArgument, text } from '../../core/text.ts';
import type { FaultKind } from '../../zeroconf/errors/failure-kind.ts';
import type { Relay } from './relay.ts';

/** What to do when it is not clear any more how the device is. */
const lookAgain = text('flash_tools_look', 'Press Info to see how the device is.');

const identifyAgain = text('flash_identify_again', 'Press Identify again.');

/** How a tool can fail by itself, beside what its requests can end with. */
export type ToolFailureKind =
  | 'fault'
  | 'stopped'
  | 'another-device'
  | 'held'
  | 'no-reply'
  | 'no-relay'
  | 'not-put-back'
  | 'click-unheard'
  | 'not-stored';

function failureOf(kind: ToolFailureKind, sentence: Text, action: Text) {
  return { kind, sentence, action, trouble: `tool-${kind}` } as const;
}

/** What is said when the extension itself failed, or the browser stopped it. */
export const interruptions = {
  fault: failureOf(
    'fault',
    text(
      'flash_tools_fault',
      'The extension itself failed here. The device may have done what it was asked all the same.',
    ),
    lookAgain,
  ),
  stopped: failureOf(
    'stopped',
    text(
      'flash_tools_stopped',
      'The browser stopped the extension in the middle of this. The device may have done what it was asked all the same.',
    ),
    lookAgain,
  ),
} as const;

/** What is said when the device is not the one that the page showed. */
export const another = failureOf(
  'another-device',
  text('flash_tools_another', 'Another device has this address now, so nothing has been changed on it.'),
  text('flash_tools_ask_again', 'Press Info to see which one it is.'),
);

/** What is said when something else has begun with the device meanwhile, as `against` says. */
export function held(against: Text): Failure {
  return failureOf('held', against, lookAgain);
}

/** What is said when a request by hand brought no reply; after `ms` milliseconds, and why in the browser's words. */
export function noReply(fault: FaultKind, detail: TextArgument, ms: number): Failure {
  const sentence = text(
    'flash_hand_silence',
    'No reply came, after {time}: {detail}. The device may have done it all the same.',
    { time: { span: Math.round(ms) }, detail },
  );
  return { ...failureOf('no-reply', sentence, lookAgain), kind: fault };
}

/** What is said when there is nothing to click. */
export const noRelay = failureOf(
  'no-relay',
  text(
    'flash_identify_no_relay',
    'This device tells of no relay that could click. Nothing has been changed on it.',
  ),
  text('flash_identify_by_id', 'Compare the Device ID with the one on its label or its Wi-Fi name.'),
);

/** What is said when the relay could not be put back. */
export function notPutBack({ state }: Pick<Relay, 'state'>): Failure {
  return failureOf(
    'not-put-back',
    state === 'on'
      ? text(
          'flash_identify_left_off',
          'The device does not answer any more. Its relay was on before, and may be off now.',
        )
      : text(
          'flash_identify_left_on',
          'The device does not answer any more. Its relay was off before, and may be on now.',
        ),
    text('flash_identify_by_button', 'Switch it back with the button of the device.'),
  );
}

/** What is said when the first click was not answered, as `kind` says, and the relay stands as before all the same. */
export function clickUnheard({ state }: Pick<Relay, 'state'>, kind: string): Failure {
  const sentence =
    state === 'on'
      ? text(
          'flash_identify_unheard_on',
          'The device did not answer to the first click. Its relay is on, as before.',
        )
      : text(
          'flash_identify_unheard_off',
          'The device did not answer to the first click. Its relay is off, as before.',
        );
  return { ...failureOf('click-unheard', sentence, identifyAgain), kind };
}

/** What is said when the device does not do what it has accepted. */
export const notStored = failureOf(
  'not-stored',
  text('flash_setting_not_stored', 'The device has accepted the setting, yet it still tells of another.'),
  text('flash_setting_again', 'Press the button once more.'),
);

/** A failure as it is stored: what else is known of it stays behind. */
export function plainly(failure: Failure): Failure {
  const { kind, sentence, action } = failure;
  return { kind, sentence, action, ...beside(failure) };
}
