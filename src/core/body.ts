import { type Waited, waitUnlessAborted } from './wait.ts';

/** How the reading of a body ended. `left`: there is more of it than is wanted. */
export type BodyEnd =
  | { readonly kind: 'complete' | 'left' | 'late' | 'cancelled' }
  | { readonly kind: 'broken-off'; readonly error: unknown };

/** How a body is read. */
export interface BodyReading {
  /** Bytes; what goes beyond them is left. */
  readonly limit: number;
  /** Waits for each piece, as long as the reader bears with it. */
  readonly wait: <T>(piece: Promise<T>) => Promise<Waited<T>>;
  /** Is given each piece, cut at the limit; `true` if no more is wanted. */
  readonly take: (piece: Uint8Array) => boolean;
}

/** Reads a body piece by piece; `received` are the bytes that came. Never rejects. */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  reading: BodyReading,
): Promise<BodyEnd & { readonly received: number }> {
  if (body === null) return { kind: 'complete', received: 0 };
  const reader = body.getReader();
  let received = 0;
  async function untilItEnds(): Promise<BodyEnd> {
    for (;;) {
      const read = await reading.wait(reader.read());
      if (read.kind === 'failed') return { kind: 'broken-off', error: read.error };
      if (read.kind !== 'done') return read;
      if (read.value.done) return { kind: 'complete' };
      const piece = read.value.value;
      const isEnough = reading.take(piece.subarray(0, reading.limit - received));
      received += piece.byteLength;
      if (isEnough || received > reading.limit) return { kind: 'left' };
    }
  }
  const end = await untilItEnds();
  // Not awaited: a body that never ends may also never be left.
  void reader.cancel().catch(() => {});
  return { ...end, received };
}

/** How a body is read as text. */
export interface TextReading extends Pick<BodyReading, 'limit'> {
  readonly signal: AbortSignal;
  /** Whether of the text so far no more is wanted. */
  readonly enough?: (text: string) => boolean;
}

/** Reads a body as UTF-8: what came of it, however it ended. Never rejects, and never outlasts `signal`. */
export async function readText(
  body: ReadableStream<Uint8Array> | null,
  { limit, signal, enough = () => false }: TextReading,
): Promise<{ readonly text: string; readonly end: BodyEnd }> {
  const decoder = new TextDecoder();
  let text = '';
  const end = await readBody(body, {
    limit,
    wait: (piece) => waitUnlessAborted(piece, signal),
    take: (piece) => {
      text += decoder.decode(piece, { stream: true });
      return enough(text);
    },
  });
  return { text: end.kind === 'complete' ? text + decoder.decode() : text, end };
}
