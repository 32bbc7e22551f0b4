import { keysOf } from '../../core/keys.ts';
import { type Text, text } from '../../core/text.ts';
import { longestDownload } from '../../zeroconf/client/longest-download.ts';
import { nothingSent, type Outcome } from './outcome.ts';
import { lookAtCard, lookAtChecks, pressFlashAgain } from './sentences.ts';

/** Why a flash ended before `ota_flash` was sent, where neither device nor mirror have failed. */
export type UnsentReason =
  | 'stopped'
  | 'not-written'
  | 'out-of-date'
  | 'another-or-refuses'
  | 'another-device'
  | 'changed-meanwhile'
  | 'kept-connection'
  | 'browser-stopped'
  | 'extension-failed';

interface Row {
  readonly sentence: Text;
  readonly action: Text;
  readonly source: string;
}

const rows: Readonly<Record<UnsentReason, Row>> = {
  stopped: {
    sentence: text('flash_stopped', 'You stopped before anything was sent.'),
    action: text('flash_when_ready', 'Press Flash when you are ready.'),
    source: 'the person',
  },
  'not-written': {
    sentence: text(
      'flash_not_written',
      'The browser could not write down that the flash begins, so it does not begin.',
    ),
    action: pressFlashAgain,
    source: 'storage of the browser: a disk can be full',
  },
  'out-of-date': {
    sentence: text(
      'flash_out_of_date',
      'The computer slept or its clock was set in the middle of this, so what was looked at is out of date.',
    ),
    action: pressFlashAgain,
    source: 'two clocks that differ',
  },
  'another-or-refuses': {
    sentence: text(
      'flash_another_or_refuses',
      'Another device answers at this address now, or this one refuses its own ID.',
    ),
    action: lookAtCard,
    source: 'protocol v2.0, 404',
  },
  'another-device': {
    sentence: text('flash_another_device', 'Another device answers at this address now.'),
    action: lookAtCard,
    source: 'routers hand addresses out anew',
  },
  'changed-meanwhile': {
    sentence: text('flash_changed_meanwhile', 'What you confirmed is no longer what would be flashed.'),
    action: lookAtChecks,
    source: 'two windows on the same device',
  },
  'kept-connection': {
    sentence: text(
      'flash_kept_connection',
      'The device keeps a connection open, and the browser might send the request twice on it.',
    ),
    action: text('flash_kept_connection_action', 'Wait a minute. Then press Flash again.'),
    source: 'Chromium HttpNetworkTransaction::ShouldResendRequest',
  },
  'browser-stopped': {
    sentence: text('flash_browser_stopped', 'The browser stopped the extension before anything was sent.'),
    action: pressFlashAgain,
    source: 'browsers stop an idle background after 30 seconds',
  },
  'extension-failed': {
    sentence: text('flash_extension_failed', 'The extension itself failed before anything was sent.'),
    action: text('flash_extension_failed_action', 'Copy the log into a bug report. Then press Flash again.'),
    source: 'a fault of this extension',
  },
};

/** The outcome of a flash that was not sent for this reason. */
export function unsent(reason: UnsentReason): Outcome {
  const { sentence, action } = rows[reason];
  return nothingSent(sentence, action, `unsent-${reason}`);
}

/** The outcome of a flash that was not sent because the device broke off the question before, as `said` says. */
export function unsentToBusy(said: Text): Outcome {
  return nothingSent(
    text('flash_perhaps_busy', '{sentence} Perhaps it is busy with somebody else’s request.', {
      sentence: said,
    }),
    text(
      'flash_perhaps_busy_action',
      'Close every other program and browser that talks to the device. Wait {span}. Then press Info, and Flash again.',
      { span: { span: longestDownload.ms } },
    ),
    'unsent-perhaps-busy',
  );
}

/** Every one of them, and where it is known from; `silence` is what a busy device's question ended with. */
export function everyUnsent(
  silence: Text,
): readonly { readonly outcome: Outcome; readonly source: string }[] {
  return [
    ...keysOf(rows).map((reason) => ({ outcome: unsent(reason), source: rows[reason].source })),
    { outcome: unsentToBusy(silence), source: 'SonoffLAN local.py: a second connection is reset' },
  ];
}
