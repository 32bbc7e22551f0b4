import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsTexts, localeFile, type Messages, pseudo, takeTexts } from '../../../scripts/texts.ts';

function taken(code: string) {
  const messages: Messages = new Map();
  return { code: takeTexts(code, messages), messages };
}

describe('the texts of a build', () => {
  it('leave the bundle and are kept by id', () => {
    const { code, messages } = taken(
      `f(text('a_b', 'It is ' + \`off\`), text("c", "{x} of it", { x: text('d', 'D') }))`,
    );
    expect(code).toBe(`f(text('a_b', 0), text("c", 0, { x: text('d', 0) }))`);
    expect([...messages]).toEqual([
      ['a_b', 'It is off'],
      ['c', '{x} of it'],
      ['d', 'D'],
    ]);
  });

  it('are found in every file that makes some', () => {
    const folder = new URL('../../../', import.meta.url).pathname;
    const files = ['src', 'popup', 'options'].flatMap((room) =>
      readdirSync(`${folder}${room}`, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file))
        .map((file) => `${room}/${file}`),
    );
    const sources = files.map((file) => [file, readFileSync(`${folder}${file}`, 'utf8')] as const);
    const making = sources.filter(([, source]) => /(?<![\w.])text\(\s*'\w+',/.test(source));
    expect(making.length).toBeGreaterThan(20);
    expect(making.filter(([, source]) => !importsTexts(source)).map(([file]) => file)).toEqual([]);
  });

  it('may depend on a count', () => {
    const { messages } = taken(`text('n', { one: '{count} part', other: '{count} parts' }, { count })`);
    expect(JSON.parse(localeFile(messages))).toEqual({
      n_one: { message: '{count} part' },
      n_other: { message: '{count} parts' },
    });
  });

  it.each([
    ['an id that is no literal', 'text(id, "Off")'],
    ['an id that no locale file may hold', 'text("a.b", "Off")'],
    ['English that is put together', 'text("a", "Off " + when)'],
    ['one id for two sentences', 'text("a", "Off"); text("a", "On")'],
  ])('are refused with %s', (_, code) => {
    expect(() => taken(code)).toThrow();
  });

  it('may stand in two places if they say the same', () => {
    expect(taken('text("a", "Off"); text("a", "Off")').messages.size).toBe(1);
  });

  it('are written so that no browser reads a placeholder of its own', () => {
    const { messages } = taken('text("a", "$1 for {x}", { x })');
    expect(JSON.parse(localeFile(messages))).toEqual({ a: { message: '$$1 for {x}' } });
  });

  it('can be made strange and longer, but keep their arguments', () => {
    expect(pseudo('Press {button} now')).toBe('[!! Pŕéšš {button} ñöw · · · !!]');
  });
});
