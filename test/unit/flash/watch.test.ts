import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  advanceWatch,
  type Conclusion,
  type Observation,
  quietLeft,
  startWatch,
  type Watch,
  watchTimings,
} from '../../../src/flash/watch/advance-watch.ts';

const start = 1_000_000;
const observations: readonly Observation[] = ['sonoff', 'busy', 'tasmota', 'nothing', 'unseen'];

/** Looks every `step` ms, and tells what was concluded first and after how many milliseconds. */
function watchFor(seen: readonly Observation[], step = 5_000): [Conclusion | null, number] {
  let watch: Watch = startWatch(start, true);
  for (const [index, observation] of seen.entries()) {
    const now = start + (index + 1) * step;
    const { watch: next, conclusion } = advanceWatch(watch, observation, step, watchTimings);
    watch = next;
    if (conclusion !== null) return [conclusion, now - start];
  }
  return [null, seen.length * step];
}

const times = (count: number, ...pattern: Observation[]) =>
  Array.from({ length: count }, () => pattern).flat();

describe('look', () => {
  it.each<[string, readonly Observation[], Conclusion | null, number]>([
    ['Tasmota at once', ['tasmota'], 'tasmota', 5_000],
    ['Tasmota after silence', ['nothing', 'nothing', 'tasmota'], 'tasmota', 15_000],
    ['silence', times(20, 'nothing'), 'gone', 50_000],
    [
      'silence broken by the device',
      [...times(8, 'nothing'), 'sonoff', ...times(9, 'nothing')],
      null,
      90_000,
    ],
    [
      'silence broken by a look that failed',
      [...times(9, 'nothing'), 'unseen', ...times(9, 'nothing')],
      null,
      95_000,
    ],
    ['a Sonoff all the time', times(100, 'sonoff'), 'still-sonoff', 300_000],
    ['closed connections all the time', times(100, 'busy'), 'unclear', 300_000],
    ['no look at all', times(100, 'unseen'), 'unclear', 300_000],
    ['now there, now not', times(100, 'busy', 'nothing'), 'unclear', 305_000],
    ['a Sonoff that misses every other look', times(100, 'nothing', 'sonoff'), 'still-sonoff', 300_000],
  ])('%s', (_, seen, conclusion, after) => {
    expect(watchFor(seen)).toEqual([conclusion, after]);
  });

  it('counts no time where a clock says that none has passed', () => {
    for (const passed of [0, -5]) {
      const { watch } = advanceWatch(startWatch(start, true), 'sonoff', passed, watchTimings);
      expect(watch.watched).toBe(0);
    }
  });

  it('concludes nothing from time in which nobody looked', () => {
    for (const hours of [1, 24]) {
      const later = hours * 3_600_000;
      expect(advanceWatch(startWatch(start, true), 'sonoff', later, watchTimings).conclusion).toBeNull();
      const missed = advanceWatch(
        advanceWatch(startWatch(start, true), 'nothing', 0, watchTimings).watch,
        'nothing',
        later,
        watchTimings,
      );
      expect(missed.conclusion).toBeNull();
    }
  });

  it('comes to an end however the clock goes, and never calls a device flashed that was not seen to be', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom(...observations.filter((one) => one !== 'tasmota')),
            fc.integer({ min: -9e6, max: 9e6 }),
          ),
          {
            maxLength: 60,
          },
        ),
        fc.constantFrom<Observation>('sonoff', 'busy', 'nothing', 'unseen'),
        (leaps, then) => {
          let watch = startWatch(start, true);
          for (const [observation, leap] of leaps) {
            const seen = advanceWatch(watch, observation, leap, watchTimings);
            if (seen.conclusion !== null) return seen.conclusion !== 'tasmota';
            watch = seen.watch;
          }
          for (let looks = 0; looks < 62; looks += 1) {
            const seen = advanceWatch(watch, then, 5_000, watchTimings);
            if (seen.conclusion !== null) return true;
            watch = seen.watch;
          }
          return false;
        },
      ),
    );
  });
});

describe('quietLeft', () => {
  it('is the whole of it until there was a look, whatever the clock shows', () => {
    expect(quietLeft(startWatch(start, true), watchTimings)).toBe(10_000);
  });

  it('is nothing for a watch that has begun to look', () => {
    const { watch } = advanceWatch(startWatch(start, true), 'busy', 1, watchTimings);
    expect(quietLeft(watch, watchTimings)).toBe(0);
  });
});
