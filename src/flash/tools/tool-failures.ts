import type { Failure } from '../../core/result.ts';
import { text } from '../../core/text.ts';

/** What to do when it is not clear any more how the device is. */
export const lookAgain = text('flash_tools_look', 'Press Info to see how the device is.');

/** What is said when the extension itself failed, or the browser stopped it. */
export const interruptions = {
  fault: {
    kind: 'fault',
    sentence: text(
      'flash_tools_fault',
      'The extension itself failed here. The device may have done what it was asked all the same.',
    ),
    action: lookAgain,
  },
  stopped: {
    kind: 'stopped',
    sentence: text(
      'flash_tools_stopped',
      'The browser stopped the extension in the middle of this. The device may have done what it was asked all the same.',
    ),
    action: lookAgain,
  },
} as const;

/** What is said when the device is not the one that the page showed. */
export const another = {
  kind: 'another-device',
  sentence: text(
    'flash_tools_another',
    'Another device has this address now, so nothing has been changed on it.',
  ),
  action: text('flash_tools_ask_again', 'Press Info to see which one it is.'),
};

/** What is said when there is nothing to click. */
export const noRelay = {
  kind: 'no-relay',
  sentence: text(
    'flash_identify_no_relay',
    'This device tells of no relay that could click. Nothing has been changed on it.',
  ),
  action: text('flash_identify_by_id', 'Compare the Device ID with the one on its label or its Wi-Fi name.'),
};

/** A failure as it is stored: what else is known of it stays behind. */
export function plainly({ kind, sentence, action, assurance }: Failure): Failure {
  return { kind, sentence, action, ...(assurance === undefined ? {} : { assurance }) };
}
