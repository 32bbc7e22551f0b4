import { describe, expect, it, vi } from 'vitest';
import { readBody, readText } from '../../../src/core/body.ts';
import { waitUnlessAborted } from '../../../src/core/wait.ts';

const { signal } = new AbortController();
const bytesOf = (words: string) => new TextEncoder().encode(words);

/** A body of these pieces, which then ends, breaks off or hangs. */
function bodyOf(pieces: readonly Uint8Array[], then: 'end' | 'break' | 'hang' = 'end', cancel = () => {}) {
  const left = [...pieces];
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = left.shift();
        if (next) return controller.enqueue(next);
        if (then === 'end') return controller.close();
        if (then === 'break') return controller.error(new TypeError('gone'));
        return new Promise<void>(() => {});
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
}

async function read(body: ReadableStream<Uint8Array> | null, limit: number, stop = signal) {
  let taken = '';
  const end = await readBody(body, {
    limit,
    wait: (piece) => waitUnlessAborted(piece, stop),
    take: (piece) => {
      taken += new TextDecoder().decode(piece);
      return taken.includes('!');
    },
  });
  return { taken, end };
}

describe('readBody', () => {
  it('reads to the end what is as long as the limit', async () => {
    const { taken, end } = await read(bodyOf([bytesOf('ab'), bytesOf('cd')]), 4);
    expect({ taken, end }).toEqual({ taken: 'abcd', end: { kind: 'complete', received: 4 } });
    expect(await read(null, 4)).toEqual({ taken: '', end: { kind: 'complete', received: 0 } });
  });

  it('leaves what is longer, and gives away no byte beyond the limit', async () => {
    const cancel = vi.fn();
    const { taken, end } = await read(bodyOf([bytesOf('ab'), bytesOf('cd')], 'hang', cancel), 3);
    expect({ taken, end }).toEqual({ taken: 'abc', end: { kind: 'left', received: 4 } });
    expect(cancel).toHaveBeenCalled();
  });

  it('leaves the rest when no more is wanted', async () => {
    const cancel = vi.fn();
    const { end } = await read(bodyOf([bytesOf('a!'), bytesOf('b')], 'hang', cancel), 9);
    expect(end).toEqual({ kind: 'left', received: 2 });
    expect(cancel).toHaveBeenCalled();
  });

  it('tells what broke it off', async () => {
    const { taken, end } = await read(bodyOf([bytesOf('ab')], 'break'), 9);
    expect(taken).toBe('ab');
    expect(end).toEqual({ kind: 'broken-off', received: 2, error: new TypeError('gone') });
  });

  it('does not wait longer than whoever waits, nor until a body is left', async () => {
    const stop = new AbortController();
    const cancel = vi.fn(() => new Promise<void>(() => {}));
    const reading = read(bodyOf([bytesOf('ab')], 'hang', cancel), 9, stop.signal);
    await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect((await reading).end).toEqual({ kind: 'cancelled', received: 2 });
    expect(cancel).toHaveBeenCalled();
  });
});

describe('readText', () => {
  it('puts letters together that were cut in two', async () => {
    const pieces = [...bytesOf('aé')].map((byte) => Uint8Array.of(byte));
    expect(await readText(bodyOf(pieces), { limit: 9, signal })).toMatchObject({ text: 'aé' });
  });

  it('shows a letter that is not whole at the end, and not one that was cut at the limit', async () => {
    const cut = [bytesOf('aé').subarray(0, 2)];
    expect((await readText(bodyOf(cut), { limit: 9, signal })).text).toBe('a\uFFFD');
    expect((await readText(bodyOf([bytesOf('aé')]), { limit: 2, signal })).text).toBe('a');
  });

  it('keeps what came before it broke off', async () => {
    const { text, end } = await readText(bodyOf([bytesOf('ab')], 'break'), { limit: 9, signal });
    expect(text).toBe('ab');
    expect(end.kind).toBe('broken-off');
  });

  it('reads until it is enough', async () => {
    const enough = (text: string) => text.endsWith('b');
    const { text } = await readText(bodyOf([bytesOf('a'), bytesOf('b')], 'hang'), {
      limit: 9,
      signal,
      enough,
    });
    expect(text).toBe('ab');
  });
});
