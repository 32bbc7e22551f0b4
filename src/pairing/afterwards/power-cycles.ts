import { type Text, text } from '../../core/text.ts';

/** A beat of the metronome: the power on or off, and for how long. */
export interface Beat {
  readonly power: 'on' | 'off';
  /** Which of the switchings on it belongs to; 0 for the long pause before the first. */
  readonly turn: number;
  /** Milliseconds; null for the last one, which stays. */
  readonly lasts: number | null;
}

/** How often the power is switched on. The last time it stays on. */
export const turns = 7;

/** Milliseconds between two switchings. Tasmota wants less than ten seconds. */
export const pace = 2000;

/** Milliseconds without power before the first switching on. */
export const rest = 30_000;

/**
 * Fast power cycle device recovery: off for 30 s, on and off six times, and left on the seventh time, which sets all of
 * Tasmota's settings back (tasmota/docs Device-Recovery). The times between are what njh cli#4 and cli#5 used.
 */
export const beats: readonly Beat[] = [
  { power: 'off', turn: 0, lasts: rest },
  ...Array.from({ length: turns - 1 }, (_, index) => index + 1).flatMap((turn): Beat[] => [
    { power: 'on', turn, lasts: pace },
    { power: 'off', turn, lasts: pace },
  ]),
  { power: 'on', turn: turns, lasts: null },
];

/** What must be true before anybody begins. */
export const beforeCycles: readonly Text[] = [
  text(
    'pairing_cycles_never',
    'Never do this while you are told to keep the power on, because it would destroy a device that is half flashed.',
  ),
  text('pairing_cycles_flashed', 'Do it only when the device has left your network after a flash.'),
  text('pairing_cycles_switch', 'Use the fuse or a switched socket, and do not pull at wires.'),
  text('pairing_cycles_settings', 'It sets back every setting that Tasmota may have by now.'),
];

/** What to do at a moment of the beat. */
export interface Moment {
  readonly beat: Beat;
  /** What the power has to be now, as an order. */
  readonly says: Text;
  /** Milliseconds until the next order; null when there is none. */
  readonly left: number | null;
  readonly isLast: boolean;
}

/**
 * What to do `elapsed` milliseconds after the beginning. It gives the beat and knows nothing of what was really done:
 * whether somebody kept up is theirs to say.
 */
export function momentAt(elapsed: number): Moment {
  let since = Number.isFinite(elapsed) ? Math.max(0, elapsed) : 0;
  for (const beat of beats) {
    if (beat.lasts === null) return { beat, says: order(beat), left: null, isLast: true };
    if (since < beat.lasts) return { beat, says: order(beat), left: beat.lasts - since, isLast: false };
    since -= beat.lasts;
  }
  throw new Error('the last beat has an end');
}

/** What to say when somebody has lost the beat. */
export const lostBeat: Text = text(
  'pairing_cycles_lost',
  'If you have lost the beat, switch the power off and begin again.',
);

/** What to say when it is over. */
export const afterCycles: readonly Text[] = [
  text('pairing_cycles_wait', 'Leave the power on for a minute now.'),
  text('pairing_cycles_look', 'Then look for the network of Tasmota again.'),
];

function order({ power, turn }: Beat): Text {
  if (turn === 0) return text('pairing_cycles_rest', 'Leave the power off.');
  if (turn === turns)
    return text('pairing_cycles_stay', 'On: {turn} of {turns}, and now leave it on.', { turn, turns });
  return power === 'on'
    ? text('pairing_cycles_on', 'On: {turn} of {turns}.', { turn, turns })
    : text('pairing_cycles_off', 'Off.');
}
