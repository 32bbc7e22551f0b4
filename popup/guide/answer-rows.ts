import { type Text, text } from '../../src/core/text.ts';
import type { DeviceState, Trouble } from '../../src/pairing/trouble.ts';
import type { Command } from '../../src/zeroconf/client/client.ts';
import { everyFailure } from '../../src/zeroconf/errors/every-failure.ts';
import type { ZeroconfFailure } from '../../src/zeroconf/errors/zeroconf-failure.ts';

/** What a row of the page says, wherever it comes from. */
export type Row = Omit<Trouble, 'when'>;

/** Rows under a title of their own. */
export interface RowGroup {
  readonly id: string;
  readonly title: Text;
  readonly rows: readonly Row[];
}

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

const itsAddress = text('guide_its_address', 'its address');

/** All answers and silences that the three buttons can end with. */
export function answerGroups(render: (words: Text) => string): readonly RowGroup[] {
  const groups: readonly { readonly command: Command; readonly title: Text; readonly comesOf: Text }[] = [
    {
      command: 'info',
      title: text('guide_answers_info', 'What comes back to Info'),
      comesOf: text('guide_comes_of_info', 'This is an answer to Info.'),
    },
    {
      command: 'ota_unlock',
      title: text('guide_answers_unlock', 'What comes back to Unlock'),
      comesOf: text('guide_comes_of_unlock', 'This is an answer to Unlock.'),
    },
    {
      command: 'ota_flash',
      title: text('guide_answers_flash', 'What comes back to Flash'),
      comesOf: text('guide_comes_of_flash', 'This is an answer to Flash.'),
    },
  ];
  return groups.map(({ command, title, comesOf }) => ({
    id: command,
    title,
    rows: everyFailure(command, render(itsAddress)).map(({ failure, sources }) => ({
      id: `${command}-${failure.kind}${failure.code === null ? '' : `-${failure.code}`}`,
      symptom: text('guide_words', '{words}', { words: failure.sentence }),
      happened: comesOf,
      state: stateOf(failure),
      remedy: [text('guide_words', '{words}', { words: failure.action })],
      sources,
    })),
  }));
}
