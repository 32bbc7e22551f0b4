import type { Assured } from '../../core/assurance.ts';
import { keysOf } from '../../core/keys.ts';
import { type Text, text } from '../../core/text.ts';
import type { Refusal } from '../../native-messages/answers.ts';

/** Why the local mirror cannot be used: what happened, and the one next step. */
export interface LocalMirrorTrouble {
  readonly kind: ConnectionTrouble | Refusal;
  readonly sentence: Text;
  readonly action: Text;
  /** As in `Assured`. */
  readonly trouble: string;
}

/** Words for what went wrong with an image that was to be handed over, its own or somebody else's. */
export type Trouble = Pick<LocalMirrorTrouble, 'sentence' | 'action'> & Pick<Assured, 'trouble'>;

/** What can keep extension and program apart. */
export type ConnectionTrouble =
  /** The person has not been asked for the permission, or has taken it back. */
  | 'not-asked'
  /** Granted, but this context of Chromium was there before: only a restart of the extension gives it the way. */
  | 'restart-needed'
  /** Nowhere, or for another browser only: no browser tells which. */
  | 'not-installed'
  /** Installed for this browser, but not for this id of the extension. */
  | 'not-allowed'
  | 'crashed'
  | 'older'
  | 'newer';

/** What a person copies into a terminal, in the folder of the project. */
export const installCommand = 'npm run mirror -- install';

const nothingChanged = text(
  'local_mirror_again',
  'Nothing has been changed on the device by this. Try it again; if it stays so, copy the file again.',
);

type Row = readonly [sentence: Text, action: Text, source: string];

const connection: Readonly<Record<ConnectionTrouble, Row>> = {
  'not-asked': [
    text('local_mirror_not_asked', 'The extension may not start the local mirror on this computer yet.'),
    text('local_mirror_not_asked_action', 'Choose "This computer" and allow it.'),
    'optional permissions of Manifest V3',
  ],
  'restart-needed': [
    text(
      'local_mirror_restart',
      'The browser lets the extension start the local mirror after a restart of the extension.',
    ),
    text('local_mirror_restart_action', 'Restart the extension while no device is being flashed.'),
    'measured on Chromium 156',
  ],
  'not-installed': [
    text(
      'local_mirror_not_installed',
      'This browser knows of no local mirror. It is not installed, or for another browser only.',
    ),
    text('local_mirror_not_installed_action', 'Run this in a terminal, then try again: {command}', {
      command: installCommand,
    }),
    'measured on Chromium 156 and Firefox 153',
  ],
  'not-allowed': [
    text(
      'local_mirror_not_allowed',
      'The local mirror is installed, but not for this copy of the extension: its id is another one.',
    ),
    text(
      'local_mirror_not_allowed_action',
      'Run this in a terminal with the newest program, then try again: {command}',
      { command: installCommand },
    ),
    'measured on Chromium 156',
  ],
  crashed: [
    text('local_mirror_crashed', 'The local mirror ended by itself, or could not be started.'),
    text(
      'local_mirror_crashed_action',
      'Leave the power of your devices on. Run this in a terminal, which repairs it, then try again: {command}',
      { command: installCommand },
    ),
    'measured on Chromium 156 and Firefox 153',
  ],
  older: [
    text('local_mirror_older', 'The local mirror on this computer is older than the extension.'),
    text('local_mirror_older_action', 'Get the newest program and run this in a terminal: {command}', {
      command: installCommand,
    }),
    'the greeting of the program',
  ],
  newer: [
    text('local_mirror_newer', 'The local mirror on this computer is newer than the extension.'),
    text('local_mirror_newer_action', 'Update the extension.'),
    'the greeting of the program',
  ],
};

const refusals: Readonly<Record<Refusal, Row>> = {
  unreadable: [
    text('local_mirror_unreadable', 'The local mirror did not understand the extension.'),
    text('local_mirror_unreadable_action', 'Update both, the program and the extension.'),
    'the answer of the program',
  ],
  'out-of-order': [
    text(
      'local_mirror_order',
      'The local mirror had too much to do at once, or a piece of the file was lost.',
    ),
    nothingChanged,
    'the answer of the program',
  ],
  'wrong-digest': [
    text(
      'local_mirror_digest',
      'The file arrived at the local mirror with another digest than it left with.',
    ),
    nothingChanged,
    'the answer of the program',
  ],
  'must-not-be-flashed': [
    text(
      'local_mirror_unfit',
      'The local mirror has inspected the file as well, and it must not be flashed.',
    ),
    text('local_mirror_unfit_action', 'Choose another file.'),
    'the answer of the program',
  ],
  'unknown-image': [
    text('local_mirror_unknown', 'The local mirror no longer has this file.'),
    text('local_mirror_unknown_action', 'Choose the file again.'),
    'the answer of the program',
  ],
  'too-many-images': [
    text('local_mirror_full', 'The local mirror holds too many files.'),
    text('local_mirror_full_action', 'Close the browser when no device is being flashed, and open it again.'),
    'the answer of the program',
  ],
  'cannot-listen': [
    text(
      'local_mirror_port',
      'The local mirror could not open a port for devices: all from 8080 to 8179 are taken.',
    ),
    text('local_mirror_port_action', 'Close other programs that serve something on this computer.'),
    'the answer of the program',
  ],
  'unusable-url': [
    text('local_mirror_url', 'No device could be told this address.'),
    text('local_mirror_url_action', 'Correct the address.'),
    'the answer of the program',
  ],
  cancelled: [
    text('local_mirror_cancelled', 'It was stopped before the end.'),
    text('local_mirror_cancelled_action', 'Begin again when you want to.'),
    'the person',
  ],
  internal: [
    text('local_mirror_internal', 'The local mirror had an error of its own.'),
    nothingChanged,
    'the answer of the program',
  ],
};

/** The words for a connection that there is not. */
export function connectionTrouble(kind: ConnectionTrouble): LocalMirrorTrouble {
  return troubleOf(kind, connection[kind]);
}

/** The words for what the program did not do. */
export function refusalTrouble(kind: Refusal): LocalMirrorTrouble {
  return troubleOf(kind, refusals[kind]);
}

function troubleOf(kind: LocalMirrorTrouble['kind'], [sentence, action]: Row): LocalMirrorTrouble {
  return { kind, sentence, action, trouble: `local-mirror-${kind}` };
}

/** All of them, and where each is known from. */
export function everyLocalMirrorTrouble(): readonly {
  readonly trouble: LocalMirrorTrouble;
  readonly source: string;
}[] {
  const rows: Readonly<Record<LocalMirrorTrouble['kind'], Row>> = { ...connection, ...refusals };
  return keysOf(rows).map((kind) => ({ trouble: troubleOf(kind, rows[kind]), source: rows[kind][2] }));
}

/**
 * What the browser's words mean for a port that closed before the program said anything (Chromium 156, Firefox 153;
 * neither has codes). Whatever is said otherwise, the program was started and ended.
 */
export function troubleOfEnd(message: string | null): ConnectionTrouble {
  if (message === null) return 'crashed';
  if (/host not found|No such native application/i.test(message)) return 'not-installed';
  if (/forbidden/i.test(message)) return 'not-allowed';
  return 'crashed';
}
