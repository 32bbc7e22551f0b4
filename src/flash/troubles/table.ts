/*
 * The one table of everything that goes wrong: what a person sees, and what every alert says. The sentences stand
 * where they are said; here they become rows. May import the leaves and the other rooms of flash.
 */
import { troubles } from '../../pairing/troubles.ts';
import { deviceChecks, imageChecks, mirrorChecks } from './checks.ts';
import { type AnsweredCommand, deviceAnswers } from './device-answers.ts';
import { downloads, localMirror, looks, ownFaults } from './elsewhere.ts';
import { endings } from './endings.ts';
import { reported } from './reported.ts';
import type { TroubleRow } from './row.ts';
import { toolFailures } from './tools.ts';

/** What the rows of a group come of. */
export type TroubleGroupId =
  | (typeof troubles)[number]['when']
  | AnsweredCommand
  | 'download'
  | 'mirror'
  | 'image'
  | 'device'
  | 'outcome'
  | 'callback'
  | 'look'
  | 'tool'
  | 'local-mirror'
  | 'extension';

/** Rows that belong together. Those of an alert are seen by the extension, the others by a person only. */
export interface TroubleGroup {
  readonly id: TroubleGroupId;
  readonly seenBy: 'extension' | 'person';
  readonly rows: readonly TroubleRow[];
}

const byPerson = (when: (typeof troubles)[number]['when']): TroubleGroup => ({
  ...{ id: when, seenBy: 'person' },
  rows: troubles.filter((row) => row.when === when),
});
const told = (id: TroubleGroupId, rows: readonly TroubleRow[]): TroubleGroup => ({
  ...{ id, seenBy: 'extension', rows },
});
const answers = (command: AnsweredCommand) => told(command, deviceAnswers(command));

/** The whole table, in the order in which it happens. */
export const troubleGroups: readonly TroubleGroup[] = [
  byPerson('before'),
  answers('info'),
  told('device', deviceChecks()),
  answers('ota_unlock'),
  told('download', downloads()),
  told('image', imageChecks()),
  told('mirror', mirrorChecks()),
  byPerson('flashing'),
  answers('ota_flash'),
  told('outcome', endings()),
  told('callback', reported()),
  byPerson('after'),
  told('look', looks()),
  answers('switch'),
  answers('signal_strength'),
  answers('wifi'),
  answers('startup'),
  told('tool', toolFailures()),
  told('local-mirror', localMirror()),
  told('extension', ownFaults()),
];
