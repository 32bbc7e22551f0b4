import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLit, ledPatterns } from '../../../src/pairing/led.ts';

const patterns = Object.values(ledPatterns);
const whole = (id: keyof typeof ledPatterns) =>
  ledPatterns[id].phases.reduce((sum, { lasts }) => sum + lasts, 0);

describe('the patterns of the LED', () => {
  it.each(Object.entries(ledPatterns))('can be drawn: %s', (id, { id: own, phases }) => {
    expect(own).toBe(id);
    expect(phases.length % 2).toBe(0);
    phases.forEach(({ lit, lasts }, index) => {
      // Light and dark take turns, from the last to the first too.
      expect(lit).toBe(index % 2 === 0);
      expect(Number.isInteger(lasts)).toBe(true);
      expect(lasts).toBeGreaterThanOrEqual(100);
      expect(lasts).toBeLessThanOrEqual(2000);
    });
  });

  it.each(patterns)('flash three times a second at most: $id', (pattern) => {
    for (let from = 0; from < whole(pattern.id); from += 10) {
      let flashes = 0;
      for (let at = from; at < from + 1000; at += 10) {
        if (!isLit(pattern, at) && isLit(pattern, at + 10)) flashes++;
      }
      expect(flashes).toBeLessThanOrEqual(3);
    }
  });

  it('look different from each other', () => {
    const drawn = patterns.map(({ phases }) => JSON.stringify(phases));
    expect(new Set(drawn).size).toBe(patterns.length);
  });

  it('count their flashes', () => {
    const flashes = patterns.map(({ id, phases }) => [id, phases.filter(({ lit }) => lit).length]);
    expect(Object.fromEntries(flashes)).toEqual({ pairing: 3, 'access-point': 1, 'no-wifi': 1, joined: 2 });
  });

  it('begin lit, follow their phases and repeat', () => {
    fc.assert(
      fc.property(fc.constantFrom(...patterns), fc.nat(100_000), fc.nat(20), (pattern, elapsed, rounds) => {
        expect(isLit(pattern, elapsed)).toBe(isLit(pattern, elapsed + rounds * whole(pattern.id)));
      }),
    );
    for (const pattern of patterns) {
      let at = 0;
      for (const { lit, lasts } of pattern.phases) {
        expect([isLit(pattern, at), isLit(pattern, at + lasts - 1)]).toEqual([lit, lit]);
        at += lasts;
      }
      expect(isLit(pattern, -5)).toBe(true);
      expect(isLit(pattern, Number.NaN)).toBe(true);
    }
  });
});
