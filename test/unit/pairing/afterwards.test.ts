import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { beats, momentAt, pace, rest, turns } from '../../../src/pairing/afterwards/power-cycles.ts';
import { templateFor, templates } from '../../../src/pairing/afterwards/templates.ts';
import { upgradePath } from '../../../src/pairing/afterwards/upgrade-path.ts';
import { openFor, openStill } from '../../../src/pairing/afterwards/window.ts';
import { devices } from '../../../src/pairing/devices.ts';
import { beginnings } from './everything.ts';

describe('the metronome of the seven power cycles', () => {
  const times = fc.integer({ min: 0, max: 120_000 });

  it('is off for 30 s, on and off six times, and on for good the seventh time', () => {
    expect(beats[0]).toEqual({ power: 'off', turn: 0, lasts: 30_000 });
    expect(beats.filter(({ power }) => power === 'on').map(({ turn }) => turn)).toEqual([
      1, 2, 3, 4, 5, 6, 7,
    ]);
    beats.forEach(({ power }, index) => {
      expect(power).toBe(index % 2 === 0 ? 'off' : 'on');
    });
    expect(beats.at(-1)).toEqual({ power: 'on', turn: 7, lasts: null });
    // Tasmota counts only starts that follow each other within ten seconds.
    for (const { lasts } of beats.slice(1, -1)) expect(lasts).toBe(pace);
    expect(2 * pace).toBeLessThan(10_000);
  });

  it.each([
    [0, 'Leave the power off.', 30_000],
    [29_999, 'Leave the power off.', 1],
    [30_000, 'On: 1 of 7.', 2000],
    [32_000, 'Off.', 2000],
    [33_500, 'Off.', 500],
    [34_000, 'On: 2 of 7.', 2000],
    [50_000, 'On: 6 of 7.', 2000],
    [53_999, 'Off.', 1],
    [54_000, 'On: 7 of 7, and now leave it on.', null],
    [9_999_999, 'On: 7 of 7, and now leave it on.', null],
    [-1, 'Leave the power off.', 30_000],
    [Number.NaN, 'Leave the power off.', 30_000],
    [Number.POSITIVE_INFINITY, 'Leave the power off.', 30_000],
  ])('says at %d ms: %s', (elapsed, words, left) => {
    const moment = momentAt(elapsed);
    expect(inEnglish(moment.says)).toBe(words);
    expect(moment.left).toBe(left);
    expect(moment.isLast).toBe(left === null);
  });

  it('holds every order until its end, and then gives the next', () => {
    fc.assert(
      fc.property(times, (elapsed) => {
        const { beat, left } = momentAt(elapsed);
        const begun = beginnings.findLast(({ at }) => at <= elapsed);
        expect(beat).toMatchObject({ power: begun?.power, turn: begun?.turn });
        if (left === null) return;
        expect(left).toBeGreaterThan(0);
        expect(momentAt(elapsed + left - 1).beat).toBe(beat);
        expect(beats.indexOf(momentAt(elapsed + left).beat)).toBe(beats.indexOf(beat) + 1);
      }),
    );
  });

  it('never goes back, and is over after the same time for everybody', () => {
    const end = rest + (turns - 1) * 2 * pace;
    fc.assert(
      fc.property(times, times, (one, other) => {
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        expect(beats.indexOf(momentAt(late).beat)).toBeGreaterThanOrEqual(
          beats.indexOf(momentAt(early).beat),
        );
        expect(momentAt(late).isLast).toBe(late >= end);
      }),
    );
  });
});

describe('the three minutes', () => {
  it('run down and stay at nothing', () => {
    fc.assert(
      fc.property(fc.double(), (elapsed) => {
        const left = openStill(elapsed);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(openFor);
      }),
    );
    expect([-5, 0, 1000, 180_000, 900_000].map(openStill)).toEqual([180_000, 180_000, 179_000, 0, 0]);
  });
});

describe('the templates', () => {
  const schema = v.strictObject({
    NAME: v.string(),
    GPIO: v.pipe(v.array(v.pipe(v.number(), v.integer())), v.length(14)),
    FLAG: v.literal(0),
    BASE: v.pipe(v.number(), v.integer(), v.minValue(1)),
  });

  it.each(templates)('are as Tasmota 9.1 reads them: $json', ({ json, sources }) => {
    const { GPIO, BASE } = v.parse(schema, JSON.parse(json));
    // 32 is the button and 224 the relay; a D1 (74) has a second chip for both and speaks to it by 3200 and 3232.
    expect(GPIO).toEqual(expect.arrayContaining(BASE === 74 ? [3200, 3232] : [32, 224]));
    expect(sources.length).toBeGreaterThan(0);
  });

  it('are there for the models that can be flashed, and for no other', () => {
    for (const { id, group } of devices) expect(templateFor(id) !== null).toBe(group === 'diy');
  });
});

describe('the way to the full build', () => {
  it.each([
    ['14.1.0', [null]],
    ['9.1.0', [null]],
    ['9.0.0', ['9.1.0', null]],
    ['8.5.1', ['9.1.0', null]],
    ['8.5.0', ['8.5.1', '9.1.0', null]],
    ['7.2.0', ['8.5.1', '9.1.0', null]],
    ['7.1.1', ['7.2.0', '8.5.1', '9.1.0', null]],
    ['6.7.1', ['7.2.0', '8.5.1', '9.1.0', null]],
  ])('from %s has the stops %j', (version, stops) => {
    expect(upgradePath(version)?.map((stop) => stop.version)).toEqual(stops);
  });

  it.each(['6.7.0', '5.14.0', '', 'latest', '8'])('from %j is not known', (version) => {
    expect(upgradePath(version)).toBeNull();
  });

  it('ends with the full build, and takes a gzip only from where it is understood', () => {
    const path = upgradePath('7.1.1') ?? [];
    expect(path.at(-1)?.url).toBe('http://ota.tasmota.com/tasmota/release/tasmota.bin.gz');
    for (const { version, url } of path.slice(0, 2)) expect(`${version} ${url}`).not.toContain('.gz');
  });
});
