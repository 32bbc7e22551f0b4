import type { Failure } from '../../core/result.ts';
import type { Command } from '../client/command.ts';
import type { Address } from '../device/address.ts';
import { deviceErrorTexts } from './device-error-texts.ts';
import { meaningOf } from './error-codes.ts';
import type { ErrorRow, Evidence } from './error-row.ts';
import type { DeviceState, ZeroconfFailureKind } from './failure-kind.ts';
import { faultTexts, ownTexts, replyTexts } from './transport-error-texts.ts';

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
  readonly host: string;
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

interface Consequence {
  readonly sentence: string;
  /** Goes before the action of the row. */
  readonly firstDo?: string;
  /** Takes the place of the action of the row, which would harm. */
  readonly doInstead?: string;
}

/** What becomes of the device when a command may have worked; null for commands that only read. */
const consequences: Readonly<Record<Command, Consequence | null>> = {
  info: null,
  signal_strength: null,
  switch: { sentence: 'The device may have switched all the same.' },
  startup: { sentence: 'The device may have stored the setting all the same.' },
  pulse: { sentence: 'The device may have stored the setting all the same.' },
  wifi: { sentence: 'The device may have moved to the other Wi-Fi all the same.' },
  ota_unlock: {
    sentence: 'The device may be unlocked all the same.',
    firstDo: 'Press Info to see whether it is unlocked.',
  },
  ota_flash: {
    sentence: 'The device may be installing the firmware all the same.',
    doInstead: `Leave the device powered for 3 minutes. Then press Info. Flash again only if it still answers as a Sonoff.`,
  },
};

/** Of a flash that left; that nothing has been changed is said only where none did. */
const asItWas = 'The firmware on the device is as it was.';
const stoppedMidway =
  'It has stopped by its own word, but nobody knows how far it came. Do not cut its power until it has answered to Info.';
const damaged = 'Do not restart the device and do not cut its power, or it may never start again.';

/** The failure of this kind, in words for this command and this device. */
export function zeroconfFailure(kind: ZeroconfFailureKind, at: Circumstances): ZeroconfFailure {
  const { command, host, code = null, sent } = at;
  const row = table[kind];
  const text = row.on?.[command] ?? row;
  const device = stateOf(row.evidence, command, sent);
  const said = text.sentence({ host, code });
  const common = { kind, command, code, device };
  if (device === 'do-not-restart') return { ...common, sentence: `${said} ${damaged}`, action: text.action };
  if (device === 'stopped-midway')
    return { ...common, sentence: `${said} ${stoppedMidway}`, action: `Press Info. ${text.action}` };
  const consequence = consequences[command];
  if (device === 'unchanged' || consequence === null) {
    if (command === 'ota_flash' && sent)
      return { ...common, sentence: `${said} ${asItWas}`, action: text.action };
    return { ...common, sentence: said, assurance: 'nothing-changed', action: text.action };
  }
  return {
    ...common,
    sentence: `${said} ${consequence.sentence}`,
    action: carefully(text.action, consequence),
  };
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

function carefully(action: string, consequence: Consequence): string {
  if (consequence.doInstead !== undefined) return consequence.doInstead;
  const { firstDo } = consequence;
  return firstDo === undefined || action.startsWith('Press Info') ? action : `${firstDo} ${action}`;
}
