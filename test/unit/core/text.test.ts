import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { inEnglish, type Language, piecesOf, render } from '../../../src/core/render-text.ts';
import { type Text, text } from '../../../src/core/text.ts';
import { textSchema } from '../../../src/core/text-schema.ts';

const greeting = text('test_greeting', 'The device at {address} is {state}.', {
  address: '192.168.1.20',
  state: text('test_locked', 'locked'),
});

describe('a text', () => {
  it('is data: an id and what goes in', () => {
    expect(text('test_plain', 'Nothing has been sent.')).toEqual({ id: 'test_plain' });
    expect(JSON.parse(JSON.stringify(greeting))).toEqual({
      id: 'test_greeting',
      args: { address: '192.168.1.20', state: { id: 'test_locked' } },
    });
  });

  it.each([
    [greeting, 'The device at 192.168.1.20 is locked.'],
    [text('test_bytes', 'It has {size}.', { size: { bytes: 520_192 } }), 'It has 520,192 bytes.'],
    [text('test_number', 'Part {part}.', { part: 1_234 }), 'Part 1,234.'],
    [text('test_minutes', 'Wait {span}.', { span: { span: 180_000 } }), 'Wait 3 minutes.'],
    [text('test_minute', 'Wait {span}.', { span: { span: 60_000 } }), 'Wait 1 minute.'],
    [text('test_seconds', 'Wait {span}.', { span: { span: 90_000 } }), 'Wait 90 seconds.'],
    [text('test_ms', 'Wait {span}.', { span: { span: 1_500 } }), 'Wait 1,500 milliseconds.'],
    [text('test_all', 'Read {list}.', { list: { all: ['a', 'b', 'c'] } }), 'Read a, b, and c.'],
    [text('test_any', 'Read {list}.', { list: { any: ['a', 2] } }), 'Read a or 2.'],
    [plural(1), '1 check passed'],
    [plural(22), '22 checks passed'],
  ])('says %j as "%s"', (given, words) => {
    expect(inEnglish(given)).toBe(words);
  });

  it('puts nothing in twice: what an argument says is never read as a placeholder', () => {
    const given = text('test_twice', '{one} {two}', { one: '{two}', two: '$1' });
    expect(inEnglish(given)).toBe('{two} $1');
  });

  it('shows the id where a language lacks the words, and nothing breaks', () => {
    const none: Language = { locale: 'en', words: () => undefined };
    expect(render(greeting, none)).toBe('test_greeting');
  });

  it('keeps arguments apart, so that a view can set them off', () => {
    expect(piecesOf(greeting, { locale: 'en', words: () => 'An {address}, {unknown}' })).toEqual([
      'An ',
      { name: 'address', words: '192.168.1.20' },
      ', ',
      '{unknown}',
    ]);
  });

  it('is parsed where it comes from storage', () => {
    expect(v.parse(textSchema, JSON.parse(JSON.stringify(greeting)))).toEqual(greeting);
    expect(v.safeParse(textSchema, 'a sentence').success).toBe(false);
    expect(v.safeParse(textSchema, { id: 'x', args: { a: { html: '<b>' } } }).success).toBe(false);
  });
});

function plural(count: number): Text {
  return text('test_plural', { one: '{count} check passed', other: '{count} checks passed' }, { count });
}
