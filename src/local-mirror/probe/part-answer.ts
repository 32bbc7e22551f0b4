import type { RawLink } from './raw-link.ts';

/** The head of an answer as it stood on the wire. */
export interface AnswerHead {
  readonly statusLine: string;
  readonly lines: readonly string[];
  /** Bytes up to and including the empty line. */
  readonly bytes: number;
}

/** Why the firmware makes nothing of an answer. */
export type PartFault =
  | 'head-too-long'
  | 'status-line'
  | 'content-length'
  | 'too-many-bytes'
  | 'content-range'
  | 'buffer-full'
  | 'wrong-length';

/** One answer to a request for a part. */
export type PartAnswer =
  | { readonly kind: 'part'; readonly head: AnswerHead; readonly body: Buffer; readonly total: number }
  | { readonly kind: 'unusable'; readonly fault: PartFault; readonly head: AnswerHead | null }
  | { readonly kind: 'closed' };

/** The receive buffer of the firmware, head and body together, and the most that it wants of a body (DLSRC). */
export const receiveBufferBytes = 5120;
const mostBody = 4096;

/** The only status line that the firmware takes, letter by letter (protocol §4.3). */
export const wantedStatusLine = 'HTTP/1.1 206 Partial Content';

/**
 * Reads one answer as the firmware does (protocol §4.3, DLSRC): it looks for the status line, for
 * `Content-Length: ` and for `Content-Range: ` as text, in exactly this case with one space, and takes the total
 * from behind the slash. `wanted` is the number of bytes that were asked for; when the total is not known yet,
 * the last part of a small file may be shorter.
 */
export async function readPart(
  link: RawLink,
  from: number,
  wanted: number,
  isTotalKnown: boolean,
): Promise<PartAnswer> {
  let end = link.received.indexOf('\r\n\r\n');
  while (end < 0) {
    if (link.received.length > receiveBufferBytes) return unusable('head-too-long', null);
    if (!(await link.more())) return { kind: 'closed' };
    end = link.received.indexOf('\r\n\r\n');
  }
  const [statusLine = '', ...lines] = link.received.toString('latin1', 0, end).split('\r\n');
  const head = { statusLine, lines, bytes: end + 4 };
  if (statusLine !== wantedStatusLine) return unusable('status-line', head);
  const length = numberIn(lines, /^Content-Length: (\d{1,10})$/);
  if (length === null) return unusable('content-length', head);
  if (length > mostBody) return unusable('too-many-bytes', head);
  const total = numberIn(lines, /^Content-Range: [^/]*\/(\d{1,10})$/);
  if (total === null) return unusable('content-range', head);
  if (head.bytes + length > receiveBufferBytes) return unusable('buffer-full', head);
  const due = isTotalKnown ? wanted : Math.min(wanted, total - from);
  if (length !== due) return unusable('wrong-length', head);
  while (link.received.length < head.bytes + length) {
    if (!(await link.more())) return { kind: 'closed' };
  }
  return { kind: 'part', head, body: link.take(head.bytes + length).subarray(head.bytes), total };
}

function numberIn(lines: readonly string[], pattern: RegExp): number | null {
  for (const line of lines) {
    const digits = pattern.exec(line)?.[1];
    if (digits !== undefined) return Number(digits);
  }
  return null;
}

function unusable(fault: PartFault, head: AnswerHead | null): PartAnswer {
  return { kind: 'unusable', fault, head };
}
