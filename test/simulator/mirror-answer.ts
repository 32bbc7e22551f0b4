import { createHash } from 'node:crypto';
import type { HttpRequest } from './http-request.ts';

/** How the connection goes on behind an answer. */
export type Afterwards = 'keep' | 'close' | 'reset' | 'stall' | 'pour';

/** One answer, ready to be sent, and ready to be spoilt. Header names go out in the case that they have here. */
export interface MirrorAnswer {
  readonly statusLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly afterwards: Afterwards;
  readonly delayMs: number;
  /** Bytes per second; 0 is as fast as it goes. */
  readonly speed: number;
}

/** What a request asks for, beside the answer. */
export interface Asked {
  readonly request: HttpRequest;
  readonly file: Uint8Array;
  readonly range: ByteRange | undefined;
  /** How many requests for this path came before. */
  readonly before: number;
}

/** First and last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** An answer with a body of that type. */
export function answerWith(statusLine: string, type: string, body: Uint8Array | string): MirrorAnswer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return {
    statusLine: `HTTP/1.1 ${statusLine}`,
    headers: [
      ['Server', 'simulated-mirror'],
      ['Content-Type', type],
      ['Content-Length', String(bytes.length)],
      ['Connection', 'keep-alive'],
    ],
    body: bytes,
    afterwards: 'keep',
    delayMs: 0,
    speed: 0,
  };
}

/** The file or a part of it, with the headers that nginx sends for it. */
export function fileAnswer(file: Uint8Array, range: ByteRange | undefined): MirrorAnswer {
  const etag: [string, string] = ['ETag', etagOf(file)];
  const ranges: [string, string] = ['Accept-Ranges', 'bytes'];
  if (!range) {
    const whole = answerWith('200 OK', 'application/octet-stream', file);
    return { ...whole, headers: [...whole.headers, etag, ranges] };
  }
  if (range.first >= file.length) {
    const none = answerWith('416 Range Not Satisfiable', 'text/plain', '');
    return { ...none, headers: [...none.headers, ['Content-Range', `bytes */${file.length}`]] };
  }
  const last = Math.min(range.last, file.length - 1);
  const part = answerWith(
    '206 Partial Content',
    'application/octet-stream',
    file.subarray(range.first, last + 1),
  );
  return {
    ...part,
    headers: [...part.headers, etag, ['Content-Range', `bytes ${range.first}-${last}/${file.length}`]],
  };
}

/** The strong tag of a file: other bytes, other tag. */
export function etagOf(file: Uint8Array): string {
  return `"${createHash('sha256').update(file).digest('hex').slice(0, 16)}"`;
}

/** Reads one byte range. Anything else (several ranges, other units) is served whole. */
export function readByteRange(header: string | undefined, length: number): ByteRange | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') return { first: Math.max(0, length - Number(to)), last: length - 1 };
  const first = Number(from);
  const last = to === '' ? Math.max(first, length - 1) : Number(to);
  return last < first ? undefined : { first, last };
}

/** The same answer with one header changed, added at the end, or taken away. */
export function withHeader(answer: MirrorAnswer, name: string, value: string | undefined): MirrorAnswer {
  const kept = answer.headers.filter(([given]) => given.toLowerCase() !== name.toLowerCase());
  return { ...answer, headers: value === undefined ? kept : [...kept, [name, value]] };
}
