import { gzipSync } from 'node:zlib';
import { type Asked, answerWith, fileAnswer, type MirrorAnswer, withHeader } from './mirror-answer.ts';

interface MirrorFaultRow {
  readonly what: string;
  /** What the fault's number is when none is given. */
  readonly number: number;
  readonly spoil: (answer: MirrorAnswer, asked: Asked, number: number) => MirrorAnswer;
}

const page = '<!DOCTYPE html><html><head><title>Welcome</title></head><body>It works!</body></html>';

/** Every way in which a mirror can be wrong, each a change of the right answer. */
export const mirrorFaults = {
  'not-found': {
    what: '404',
    number: 0,
    spoil: () => answerWith('404 Not Found', 'text/html', page),
  },
  'server-error': {
    what: '500',
    number: 0,
    spoil: () => answerWith('500 Internal Server Error', 'text/html', page),
  },
  misdirected: {
    what: '421, as from a server of other names',
    number: 0,
    spoil: () => answerWith('421 Misdirected Request', 'text/html', page),
  },
  'name-based': {
    what: '404 when the Host is dl.itead.cn (images-and-servers D4)',
    number: 0,
    spoil: (answer, { request }) =>
      request.headers.get('host') === 'dl.itead.cn' ? answerWith('404 Not Found', 'text/html', page) : answer,
  },
  'other-for-name': {
    what: 'another byte n when the Host is dl.itead.cn, with the same ETag',
    number: 0x20123,
    spoil: (answer, { request, file, range }, number) =>
      request.headers.get('host') === 'dl.itead.cn'
        ? { ...answer, body: fileAnswer(changed(file, number), range).body }
        : answer,
  },
  redirect: {
    what: '302 to https on the same host',
    number: 0,
    spoil: (_answer, { request }) =>
      withHeader(
        answerWith('302 Found', 'text/html', page),
        'Location',
        `https://${request.headers.get('host') ?? 'localhost'}${request.target}`,
      ),
  },
  html: { what: '200 and a web page', number: 0, spoil: () => answerWith('200 OK', 'text/html', page) },
  'ignores-range': {
    what: '200 and the whole file to a Range request (python -m http.server)',
    number: 0,
    spoil: (_answer, { file }) => fileAnswer(file, undefined),
  },
  stall: {
    what: 'sends n bytes of the body and then nothing more',
    number: 0,
    spoil: (answer, _asked, number) => ({
      ...answer,
      body: answer.body.slice(0, number),
      afterwards: 'stall',
    }),
  },
  silent: {
    what: 'takes the request and never answers',
    number: 0,
    spoil: (answer) => ({
      ...answer,
      statusLine: '',
      headers: [],
      body: new Uint8Array(),
      afterwards: 'stall',
    }),
  },
  nothing: {
    what: 'closes without a byte',
    number: 0,
    spoil: (answer) => ({
      ...answer,
      statusLine: '',
      headers: [],
      body: new Uint8Array(),
      afterwards: 'close',
    }),
  },
  empty: {
    what: '200 and a body of no bytes',
    number: 0,
    spoil: () => answerWith('200 OK', 'application/octet-stream', ''),
  },
  'break-off': {
    what: 'resets the connection after n bytes of the body',
    number: 2000,
    spoil: (answer, _asked, number) => ({
      ...answer,
      body: answer.body.slice(0, number),
      afterwards: 'reset',
    }),
  },
  'ends-early': {
    what: 'closes the connection after n bytes of the body',
    number: 2000,
    spoil: (answer, _asked, number) => ({
      ...answer,
      body: answer.body.slice(0, number),
      afterwards: 'close',
    }),
  },
  'sends-more': {
    what: 'sends n bytes more than it announced',
    number: 64,
    spoil: (answer, _asked, number) => ({
      ...answer,
      body: Buffer.concat([answer.body, Buffer.alloc(number)]),
    }),
  },
  'short-body': {
    what: 'answers a range with n bytes less, and says so',
    number: 96,
    spoil: (answer, { range }, number) =>
      range ? measured({ ...answer, body: answer.body.slice(0, -number) }) : answer,
  },
  'wrong-total': {
    what: 'adds n to the total in Content-Range',
    number: 4096,
    spoil: (answer, { file, range }, number) =>
      range
        ? withHeader(answer, 'Content-Range', `bytes ${range.first}-${range.last}/${file.length + number}`)
        : answer,
  },
  'off-by-one': {
    what: 'serves each range one byte too far on',
    number: 0,
    spoil: (answer, { file, range }) =>
      range && range.first > 0
        ? measured({ ...answer, body: file.subarray(range.first + 1, range.last + 2) })
        : answer,
  },
  changes: {
    what: 'another file, with another ETag, from the n-th request on',
    number: 3,
    spoil: (answer, { file, range, before }, number) =>
      before < number ? answer : fileAnswer(changed(file), range),
  },
  'lower-case': {
    what: 'header names in lower case',
    number: 0,
    spoil: (answer) => ({
      ...answer,
      headers: answer.headers.map(([name, value]) => [name.toLowerCase(), value] as const),
    }),
  },
  'http-1.0': {
    what: 'HTTP/1.0 in the status line',
    number: 0,
    spoil: (answer) => ({ ...answer, statusLine: answer.statusLine.replace('HTTP/1.1', 'HTTP/1.0') }),
  },
  'other-phrase': {
    what: '206 PARTIAL CONTENT',
    number: 0,
    spoil: (answer) => ({
      ...answer,
      statusLine: answer.statusLine.replace('Partial Content', 'PARTIAL CONTENT'),
    }),
  },
  'many-headers': {
    what: 'n bytes of headers that nobody asked for',
    number: 1500,
    spoil: (answer, _asked, number) => withHeader(answer, 'Content-Security-Policy', 'x'.repeat(number)),
  },
  chunked: {
    what: 'Transfer-Encoding: chunked',
    number: 0,
    spoil: (answer) => withHeader(inChunks(answer), 'Transfer-Encoding', 'chunked'),
  },
  gzip: {
    what: 'Content-Encoding: gzip, whatever is accepted',
    number: 0,
    spoil: (answer) =>
      withHeader(measured({ ...answer, body: gzipSync(answer.body) }), 'Content-Encoding', 'gzip'),
  },
  slow: {
    what: 'waits n ms before each answer',
    number: 500,
    spoil: (answer, _asked, number) => ({ ...answer, delayMs: number }),
  },
  trickle: {
    what: 'n bytes per second',
    number: 20_000,
    spoil: (answer, _asked, number) => ({ ...answer, speed: number }),
  },
  endless: {
    what: 'never stops sending',
    number: 0,
    spoil: (answer) => ({ ...withHeader(answer, 'Content-Length', undefined), afterwards: 'pour' }),
  },
  'closes-each': {
    what: 'closes the connection after each answer',
    number: 0,
    spoil: (answer) => ({ ...withHeader(answer, 'Connection', 'close'), afterwards: 'close' }),
  },
} as const satisfies Record<string, MirrorFaultRow>;

