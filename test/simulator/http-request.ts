/** One HTTP/1.1 request as it stood on the wire. Header names are lower case in `headers` only. */
export interface HttpRequest {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** The bytes as text, one character for each byte. */
  readonly raw: string;
}

/** What a buffer holds so far. `rest` are the bytes behind the request. */
export type Reading =
  | { readonly state: 'incomplete' }
  | { readonly state: 'malformed'; readonly why: string }
  | { readonly state: 'complete'; readonly request: HttpRequest; readonly rest: Buffer };

const headerEnd = '\r\n\r\n';

/**
 * Reads one request from the start of `bytes`, or says that more bytes are needed. It knows as little HTTP as
 * the firmware does: a start line, header lines, and a body measured by `Content-Length`. Nothing is chunked.
 */
export function readRequest(bytes: Buffer, maxBytes: number): Reading {
  const end = bytes.indexOf(headerEnd, 0, 'latin1');
  if (end < 0) {
    return bytes.length > maxBytes
      ? { state: 'malformed', why: 'headers too long' }
      : { state: 'incomplete' };
  }
  const [startLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const [method, target, version, ...more] = startLine.split(' ');
  if (!method || !target || !version?.startsWith('HTTP/1.') || more.length > 0) {
    return { state: 'malformed', why: `start line ${JSON.stringify(startLine)}` };
  }
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return { state: 'malformed', why: `header line ${JSON.stringify(line)}` };
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  if (headers.has('transfer-encoding')) return { state: 'malformed', why: 'transfer-encoding' };
  const announced = headers.get('content-length') ?? '0';
  if (!/^\d{1,9}$/.test(announced)) return { state: 'malformed', why: `content-length ${announced}` };
  const bodyStart = end + headerEnd.length;
  const bodyEnd = bodyStart + Number(announced);
  if (bodyEnd > maxBytes) return { state: 'malformed', why: `${bodyEnd} bytes are more than ${maxBytes}` };
  if (bytes.length < bodyEnd) return { state: 'incomplete' };
  const request: HttpRequest = {
    method,
    target,
    version,
    headers,
    body: bytes.subarray(bodyStart, bodyEnd),
    raw: bytes.toString('latin1', 0, bodyEnd),
  };
  return { state: 'complete', request, rest: bytes.subarray(bodyEnd) };
}
