import { keysOf } from '../../core/keys.ts';
import { type Text, text } from '../../core/text.ts';
import type { DeviceState } from '../../pairing/trouble.ts';
import { zeroconfFailure } from '../../zeroconf/errors/zeroconf-failure.ts';
import { type Outcome, outcomeOf, stillInDoubt } from '../run/outcome.ts';
import { everyUnsent, unsent } from '../run/unsent.ts';
import type { Conclusion } from '../watch/advance-watch.ts';
import { rowOf, type TroubleRow } from './row.ts';
import { itsAddress } from './sample.ts';

const recovery = ['tasmota/docs Device-Recovery', 'cli#4', 'cli#5', 'itead#75'];
const halfAnImage = ['protocol v2.0, 471', 'itead#97'];

/** Where it is known from what each end of a watch that proves no success may mean. */
const watched: Readonly<
  Record<Exclude<Conclusion, 'tasmota'> | 'interrupted' | 'came-back', readonly string[]>
> = {
  gone: recovery,
  'still-sonoff': halfAnImage,
  unclear: ['itead#95', 'cli#6'],
  interrupted: ['the person'],
  'came-back': halfAnImage,
};

function stateOf({ kind, leaves }: Outcome): DeviceState {
  if (kind === 'do-not-restart') return 'do-not-restart';
  switch (leaves) {
    case 'as-it-was':
      return 'as-before';
    case 'new-firmware':
      return 'probably-flashed';
    case 'in-doubt':
    case 'stopped-midway':
      return 'doubt';
  }
}

const endedAs = (title: Text) => text('flash_ended_as', 'The flash has ended: {title}.', { title });

/** The row of an outcome. */
export function rowOfOutcome(outcome: Outcome, sources: readonly string[]): TroubleRow {
  const { title, steps } = outcome;
  return rowOf(outcome, { happened: endedAs(title), state: stateOf(outcome), remedy: steps, sources });
}

/** How a flash can end that was watched, and how one that was never sent. */
export function endings(): readonly TroubleRow[] {
  const all = keysOf(watched).flatMap((one) =>
    [true, false].map((accepted) => rowOfOutcome(outcomeOf(one, { accepted }), watched[one])),
  );
  const once = all.filter(({ id }, index) => all.findIndex((row) => row.id === id) === index);
  const before = outcomeOf('unclear', { accepted: false });
  const again = rowOfOutcome(stillInDoubt(unsent('stopped'), before), halfAnImage);
  const silence = zeroconfFailure('reset', { command: 'info', host: itsAddress, sent: true });
  const unsentRows = everyUnsent(silence.sentence).map(({ outcome, source }) =>
    rowOfOutcome(outcome, [source]),
  );
  return [...once, again, ...unsentRows];
}
