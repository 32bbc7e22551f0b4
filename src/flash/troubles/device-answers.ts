import { type Text, text } from '../../core/text.ts';
import type { DeviceState } from '../../pairing/trouble.ts';
import type { Command } from '../../zeroconf/client/client.ts';
import { everyFailure } from '../../zeroconf/errors/every-failure.ts';
import type { ZeroconfFailure } from '../../zeroconf/errors/zeroconf-failure.ts';
import { stillLocked } from '../tasks/own-failures.ts';
import { rowOf, type TroubleRow } from './row.ts';
import { itsAddress } from './sample.ts';

/** Commands that have rows of their own; the others fail in the same words as one of these. */
export type AnsweredCommand = Exclude<Command, 'switches' | 'pulse'>;

const comesOf: Readonly<Record<AnsweredCommand, Text>> = {
  info: text('flash_comes_of_info', 'This is an answer to Info.'),
  ota_unlock: text('flash_comes_of_unlock', 'This is an answer to Unlock.'),
  ota_flash: text('flash_comes_of_flash', 'This is an answer to Flash.'),
  switch: text('flash_comes_of_identify', 'This is an answer to Identify.'),
  signal_strength: text('flash_comes_of_signal', 'This is an answer to a measurement of the signal.'),
  wifi: text('flash_comes_of_wifi', 'This is an answer to the name of another Wi-Fi.'),
  startup: text(
    'flash_comes_of_startup',
    'This is an answer to a setting of the power-on state or of inching.',
  ),
};

const states: Readonly<Record<ZeroconfFailure['device'], DeviceState>> = {
  unchanged: 'unchanged',
  'may-have-worked': 'may-have-worked',
  'stopped-midway': 'doubt',
  'do-not-restart': 'do-not-restart',
};

/** After a flash that may have worked the firmware may be another, so that state is a graver one. */
function stateOf({ command, device }: ZeroconfFailure): DeviceState {
  return command === 'ota_flash' && device === 'may-have-worked' ? 'doubt' : states[device];
}

/** All answers and silences that `command` can end with. */
export function deviceAnswers(command: AnsweredCommand): readonly TroubleRow[] {
  const answers = everyFailure(command, itsAddress).map(({ failure, sources }) =>
    rowOf(failure, {
      ...{ happened: comesOf[command], state: stateOf(failure), remedy: [failure.action], sources },
    }),
  );
  if (command !== 'ota_unlock') return answers;
  const locked = rowOf(stillLocked, {
    ...{ happened: comesOf.ota_unlock, state: 'unchanged', remedy: [stillLocked.action] },
    sources: ['itead#137'],
  });
  return [...answers, locked];
}
