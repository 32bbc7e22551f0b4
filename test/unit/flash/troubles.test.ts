import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import type { Text } from '../../../src/core/text.ts';
import { rowOf } from '../../../src/flash/troubles/row.ts';
import { troubleGroups } from '../../../src/flash/troubles/table.ts';
import { findTroubles, stateTexts } from '../../../src/pairing/trouble.ts';
import { deviceErrors, everyAlert, refusedFlashes } from './every-alert.ts';

const rows = troubleGroups.flatMap((group) => group.rows);
const byId = new Map(rows.map((row) => [row.id, row]));
const idsOf = (seenBy: 'extension' | 'person') =>
  troubleGroups.filter((group) => group.seenBy === seenBy).flatMap((group) => group.rows.map(({ id }) => id));

/** The ids of a text and of the texts in it: what it says, whatever it names. */
function saidIn({ id, args }: Text): readonly string[] {
  const inner = Object.values(args ?? {}).flatMap((arg) =>
    typeof arg === 'object' && 'id' in arg ? saidIn(arg) : [],
  );
  return [id, ...inner];
}

/** What stands against a tool is said in its own words, and success with all that was seen of it. */
const inOtherWords: ReadonlySet<string> = new Set(['tool-held', 'callback-0']);

describe('the table of everything that goes wrong', () => {
  it('has every row once, with what to do and where it was reported', () => {
    expect(byId.size).toBe(rows.length);
    for (const { id, remedy, sources, symptom, happened } of rows) {
      expect(id).toMatch(/^[a-z][a-z_]*(-[a-z0-9]+)*$/);
      expect(remedy.length, id).toBeGreaterThan(0);
      expect(sources.length, id).toBeGreaterThan(0);
      for (const words of [symptom, happened, ...remedy].map(inEnglish)) {
        expect(words, id).not.toMatch(/[{}]|undefined|null|\(\)/);
      }
    }
  });

  it('takes nothing in to which no id would lead', () => {
    const alert = { sentence: { id: 'flash_of_no_kind' } };
    const about = { happened: alert.sentence, state: 'as-before', remedy: [], sources: [] } as const;
    expect(() => rowOf(alert, about)).toThrow('flash_of_no_kind');
  });

  it('has a row for everything that can fail', () => {
    const without = everyAlert.filter(({ trouble }) => trouble === undefined || !byId.has(trouble));
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('has no row that nothing leads to, but those that only a person can see', () => {
    const reached = new Set(everyAlert.map(({ trouble }) => trouble));
    expect(idsOf('extension').filter((id) => !reached.has(id))).toEqual([]);
    expect(idsOf('person').filter((id) => reached.has(id))).toEqual([]);
  });

  it('says in a row what the alert says that leads there', () => {
    for (const { name, sentence, trouble = '' } of everyAlert) {
      const row = byId.get(trouble);
      const said = [row?.symptom, row?.happened, ...(row?.remedy ?? [])].flatMap((one) =>
        one === undefined ? [] : saidIn(one),
      );
      if (!inOtherWords.has(trouble) && !name.endsWith(', listed'))
        expect(said, name).toEqual(expect.arrayContaining([sentence.id]));
    }
  });

  it('knows what each error of a device means for some command', () => {
    const known = rows.map(({ id }) => id);
    for (const error of deviceErrors)
      expect(
        known.some((id) => id.includes(`-${error}`)),
        error,
      ).toBe(true);
  });

  it('keeps the row of an answer in the outcome that comes of it', () => {
    for (const { failure, outcome } of refusedFlashes) {
      expect(failure.trouble).toBeDefined();
      expect(outcome.trouble).toBe(failure.trouble);
    }
  });

  it.each([
    ['ota_flash-digest-mismatch-471', 'do-not-restart'],
    ['ota_flash-digest-mismatch-409', 'do-not-restart'],
    ['ota_flash-download-failed-424', 'doubt'],
    ['ota_flash-empty-reply', 'doubt'],
    ['ota_flash-locked-403', 'unchanged'],
    ['ota_flash-no-permission', 'unchanged'],
    ['outcome-gone-accepted', 'probably-flashed'],
    ['outcome-still-sonoff', 'doubt'],
    ['outcome-still-in-doubt', 'do-not-restart'],
    ['callback-0', 'flashed'],
    ['callback-404', 'doubt'],
    ['callback-406', 'doubt'],
    ['callback-409', 'do-not-restart'],
    ['callback-410', 'do-not-restart'],
    ['callback-unreadable', 'doubt'],
  ])('says of %s what state the device is in', (id, state) => {
    expect(byId.get(id)?.state).toBe(state);
  });

  it('cuts no power where a device may hold half an image', () => {
    const grave = rows.filter(({ state }) => state === 'doubt' || state === 'do-not-restart');
    for (const { id, remedy } of grave) {
      const words = remedy.map(inEnglish).join(' ');
      expect(words.replace(/[Dd]o not (cut|restart)/g, ''), id).not.toMatch(
        /cut (its|the) power|off the (power|mains)|restart the device/i,
      );
    }
  });

  it('has a sentence for every state, and uses each', () => {
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(Object.keys(stateTexts)));
  });

  it('is found by the number that a device or its mirror is told', () => {
    const found = (query: string) => findTroubles(rows, query, inEnglish).map(({ id }) => id);
    expect(found('tells mirror 409')).toEqual(['callback-409']);
    expect(found('(471)')).toEqual(['ota_flash-digest-mismatch-471']);
  });
});
