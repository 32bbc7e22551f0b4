import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage, readProtocol } from '../../../src/native-messages/answers.ts';
import { extensionIds, idsFor } from '../../../src/native-messages/extension-ids.ts';
import { maxMessageBytes, pieceBytes } from '../../../src/native-messages/limits.ts';
import { Assembly, fromBase64, piecesOf, toBase64 } from '../../../src/native-messages/pieces.ts';
import { readHello, readRequest, readRequestId } from '../../../src/native-messages/requests.ts';

const sha256 = 'a'.repeat(64);

describe('an image in pieces', () => {
  it('is the same again, and every piece is a request of fewer than 1 MB', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), fc.integer({ min: 0, max: 255 }), (length, seed) => {
        const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + seed) & 255);
        const assembly = new Assembly({ name: 'x', sha256, bytes: length });
        const states = [...piecesOf(7, bytes)].map((piece) => {
          expect(readRequest(piece)).toEqual(piece);
          expect(JSON.stringify(piece).length).toBeLessThan(maxMessageBytes);
          return assembly.add(piece);
        });
        expect(states.slice(0, -1).every((state) => state === 'more')).toBe(true);
        expect(states.at(-1)).toBe('whole');
        expect(states.length).toBe(Math.ceil(length / pieceBytes));
        expect(Buffer.from(assembly.whole ?? []).equals(Buffer.from(bytes))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('is refused when a piece is missing, comes twice, is too long or empty', () => {
    const fresh = () => new Assembly({ name: 'x', sha256, bytes: 4 });
    expect(fresh().add({ offset: 1, data: 'AAAA' })).toBe('wrong');
    expect(fresh().add({ offset: 0, data: 'AAAAAAAA' })).toBe('wrong');
    expect(fresh().add({ offset: 0, data: '' })).toBe('wrong');
    const twice = fresh();
    expect(twice.add({ offset: 0, data: 'AAA=' })).toBe('more');
    expect(twice.add({ offset: 0, data: 'AAA=' })).toBe('wrong');
    expect(twice.whole).toBeNull();
  });

  it.each(['AAA', 'A A=', 'AAA\n', 'A===', '-_AA', 'AA=A'])('takes no %j for base64', (text) => {
    expect(fromBase64(text)).toBeNull();
  });

  it('is written as everybody writes base64', () => {
    const bytes = Buffer.from('a firmware', 'utf8');
    expect(toBase64(bytes)).toBe(bytes.toString('base64'));
  });
});

describe('requests', () => {
  it('are read strictly', () => {
    const take = { type: 'take', id: 1, name: 'x.bin', bytes: 5, sha256 };
    expect(readRequest(take)).toEqual(take);
    for (const change of [
      { id: 0 },
      { id: 1.5 },
      { bytes: 1_048_577 },
      { bytes: 0 },
      { sha256: sha256.toUpperCase() },
      { more: 1 },
      { type: 'give' },
    ])
      expect(readRequest({ ...take, ...change })).toBeNull();
    expect(readRequest({ type: 'expect', id: 1, sha256, device: 'localhost' })).toBeNull();
    expect(readRequest({ type: 'forget', id: 1, download: '../../x' })).toBeNull();
  });

  it('that are none are answered by their number', () => {
    expect(readRequestId({ id: 5, type: 'dance' })).toBe(5);
    expect(readRequestId([5])).toBeNull();
  });

  it('of other versions are known by their greeting', () => {
    expect(readHello({ type: 'hello', protocol: 9, new: 'thing' })?.protocol).toBe(9);
    expect(readHello({ type: 'hello' })).toBeNull();
    expect(readProtocol({ type: 'welcome', protocol: 9, new: 'thing' })).toBe(9);
    expect(readProtocol({ type: 'welcome' })).toBeNull();
  });

  it('and messages are never anything that is not written down', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => readRequest(value) === null && readMessage(value) === null),
    );
  });
});

describe('the ids', () => {
  it('are those that browsers take: one that is not would undo the registration', () => {
    for (const id of idsFor('chromium')) expect(id).toMatch(/^[a-p]{32}$/);
    expect(idsFor('chromium')).toContain(extensionIds.chromium.development);
    expect(idsFor('firefox').length).toBe(1);
  });
});
