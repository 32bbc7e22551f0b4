import { type ByteRange, readByteRange } from './byte-range.ts';
import type { MirrorRequest } from './request.ts';
import type { ServedImage, Shelf } from './shelf.ts';

/** One answer, ready for the wire, and what it means. */
export interface MirrorAnswer {
  readonly head: string;
  readonly body: Uint8Array;
  /** Whether the connection ends behind it. */
  readonly closes: boolean;
  /** The part of an image that it carries, when a device asked for it. */
  readonly part?: {
    readonly image: ServedImage;
    readonly range: ByteRange;
    readonly deviceId: string | null;
  };
  /** The body of the device's report, when it is one. */
  readonly report?: string;
}

/** Where the device POSTs its result (protocol §4.6). */
const reportPath = '/api/device/otaFlash';

const nothing = new Uint8Array();

/** Answers a request. Only the bytes on the shelf can be in an answer, each under its own path and no other. */
export function answerTo(request: MirrorRequest, shelf: Shelf): MirrorAnswer {
  const { method, target, headers } = request;
  const closes = request.version === '1.0' || /\bclose\b/i.test(headers.get('connection') ?? '');
  const [path = '', query = ''] = split(target);
  if (method === 'POST' && path === reportPath) {
    // A web page can make a browser POST here, and a device's result must not be made up by one.
    if (isFromBrowser(headers)) return bare('403 Forbidden', closes);
    return { ...bare('200 OK', closes), report: request.body };
  }
  const image = method === 'GET' || method === 'HEAD' ? shelf.find(path) : undefined;
  if (image === undefined) return bare('404 Not Found', closes);
  const { bytes } = image;
  const range = readByteRange(headers.get('range'), bytes.length);
  if (range === 'unsatisfiable')
    return bare('416 Range Not Satisfiable', closes, `Content-Range: bytes */${bytes.length}\r\n`);
  const answer = imageAnswer(image, range, closes);
  if (method === 'HEAD') return { ...answer, body: nothing };
  if (range === null || isFromBrowser(headers)) return answer;
  const deviceId = /(?:^|&)deviceid=([0-9a-zA-Z]{1,32})(?:&|$)/.exec(query)?.[1] ?? null;
  return { ...answer, part: { image, range, deviceId } };
}

/** An answer with the bytes of `range`, or with all of them. */
function imageAnswer(image: ServedImage, range: ByteRange | null, closes: boolean): MirrorAnswer {
  const { bytes } = image;
  if (range === null) {
    const head = headBefore('200 OK') + octets + aboutImage(image) + headAfter(bytes.length, closes);
    return { head, body: bytes, closes };
  }
  const head = partHeadBefore() + partHeadAfter(image, range, closes);
  return { head, body: bytes.subarray(range.from, range.to + 1), closes };
}

/** The head of every part of an image, up to where its numbers begin. It is the same for a second. */
export function partHeadBefore(): string {
  return `${headBefore('206 Partial Content')}${octets}Content-Range: bytes `;
}

/** The rest of it. */
export function partHeadAfter(image: ServedImage, { from, to }: ByteRange, closes: boolean): string {
  return `${from}-${to}/${image.bytes.length}\r\n${aboutImage(image)}${headAfter(to + 1 - from, closes)}`;
}

/** An answer without a body. */
export function bare(status: string, closes: boolean, more = ''): MirrorAnswer {
  return { head: headBefore(status) + more + headAfter(0, closes), body: nothing, closes };
}

/** The path as the shelf knows it, with the slash that bulbs leave out (itead#129), and the query. */
function split(target: string): [path: string, query: string] {
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);
  return [path.startsWith('/') ? path : `/${path}`, mark < 0 ? '' : target.slice(mark + 1)];
}

function isFromBrowser(headers: ReadonlyMap<string, string>): boolean {
  return (
    headers.has('origin') ||
    headers.has('sec-fetch-site') ||
    headers.get('user-agent')?.startsWith('Mozilla/') === true
  );
}

const octets = 'Content-Type: application/octet-stream\r\n';

function aboutImage({ digest }: ServedImage): string {
  return `Accept-Ranges: bytes\r\nETag: "${digest.slice(0, 32)}"\r\n`;
}

/** Names in exactly this case, one space, few of them: the device reads them as text (protocol §4.3). */
function headBefore(status: string): string {
  return `HTTP/1.1 ${status}\r\nDate: ${httpDate()}\r\n`;
}

function headAfter(length: number, closes: boolean): string {
  return `Content-Length: ${length}\r\nConnection: ${closes ? 'close' : 'keep-alive'}\r\n\r\n`;
}

let dated = { second: 0, text: '' };

/** The date, made once a second: a device asks a hundred times in that. */
export function httpDate(): string {
  const second = Math.floor(Date.now() / 1000);
  if (dated.second !== second) dated = { second, text: new Date(second * 1000).toUTCString() };
  return dated.text;
}
