import { describe, expect, it } from 'vitest';
import { codeOf, wordsOf } from '../../../src/core/error-words.ts';

describe('an error in words', () => {
  it.each([
    [new TypeError('fetch failed'), 'fetch failed'],
    [
      new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') }),
      'fetch failed: connect ECONNREFUSED',
    ],
    [new TypeError('fetch failed', { cause: { code: 'HTTPS_ONLY' } }), 'fetch failed: {"code":"HTTPS_ONLY"}'],
    ['no error at all', 'no error at all'],
    [undefined, 'undefined'],
  ])('%s', (error, words) => expect(wordsOf(error)).toBe(words));
});

describe('the code of an error', () => {
  it('is empty where there is none', () => {
    expect(codeOf(Object.assign(new Error('no such file'), { code: 'ENOENT' }))).toBe('ENOENT');
    expect(codeOf(new Error('no'))).toBe('');
    expect(codeOf({ code: 'ENOENT' })).toBe('');
  });
});
