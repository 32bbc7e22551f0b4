import { type Text, text } from '../core/text.ts';

/** What state a trouble leaves the device in. */
export type DeviceState =
  | 'as-before'
  | 'unchanged'
  | 'may-have-worked'
  | 'doubt'
  | 'do-not-restart'
  | 'probably-flashed'
  | 'flashed'
  | 'lost';

/** One way in which things go wrong. */
export interface Trouble {
  /** Kebab-case, once in the table. */
  readonly id: string;
  /** When it happens. */
  readonly when: 'before' | 'flashing' | 'after';
  /** What a person sees. */
  readonly symptom: Text;
  readonly happened: Text;
  readonly state: DeviceState;
  /** What to do, one thing after the other. */
  readonly remedy: readonly Text[];
  /** Where it was reported. */
  readonly sources: readonly string[];
}

/** What each state means for a person. */
export const stateTexts: Readonly<Record<DeviceState, Text>> = {
  'as-before': text(
    'pairing_state_as_before',
    'Nothing has been done to the device by this, so what was said of it before still holds.',
  ),
  unchanged: text('pairing_state_unchanged', 'The firmware of the device has not been changed.'),
  'may-have-worked': text(
    'pairing_state_may_have_worked',
    'It may have worked, and the firmware of the device has not been changed.',
  ),
  doubt: text(
    'pairing_state_doubt',
    'The device may hold half an image, so keep its power until Info has answered.',
  ),
  'do-not-restart': text(
    'pairing_state_do_not_restart',
    'The device holds a damaged image, so do not restart it and do not cut its power.',
  ),
  'probably-flashed': text('pairing_state_probably_flashed', 'The new firmware is probably on the device.'),
  flashed: text('pairing_state_flashed', 'The new firmware is on the device.'),
  lost: text('pairing_state_lost', 'The device does not start any more.'),
};

/**
 * The rows in which every word of `query` occurs, in what they say or in their sources; all of them when there is none.
 * Capitals and accents do not matter.
 *
 * @param render words of a text in the reader's language
 */
export function findTroubles<Row extends Omit<Trouble, 'id' | 'when'>>(
  rows: readonly Row[],
  query: string,
  render: (text: Text) => string,
): Row[] {
  const words = plain(query).split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const said = [row.symptom, row.happened, stateTexts[row.state], ...row.remedy].map(render);
    const content = plain([...said, ...row.sources].join(' '));
    return words.every((word) => content.includes(word));
  });
}

function plain(words: string): string {
  return words.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
