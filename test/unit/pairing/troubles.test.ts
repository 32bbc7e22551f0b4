import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pseudo } from '../../../scripts/texts.ts';
import { english, inEnglish, type Language, render } from '../../../src/core/render-text.ts';
import { findTroubles } from '../../../src/pairing/trouble.ts';
import { troubles } from '../../../src/pairing/troubles.ts';

const found = (query: string) => findTroubles(troubles, query, inEnglish).map(({ id }) => id);

describe('what goes wrong', () => {
  it('has every row once, in kebab-case', () => {
    const ids = troubles.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
  });

  it.each(troubles)('says what to do and where it was reported: $id', ({ remedy, sources }) => {
    expect(remedy.length).toBeGreaterThan(0);
    expect(sources.length).toBeGreaterThan(0);
  });

  it.each(troubles.filter(({ state }) => state === 'doubt'))(
    'keeps a device in doubt alive: $id',
    ({ remedy }) => {
      const words = remedy.map(inEnglish);
      expect(words).toContain('Press Info.');
      expect(words.join(' ')).not.toMatch(/(?:cut|off) the (?:power|mains)|restart/i);
    },
  );

  it.each(troubles.filter(({ state }) => state === 'do-not-restart'))(
    'asks first of all for power where a restart would destroy the device: $id',
    ({ remedy: [first] }) => expect(first && inEnglish(first)).toBe('Keep the power of the device on.'),
  );

  // In these rows Tasmota has been seen running, so nothing half-written can be left.
  const seenRunning = ['new-network-gone', 'minimal', 'upgrade-bricked'];
  it.each(troubles.filter(({ id, when }) => when !== 'before' && !seenRunning.includes(id)))(
    'cuts no power before the device was asked: $id',
    ({ remedy }) => {
      const words = remedy.map(inEnglish);
      const cut = words.findIndex((said) => /off the mains|power cycles|power off/.test(said));
      const asked = words.findIndex((said) => /\bInfo\b/.test(said));
      if (cut >= 0) expect(asked).toBeGreaterThanOrEqual(0);
      if (cut >= 0) expect(asked).toBeLessThan(cut);
    },
  );

  it('cuts no power for the sake of finding a device', () => {
    const before = troubles.filter(({ when }) => when === 'before').flatMap(({ remedy }) => remedy);
    expect(before.map(inEnglish).filter((said) => /\bpower\b|mains/.test(said))).toEqual([]);
  });

  // The failure modes that the users of other tools have reported, most frequent first.
  it.each([
    'not-found',
    'unlock-hangs',
    'empty-id',
    'no-range',
    'host-name',
    'only-lan',
    'too-large',
    'wrong-digest',
    'minimal',
    'no-new-network',
    'upgrade-bricked',
    'no-verdict',
    'exe-trojan',
    'other-system',
    'page-old-wifi',
    'still-in-account',
    'mirror-down',
    'many-devices',
    'want-stock-back',
    'bulb-request',
  ])('knows %s', (id) => {
    expect(troubles.map((row) => row.id)).toContain(id);
  });
});

describe('the search', () => {
  it.each([
    ['10.10.7.2', ['page-no-address']],
    ['MOBILE data phone page 10.10.7.1', ['page-mobile-data']],
    ['itead#90', ['page-old-wifi']],
    ['digest capital', ['wrong-digest']],
    ['  ', troubles.map(({ id }) => id)],
    ['no such thing at all', []],
  ])('finds by %j', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it('finds by the words of the state', () => {
    expect(found('damaged image')).toEqual(['wrong-digest']);
  });

  it('finds by the words of the reader’s language, with and without accents', () => {
    const strange: Language = {
      locale: 'en',
      words: (id) => {
        const words = english.words(id);
        return words === undefined ? undefined : pseudo(words);
      },
    };
    const inStrange = (query: string) =>
      findTroubles(troubles, query, (text) => render(text, strange)).map(({ id }) => id);
    const words = pseudo('damaged').replace(/^\[!! | .*$/g, '');
    expect(inStrange(words)).toEqual(found('damaged'));
    expect(inStrange(words.normalize('NFD'))).toEqual(found('damaged'));
    expect(findTroubles(troubles, 'uber', () => 'Gerät ÜBER allem')).toHaveLength(troubles.length);
  });

  it('takes any query, keeps the order, and finds less the more is asked', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const few = found(`${one} ${other}`);
        expect(found(one)).toEqual(expect.arrayContaining(few));
        expect(few).toEqual(troubles.map(({ id }) => id).filter((id) => few.includes(id)));
      }),
    );
  });
});
