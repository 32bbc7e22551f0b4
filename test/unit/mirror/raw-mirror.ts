import { createServer, type Socket } from 'node:net';
import { inEnglish } from '../../../src/core/render-text.ts';
import type { DownloadUrl } from '../../../src/mirror/url/url-rules.ts';
import { parseDownloadUrl } from '../../../src/mirror/url/url-rules.ts';

/** One request as it came over the wire. */
export interface RawRequest {
  readonly target: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly range: { readonly start: number; readonly end: number } | null;
  /** 1 for the first request of this mirror. */
  readonly count: number;
}

/** A mirror that answers with whatever bytes `answer` writes. */
export interface RawMirror {
  readonly origin: string;
  readonly requests: readonly RawRequest[];
  /** Open connections that have carried a request; Node's fetch opens another one ahead of need. */
  used(): number;
  url(file: string): DownloadUrl;
  stop(): Promise<void>;
}

/** Starts a server that understands just enough of HTTP to be wrong in every way. */
export function startRawMirror(answer: (request: RawRequest, socket: Socket) => void): Promise<RawMirror> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  const used = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      used.delete(socket);
    });
    socket.on('error', () => socket.destroy());
    let pending = '';
    socket.setEncoding('latin1').on('data', (text) => {
      pending += text;
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        const request = parseRequest(pending.slice(0, end), requests.length + 1);
        pending = pending.slice(end + 4);
        requests.push(request);
        used.add(socket);
        answer(request, socket);
      }
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
      resolve({
        origin,
        requests,
        used: () => used.size,
        url: (file) => urlOf(`${origin}/${file}`),
        stop: () =>
          new Promise((stopped) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => stopped());
          }),
      });
    });
  });
}

/** Parses an address that the test knows to be good. */
export function urlOf(text: string): DownloadUrl {
  const parsed = parseDownloadUrl(text);
  if (!parsed.ok) throw new Error(inEnglish(parsed.failure.sentence));
  return parsed.value;
}

function parseRequest(head: string, count: number): RawRequest {
  const [first = '', ...lines] = head.split('\r\n');
  const headers = new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const range = /^bytes=(\d+)-(\d+)$/.exec(headers.get('range') ?? '');
  return {
    target: first.split(' ')[1] ?? '',
    headers,
    range: range ? { start: Number(range[1]), end: Number(range[2]) } : null,
    count,
  };
}

/** A response head with the given lines. */
export const head = (status: string, ...lines: string[]) =>
  `${[`HTTP/1.1 ${status}`, ...lines].join('\r\n')}\r\n\r\n`;