export type MirrorFaultKind = keyof typeof mirrorFaults;

/** A fault of one path: from the first request on or after some good ones, for ever or for a number of times. */
export interface MirrorFault {
  readonly kind: MirrorFaultKind;
  readonly number?: number;
  readonly after?: number;
  readonly times?: number;
}

/** Spoils a right answer, if the fault's time has come. */
export function spoil(answer: MirrorAnswer, asked: Asked, fault: MirrorFault): MirrorAnswer {
  const from = fault.after ?? 0;
  const until = from + (fault.times ?? Number.POSITIVE_INFINITY);
  if (asked.before < from || asked.before >= until) return answer;
  const row: MirrorFaultRow = mirrorFaults[fault.kind];
  return row.spoil(answer, asked, fault.number ?? row.number);
}

function measured(answer: MirrorAnswer): MirrorAnswer {
  return withHeader(answer, 'Content-Length', String(answer.body.length));
}

function inChunks(answer: MirrorAnswer): MirrorAnswer {
  const size = Buffer.from(`${answer.body.length.toString(16)}\r\n`);
  const body = Buffer.concat([size, answer.body, Buffer.from('\r\n0\r\n\r\n')]);
  return withHeader({ ...answer, body }, 'Content-Length', undefined);
}

function changed(file: Uint8Array, at = Math.floor(file.length / 2)): Uint8Array {
  const other = file.slice();
  if (at < other.length) other[at] = (other[at] ?? 0) ^ 0xff;
  return other;
}
