import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { takeTexts } from '../../../scripts/texts.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import type { Message } from '../../../src/core/text.ts';
import { everything, files, textsIn } from './everything.ts';

const found = textsIn(everything).map(({ field, text }) => ({ field, text, words: inEnglish(text) }));
/** Fields that hold a name and not a sentence. */
const names = new Set(['title', 'label']);
const sentences = found.filter(({ field }) => !names.has(field));
const codes = /(?<![\d.,(])(?:400|401|403|404|406|408|409|410|413|422|424|471|500|503)(?!\d|[.,]\d|\))/;
const gaps = /[{}]|undefined|\bnull\b|\[object|pairing_|^\s|\s$|\s\s/;
const writtenIn = new Map<string, string[]>();
for (const file of files) {
  for (const [, id = ''] of readFileSync(file, 'utf8').matchAll(/\btext\(\s*'(\w+)'/g)) {
    writtenIn.set(id, [...(writtenIn.get(id) ?? []), file]);
  }
}

describe('the texts of the guide', () => {
  it('are all found', () => {
    expect(found.length).toBeGreaterThan(350);
    expect(new Set(found.map(({ field }) => field))).toEqual(
      new Set(
        ['title', 'label', 'says', 'notes', 'symptom', 'happened', 'remedy', 'note', 'looks', 'means', 'ask']
          .concat(['help', 'why', 'power'])
          .concat(Object.keys(everything.stateTexts)),
      ),
    );
  });

  it.each(files)('are literals that belong to this room, and one id says one thing: %s', (file) => {
    const messages = new Map<string, Message>();
    const { code } = transformSync(readFileSync(file, 'utf8'), { loader: 'ts', target: 'es2023' });
    takeTexts(code, messages);
    for (const id of messages.keys()) expect(id).toMatch(/^pairing_[a-z0-9_]+$/);
    for (const id of messages.keys()) {
      expect(code.split(`"${id}"`), `${id} is written once`).toHaveLength(2);
    }
    for (const id of messages.keys()) expect(writtenIn.get(id)).toEqual([file]);
  });

  it('are all in use', () => {
    const used = new Set(found.map(({ text }) => text.id));
    expect([...writtenIn.keys()].filter((id) => !used.has(id))).toEqual([]);
  });

  it('say nothing twice under two ids', () => {
    const first = new Map<string, string>();
    const twice = found.filter(({ text, words }) => {
      const known = first.get(words) ?? text.id;
      first.set(words, known);
      return known !== text.id;
    });
    expect(twice).toEqual([]);
  });

  it('end with a full stop, or ask', () => {
    const bad = sentences.filter(
      ({ field, words }) => !(field === 'ask' ? /^[A-Z].*\?$/ : /^[A-Z].*[^.]\.$/).test(words),
    );
    expect(bad).toEqual([]);
  });

  it('say one thing at a time', () => {
    expect(sentences.filter(({ words }) => /[.!?]\s+[A-Z]/.test(words))).toEqual([]);
  });

  it('have no bare code and no gap', () => {
    expect(found.filter(({ words }) => codes.test(words))).toEqual([]);
    expect(found.filter(({ words }) => gaps.test(words))).toEqual([]);
  });

  it('name things without a full stop', () => {
    const bad = found.filter(({ field, words }) => names.has(field) && !/^[A-Z0-9].*[^.!?]$/.test(words));
    expect(bad).toEqual([]);
  });

  it('would be found out', () => {
    for (const words of ['It said 424.', 'It said 424 and left.']) expect(words).toMatch(codes);
    for (const words of ['It said (424).', 'It holds 404,000 bytes.']) expect(words).not.toMatch(codes);
    for (const words of ['Type {name}.', 'Type  it.', 'Type undefined.']) expect(words).toMatch(gaps);
  });
});
