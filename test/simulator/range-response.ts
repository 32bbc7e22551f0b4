import type { MirrorLink } from './download-link.ts';

/** The receive buffer of the firmware: headers and body of one answer (DLSRC, protocol §4.3). */
const maxResponse = 5120;
const maxBody = 4096;
const statusLine = 'HTTP/1.1 206 Partial Content';

/** What the firmware makes of one answer to a range request. */
export type RangeAnswer =
  | { readonly kind: 'bytes'; readonly body: Buffer; readonly total: number }
  | { readonly kind: 'refused'; readonly status: number; readonly why: string }
  | { readonly kind: 'closed' };

/**
 * Reads one answer as strictly as the firmware: the literal status line, `Content-Length` and `Content-Range` in
 * exactly that case with one space, no more than 4096 bytes of body, and 5120 bytes in all. Of `Content-Range`
 * only the number behind the slash counts, so the official tool's malformed one passes.
 */
export async function readRangeResponse(link: MirrorLink): Promise<RangeAnswer> {
  let end = link.received.indexOf('\r\n\r\n', 0, 'latin1');
  while (end < 0) {
    if (link.received.length > maxResponse) return refused(link, 'headers fill the buffer');
    if (!(await link.more())) return { kind: 'closed' };
    end = link.received.indexOf('\r\n\r\n', 0, 'latin1');
  }
  const head = link.received.toString('latin1', 0, end);
  const [first = '', ...lines] = head.split('\r\n');
  if (first !== statusLine) return refused(link, `status line ${JSON.stringify(first)}`);
  const length = numberBehind(lines, /^Content-Length: (\d+)$/);
  if (length === undefined) return refused(link, 'no Content-Length: that it can read');
  if (length > maxBody) return refused(link, `Content-Length ${length} is more than ${maxBody}`);
  const total = numberBehind(lines, /^Content-Range: [^/]*\/(\d+)$/);
  if (total === undefined) return refused(link, 'no Content-Range: that it can read');
  const whole = end + 4 + length;
  if (whole > maxResponse)
    return refused(link, `${whole} bytes of headers and body are more than ${maxResponse}`);
  while (link.received.length < whole) {
    if (!(await link.more())) return { kind: 'closed' };
  }
  return { kind: 'bytes', body: link.take(whole).subarray(end + 4), total };
}

function numberBehind(lines: readonly string[], pattern: RegExp): number | undefined {
  for (const line of lines) {
    const digits = pattern.exec(line)?.[1];
    if (digits !== undefined) return Number(digits);
  }
  return undefined;
}

function refused(link: MirrorLink, why: string): RangeAnswer {
  const digits = /^HTTP\/\d\.\d (\d{3})/.exec(link.received.toString('latin1', 0, 16))?.[1];
  return { kind: 'refused', status: Number(digits ?? 0), why };
}
