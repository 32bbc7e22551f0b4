/** One request as far as this server cares. Header names are lower case; only `readHeaders` are kept. */
export interface MirrorRequest {
  readonly method: string;
  /** As it stood on the request line, query and all. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** What a buffer holds so far. `length` is where the request ends in it. */
export type Reading =
  | { readonly state: 'incomplete' }
  | { readonly state: 'refused'; readonly status: RefusalStatus }
  | { readonly state: 'complete'; readonly request: MirrorRequest; readonly length: number };

export type RefusalStatus =
  | '400 Bad Request'
  | '413 Content Too Large'
  | '431 Request Header Fields Too Large';

/** Longest head and body that are read; the device's buffer for a request has 512 bytes (protocol §4.2). */
const maxHeadBytes = 4096;
const maxBodyBytes = 4096;

const readHeaders = new Set([
  ...['connection', 'content-length', 'host', 'origin'],
  ...['range', 'sec-fetch-site', 'user-agent'],
]);
/** Twice one of these, and two readers could understand two things. */
const onceOnly = new Set(['content-length', 'host', 'range']);

/** Each reads one line where the one before it ended; no line holds what could be taken for an end of line. */
const requestLine = /([A-Z]{1,20}) ([\x21-\x7e]+) HTTP\/1\.([01])(?:\r\n|$)/y;
const headerLine = /([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)(?:\r\n|$)/y;

/**
 * Reads one request from the start of `bytes`.
 *
 * It is a reader of its own because Node's refuses the line without a slash that B02-BL bulbs send (itead#129)
 * and cannot go on with that connection. It knows one way to measure a body, a single `Content-Length`, and
 * refuses whatever another reader could measure differently: Transfer-Encoding, repeated lengths, folded lines,
 * lines that end without CR.
 */
export function readRequest(bytes: Buffer): Reading {
  // An empty line in front of a request is to be forgiven (RFC 9112 §2.2).
  const start = bytes[0] === 13 && bytes[1] === 10 ? 2 : 0;
  const end = bytes.indexOf('\r\n\r\n', start, 'latin1');
  if (end < 0)
    return bytes.length - start > maxHeadBytes ? refused('431 Request Header Fields Too Large') : incomplete;
  if (end - start > maxHeadBytes) return refused('431 Request Header Fields Too Large');
  const head = bytes.toString('latin1', start, end);
  requestLine.lastIndex = 0;
  const [, method, target, minor] = requestLine.exec(head) ?? [];
  const headers = readHeaderLines(head, requestLine.lastIndex);
  if (method === undefined || target === undefined || headers === null) return refused('400 Bad Request');
  const announced = headers.get('content-length') ?? '0';
  if (!/^\d{1,15}$/.test(announced)) return refused('400 Bad Request');
  if (Number(announced) > maxBodyBytes) return refused('413 Content Too Large');
  const bodyAt = end + 4;
  const length = bodyAt + Number(announced);
  if (bytes.length < length) return incomplete;
  const body = bytes.toString('utf8', bodyAt, length);
  return {
    state: 'complete',
    length,
    request: { method, target, version: minor === '0' ? '1.0' : '1.1', headers, body },
  };
}

const incomplete: Reading = { state: 'incomplete' };

function refused(status: RefusalStatus): Reading {
  return { state: 'refused', status };
}

/** The headers that are read; null when a line is none, or says what another reader could take differently. */
function readHeaderLines(head: string, start: number): Map<string, string> | null {
  const headers = new Map<string, string>();
  for (let at = start; at < head.length; at = headerLine.lastIndex) {
    headerLine.lastIndex = at;
    const [, given, value] = headerLine.exec(head) ?? [];
    if (given === undefined || value === undefined) return null;
    const name = given.toLowerCase();
    if (name === 'transfer-encoding') return null;
    if (!readHeaders.has(name)) continue;
    if (onceOnly.has(name) && headers.has(name)) return null;
    headers.set(name, value.replace(/[ \t]+$/, ''));
  }
  return headers;
}
