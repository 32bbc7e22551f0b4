/*
 * What codes and silences of a device mean, as tables with their sources. Imports core and the commands of `client`.
 */
import { keysOf } from '../../core/keys.ts';
import type { Failure } from '../../core/result.ts';
import { type Text, type TextArgument, text } from '../../core/text.ts';
import type { Command } from '../client/command.ts';
import { longestDownload } from '../client/longest-download.ts';
import type { Address } from '../device/address.ts';
import { deviceErrorTexts } from './device-error-texts.ts';
import { isDescribed, meaningOf } from './error-codes.ts';
import type { ErrorRow, Evidence } from './error-row.ts';
import type { DeviceState, ZeroconfFailureKind } from './failure-kind.ts';
import { ownTexts, replyTexts } from './reply-error-texts.ts';
import { faultTexts } from './transport-error-texts.ts';

export type { DeviceState, ZeroconfFailureKind } from './failure-kind.ts';

/**
 * Why a command did not work, and what that means for the device: nothing changed there, it may have done it
 * all the same, or it has stopped somewhere in the middle, or it must not be restarted. `code` is the device's error code (the HTTP status for
 * `http-status`).
 */
export type ZeroconfFailure = Failure<ZeroconfFailureKind> & {
  readonly command: Command;
  readonly code: number | null;
  readonly device: DeviceState;
};

/** Where and when a failure happened. */
export interface Circumstances {
  readonly command: Command;
  readonly host: TextArgument;
  readonly code?: number | null;
  /** Whether the command may have left this computer. */
  readonly sent: boolean;
}

const table: Readonly<Record<ZeroconfFailureKind, ErrorRow>> = {
  ...faultTexts,
  ...replyTexts,
  ...deviceErrorTexts,
  ...ownTexts,
};

/** What becomes of the device where a command may have worked. */
interface Consequence {
  readonly sentence: (said: Text) => Text;
  /** What to do, where that of the row is not all, or would harm. */
  readonly action?: (usual: Text) => Text;
}

const mayHaveSwitched: Consequence = {
  sentence: (said) =>
    text('zeroconf_may_have_switched', '{said} The device may have switched all the same.', { said }),
};

const mayBeStored: Consequence = {
  sentence: (said) =>
    text('zeroconf_may_be_stored', '{said} The device may have stored the setting all the same.', { said }),
};

/** By command; null for those that only read. */
const consequences: Readonly<Record<Command, Consequence | null>> = {
  info: null,
  signal_strength: null,
  switch: mayHaveSwitched,
  switches: mayHaveSwitched,
  startup: mayBeStored,
  pulse: mayBeStored,
  wifi: {
    sentence: (said) =>
      text('zeroconf_may_have_moved', '{said} The device may have moved to the other Wi-Fi all the same.', {
        said,
      }),
  },
  ota_unlock: {
    sentence: (said) =>
      text('zeroconf_may_be_unlocked', '{said} The device may be unlocked all the same.', { said }),
    action: (usual) =>
      text('zeroconf_may_be_unlocked_do', 'Press Info to see whether it is unlocked. {usual}', { usual }),
  },
  ota_flash: {
    sentence: (said) =>
      text('zeroconf_may_be_installing', '{said} The device may be installing the firmware all the same.', {
        said,
      }),
    action: () =>
      text(
        'zeroconf_may_be_installing_do',
        'Leave the device powered for {span}. Then press Info. Flash again only if it still answers as a Sonoff.',
        { span: { span: longestDownload.ms } },
      ),
  },
};

/** The failure of this kind, in words for this command and this device. */
export function zeroconfFailure(kind: ZeroconfFailureKind, at: Circumstances): ZeroconfFailure {
  const { command, host, code = null, sent } = at;
  const row = table[kind];
  const { sentence, action } = row.on?.[command] ?? row;
  const device = stateOf(row.evidence, command, sent);
  const said = sentence({ host, code: code === null ? '' : String(code) });
  const common = { kind, command, code, device, action, trouble: troubleOf(kind, command, code) };
  if (device === 'do-not-restart')
    return {
      ...common,
      sentence: text(
        'zeroconf_do_not_restart',
        '{said} Do not restart the device and do not cut its power, or it may never start again.',
        { said },
      ),
    };
  if (device === 'stopped-midway')
    return {
      ...common,
      sentence: text(
        'zeroconf_stopped_midway',
        '{said} It has stopped by its own word, but nobody knows how far it came. Do not cut its power until it has answered to Info.',
        { said },
      ),
      action: text('zeroconf_stopped_midway_do', 'Press Info. {action}', { action }),
    };
  const consequence = consequences[command];
  if (device === 'may-have-worked' && consequence !== null)
    return {
      ...common,
      sentence: consequence.sentence(said),
      action: consequence.action?.(action) ?? action,
    };
  // Of a flash that left, that nothing has been changed is said only where none did.
  if (command === 'ota_flash' && sent)
    return {
      ...common,
      sentence: text('zeroconf_as_it_was', '{said} The firmware on the device is as it was.', { said }),
    };
  return { ...common, sentence: said, assurance: 'nothing-changed' };
}

/** Commands that fail in the same words as another one share its rows. */
const rowsOf: Partial<Record<Command, Command>> = { switches: 'switch', pulse: 'startup' };

/** The id of the row of a failure: its command and its kind, and the code where more than one has this meaning. */
function troubleOf(kind: ZeroconfFailureKind, command: Command, code: number | null): string {
  const row = `${rowsOf[command] ?? command}-${kind}`;
  return isDescribed(code, command, kind) ? `${row}-${code}` : row;
}

/** The failure behind an error code; null for 0, which is success. */
export function failureOfCode(code: number, command: Command, host: string): ZeroconfFailure | null {
  const kind = meaningOf(code, command);
  return kind === null ? null : zeroconfFailure(kind, { command, host, code, sent: true });
}

/**
 * The failure for an address that the browser does not let the extension talk to. A fetch without permission
 * looks like a device that is off, so whoever owns the permissions asks first and makes this failure.
 */
export function noPermission(address: Address, command: Command = 'info'): ZeroconfFailure {
  return zeroconfFailure('no-permission', { command, host: address.host, sent: false });
}

/** Every kind of failure that no code of a device tells of. */
export function kindsWithoutCode(): readonly ZeroconfFailureKind[] {
  const rows: Partial<Record<ZeroconfFailureKind, ErrorRow>> = { ...faultTexts, ...replyTexts, ...ownTexts };
  return keysOf(table).filter((kind) => kind in rows);
}

/** Where it is known from what this kind of failure says about `command`. */
export function sourceOf(kind: ZeroconfFailureKind, command: Command): string {
  const row = table[kind];
  return (row.on?.[command] ?? row).source;
}

function stateOf(evidence: Evidence, command: Command, sent: boolean): DeviceState {
  if (!sent || evidence === 'not-done') return 'unchanged';
  if (evidence === 'half-written') return 'do-not-restart';
  if (evidence === 'stopped-midway') return 'stopped-midway';
  // When a kept-alive connection breaks before any header, Chromium sends the request again by itself, POST or
  // not (HttpNetworkTransaction::ShouldResendRequest), so a refusal may answer the second of two requests.
  // Only for a flash does the difference matter enough to doubt it.
  if (evidence === 'hardly-done') return command === 'ota_flash' ? 'may-have-worked' : 'unchanged';
  return consequences[command] === null ? 'unchanged' : 'may-have-worked';
}
