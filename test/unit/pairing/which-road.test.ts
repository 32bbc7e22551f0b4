import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { devices } from '../../../src/pairing/devices.ts';
import type { Answer, QuestionId } from '../../../src/pairing/question.ts';
import { questions } from '../../../src/pairing/questions.ts';
import { type RoadId, roads } from '../../../src/pairing/road.ts';
import { type Answers, answersOf, type Sight, whichRoad } from '../../../src/pairing/which-road.ts';

interface Way {
  readonly answers: Answers;
  readonly road: RoadId;
  readonly taken: readonly Answer[];
}

function waysFrom(id: QuestionId, answers: Answers, taken: readonly Answer[]): Way[] {
  // A circle would come back to a question that has its answer already.
  expect(answers[id]).toBeUndefined();
  return questions[id].answers.flatMap((answer): Way[] => {
    const next = { ...answers, [id]: answer.id };
    const path = [...taken, answer];
    return 'road' in answer.leads
      ? [{ answers: next, road: answer.leads.road, taken: path }]
      : waysFrom(answer.leads.question, next, path);
  });
}

const ways = waysFrom('model', {}, []);
const nothingSeen: Sight = { group: null, firmware: null, network: null, device: null, page: null };
const place = (seen: Partial<Sight>, told: Answers = {}) => {
  const where = whichRoad({ ...told, ...answersOf({ ...nothingSeen, ...seen }) });
  return where.at === 'road' ? where.road.id : where.question.id;
};

describe('the questions', () => {
  it('reach every road', () => {
    expect(new Set(ways.map(({ road }) => road))).toEqual(new Set(Object.keys(roads)));
  });

  it('are all asked', () => {
    const asked = new Set(ways.flatMap(({ answers }) => Object.keys(answers)));
    expect(asked).toEqual(new Set(Object.keys(questions)));
  });

  it.each(Object.entries(questions))('tell their answers apart: %s', (id, { id: own, answers }) => {
    expect(own).toBe(id);
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(answers.length);
    expect(answers.length).toBeGreaterThan(1);
  });

  it('lead where they say, with a reason for every step', () => {
    for (const { answers, road, taken } of ways) {
      const where = whichRoad(answers);
      expect(where.at === 'road' && where.road.id).toBe(road);
      expect(where.taken.map(({ answer }) => answer.why)).toEqual(taken.map(({ why }) => why));
    }
  });

  it('stop at the first that is open', () => {
    expect(whichRoad({})).toMatchObject({ at: 'question', question: { id: 'model' }, taken: [] });
    expect(whichRoad({ model: 'diy' })).toMatchObject({ at: 'question', question: { id: 'diy-firmware' } });
    expect(whichRoad({ model: 'of yesterday', 'diy-firmware': 'button' })).toMatchObject({
      question: { id: 'model' },
    });
  });

  it('never lead a device with an ESP32, or a bulb, to any firmware', () => {
    for (const model of ['esp32', 'bulb']) {
      const reached = ways.filter(({ answers }) => answers.model === model).map(({ road }) => road);
      expect(reached).toEqual(['refused']);
    }
  });

  it('never lead an older model into DIY mode but by the page that only DIY mode has', () => {
    for (const { answers, road } of ways.filter(({ answers }) => answers.model === 'without-diy')) {
      if (road === 'diy') expect(answers['page-reply']).toBe('page');
      expect(road).not.toBe('diy-jumper');
    }
  });

  it('name every group of the table of devices', () => {
    const ids = questions.model.answers.map(({ id }) => id);
    for (const { group } of devices) expect(ids).toContain(group);
  });
});

