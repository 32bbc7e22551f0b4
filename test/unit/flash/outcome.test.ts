import { describe, expect, it } from 'vitest';
import { wholeSentence } from '../../../src/core/assurance.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import {
  nothingSent,
  type Outcome,
  outcomeOf,
  outcomeOfRefusal,
  stillInDoubt,
} from '../../../src/flash/run/outcome.ts';
import type { Conclusion } from '../../../src/flash/watch/advance-watch.ts';
import { failureOfCode, type ZeroconfFailure } from '../../../src/zeroconf/errors/zeroconf-failure.ts';
import { textOf } from '../saying.ts';

const conclusions = ['tasmota', 'gone', 'still-sonoff', 'unclear', 'interrupted', 'came-back'] as const;

function refusal(code: number): ZeroconfFailure {
  return failureOfCode(code, 'ota_flash', '192.168.1.4') ?? expect.fail();
}

const everyOutcome: readonly (readonly [string, Outcome])[] = [
  ...conclusions.flatMap((conclusion) =>
    [true, false].map(
      (accepted) => [`${conclusion}, accepted: ${accepted}`, outcomeOf(conclusion, { accepted })] as const,
    ),
  ),
  ...[403, 404, 408, 409, 413, 422, 424, 471].map(
    (code) => [`${code}`, outcomeOfRefusal(refusal(code))] as const,
  ),
  ['nothing sent', nothingSent(textOf('The mirror is off.'), textOf('Switch it on.'), 'x')],
  [
    'nothing sent, in doubt',
    stillInDoubt(
      nothingSent(textOf('The mirror is off.'), textOf('Switch it on.'), undefined),
      outcomeOfRefusal(refusal(471)),
    ),
  ],
];

describe('outcomes', () => {
  it('of a refusal say that nothing has changed only where the refusal does', () => {
    const { assurance, ...unassured } = refusal(422);
    expect(assurance).toBeUndefined();
    expect(outcomeOfRefusal(unassured)).not.toHaveProperty('assurance');
    expect(outcomeOfRefusal({ ...unassured, assurance: 'nothing-changed' })).toMatchObject({
      leaves: 'as-it-was',
      assurance: 'nothing-changed',
    });
  });

  it.each<[Conclusion | 'interrupted' | 'came-back', boolean, Outcome['kind'], Outcome['leaves']]>([
    ['tasmota', true, 'flashed', 'new-firmware'],
    ['tasmota', false, 'flashed', 'new-firmware'],
    ['gone', true, 'probably-flashed', 'new-firmware'],
    ['gone', false, 'unknown', 'new-firmware'],
    ['still-sonoff', true, 'not-flashed', 'in-doubt'],
    ['still-sonoff', false, 'not-flashed', 'in-doubt'],
    ['unclear', true, 'unknown', 'in-doubt'],
    ['interrupted', true, 'unknown', 'in-doubt'],
    ['came-back', true, 'unknown', 'in-doubt'],
  ])('%s, accepted %s: %s, %s', (conclusion, accepted, kind, leaves) => {
    expect(outcomeOf(conclusion, { accepted })).toMatchObject({ kind, leaves });
  });

  it.each([
    ['tasmota', false],
    ['gone', true],
    ['still-sonoff', false],
    ['unclear', true],
    ['interrupted', true],
    ['came-back', true],
  ] as const)('%s: the device may be downloading still: %s', (conclusion, mayDownload) => {
    for (const accepted of [true, false])
      expect(outcomeOf(conclusion, { accepted }).mayDownload).toBe(mayDownload);
  });

  it.each(everyOutcome)(
    '%s: says what happened and what to do, and never to cut the power in doubt',
    (_, outcome) => {
      const { kind, leaves } = outcome;
      const [title, sentence] = [outcome.title, wholeSentence(outcome)].map(inEnglish);
      const steps = outcome.steps.map(inEnglish);
      expect(title).not.toBe('');
      expect(sentence).toMatch(/\.$/);
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) expect(step).toMatch(/[.?]$/);
      const cut = steps.findIndex((step) => /^(?:No such network\? )?Cut the power/.test(step));
      if (leaves === 'in-doubt') {
        expect(steps).toContain('Do not cut its power.');
        expect(cut).toBe(-1);
      } else {
        expect(steps).not.toContain('Do not cut its power.');
      }
      // Only after five minutes, and after a look whether it is still what it was.
      if (cut >= 0) {
        expect(steps[0]).toContain('powered for five minutes');
        expect(steps[1]).toContain('do not cut its power');
        expect(cut).toBeGreaterThan(1);
      }
      if (kind === 'flashed') expect(leaves).toBe('new-firmware');
      if (leaves === 'as-it-was')
        expect(
          sentence?.match(
            /(?:Nothing has been changed on the device|The firmware on the device is as it was)\./g,
          ),
        ).toHaveLength(1);
    },
  );
});