describe('what was seen', () => {
  it.each<[Partial<Sight>, string]>([
    [{}, 'model'],
    [{ group: 'diy' }, 'diy-firmware'],
    [{ group: 'diy', firmware: '3.7.6' }, 'diy'],
    [{ group: 'diy', firmware: '3.5.0' }, 'diy'],
    [{ group: 'diy', firmware: '3.4.9' }, 'diy-jumper'],
    [{ group: 'diy', firmware: '3.3.0' }, 'diy-jumper'],
    [{ group: 'diy', firmware: '3.1.0' }, 'update-first'],
    [{ group: 'diy', firmware: 'new' }, 'diy-firmware'],
    [{ group: 'without-diy', firmware: '1.0.0' }, 'sonota'],
    [{ group: 'without-diy', firmware: '1.5.5' }, 'sonota'],
    [{ group: 'without-diy', firmware: '1.6.0' }, 'serial'],
    [{ group: 'without-diy', firmware: '1.8.1' }, 'serial'],
    [{ group: 'without-diy', firmware: '2.0.0' }, 'sonota'],
    [{ group: 'without-diy', firmware: '2.0.4' }, 'sonota'],
    [{ group: 'without-diy', firmware: '2.0.5' }, 'try-sonota'],
    [{ group: 'without-diy', firmware: '2.5.9' }, 'try-sonota'],
    [{ group: 'without-diy', firmware: '2.6.0' }, 'serial'],
    [{ group: 'without-diy', firmware: '3.6.0' }, 'serial'],
    [{ group: 'without-diy', firmware: '0.9' }, 'old-firmware'],
    [{ group: 'esp32', firmware: '1.4.0' }, 'refused'],
    [{ group: 'bulb', firmware: '1.4.1' }, 'refused'],
  ])('%j leads to %s', (seen, expected) => {
    expect(place(seen)).toBe(expected);
  });

  it.each<[Partial<Sight>, string]>([
    [{ network: 'ITEAD-100008db11' }, 'device-reply'],
    [{ network: 'FinalStage' }, 'sonota'],
    [{ network: 'tasmota-1A2B3C-4321' }, 'afterwards'],
    [{ network: 'ESP_1A2B3C' }, 'serial'],
    [{ network: 'Home' }, 'not-pairing'],
    [{ network: 'ITEAD-1', device: { kind: 'encrypted' } }, 'refused'],
    [{ network: 'ITEAD-1', device: { kind: 'plain', deviceid: '100008db11' } }, 'plain-firmware'],
    [{ network: 'ITEAD-1', device: { kind: 'plain', deviceid: '100008db11' }, firmware: '1.5.5' }, 'sonota'],
    [{ network: 'ITEAD-1', device: { kind: 'with-chip', deviceid: '100008db11' } }, 'page-reply'],
    [
      { network: 'ITEAD-1', device: { kind: 'with-chip', deviceid: '100008db11' }, page: { kind: 'page' } },
      'diy',
    ],
    [{ network: 'ITEAD-1', device: { kind: 'nothing' }, page: { kind: 'nothing' } }, 'page-closed'],
  ])('of a model that nobody knows, %j leads to %s', (seen, expected) => {
    expect(place(seen, { model: 'unknown' })).toBe(expected);
  });

  it('always leads somewhere, and anything as a version is no harm', () => {
    const sight = fc.record<Sight>({
      group: fc.constantFrom(null, 'diy', 'bulb', 'esp32', 'without-diy'),
      firmware: fc.option(fc.oneof(fc.string(), fc.stringMatching(/^\d{1,2}\.\d{1,3}(\.\d{1,3})?$/))),
      network: fc.option(fc.string()),
      device: fc.constantFrom(
        null,
        { kind: 'encrypted' },
        { kind: 'nothing' },
        { kind: 'plain', deviceid: 'a' },
      ),
      page: fc.constantFrom(null, { kind: 'page' }, { kind: 'nothing' }),
    });
    fc.assert(
      fc.property(sight, (seen) => {
        const where = whichRoad(answersOf(seen));
        expect(where.at === 'road' || where.question.answers.length > 0).toBe(true);
        if (seen.group === 'esp32' || seen.group === 'bulb') {
          expect(where.at === 'road' && where.road.id).toBe('refused');
        }
      }),
    );
  });
});
