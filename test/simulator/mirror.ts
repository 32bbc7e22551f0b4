import { createHash } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { type HttpRequest, readRequest } from './http-request.ts';
import { answerWith, fileAnswer, type MirrorAnswer, readByteRange } from './mirror-answer.ts';
import { type MirrorFault, spoil } from './mirror-faults.ts';
import { sendAnswer } from './mirror-wire.ts';
import { Watchers } from './watchers.ts';

export interface MirrorOptions {
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port?: number;
  /** Path → bytes, such as `/tasmota-lite.bin`. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Serves `<file>.sha256` as the community mirror does (aelius-sha256-format.txt). */
  readonly sidecars?: boolean;
  /** Serves the B02 bulb's `GET name.bin` too (itead#129), where nginx answers 400. */
  readonly tolerant?: boolean;
  readonly hear?: (line: string) => void;
}

/** One request as the mirror heard it. */
export interface MirrorRequest {
  readonly at: number;
  readonly method: string;
  readonly target: string;
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly raw: string;
  readonly body: string;
  /** Counts connections from 1. */
  readonly connection: number;
  readonly status: number;
}

const callbackPath = '/api/device/otaFlash';
const maxRequest = 65_536;
const badRequest = 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

/**
 * A small mirror as a device wants it: plain HTTP, ranges, headers in exact case and few, keep-alive without end,
 * any Host or none, query ignored. Each path can be made wrong in every way of `mirrorFaults`.
 */
export class SimulatedMirror {
  /** Path → bytes. Can be changed at run time. */
  readonly files: Map<string, Uint8Array>;
  /** Every request, in order. */
  readonly requests: MirrorRequest[] = [];
  private readonly faults = new Map<string, MirrorFault>();
  private readonly counts = new Map<string, number>();
  private readonly sockets = new Set<Socket>();
  private readonly watchers = new Watchers();
  private readonly options: MirrorOptions;
  private server: Server | undefined;
  private connections = 0;
  private listening = 0;

  constructor(options: MirrorOptions = {}) {
    this.options = options;
    this.files = new Map(Object.entries(options.files ?? {}));
  }

  async start(): Promise<void> {
    const server = createServer({ noDelay: true }, (socket) => this.welcome(socket));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.options.port ?? 0, this.address, resolve);
    });
    const address = server.address();
    if (typeof address === 'object' && address) this.listening = address.port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    const server = this.server;
    this.server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  get address(): string {
    return this.options.host ?? '127.0.0.1';
  }

  get port(): number {
    return this.listening;
  }

  /** The address of a path on this mirror. */
  url(path: string): string {
    return `http://${this.address}:${this.port}${path}`;
  }

  /** Makes one path wrong from now on; its requests are counted from 0 again. */
  breakPath(path: string, fault: MirrorFault): void {
    this.faults.set(path, fault);
    this.counts.delete(path);
  }

  /** Makes one path right again, or all of them. */
  mend(path?: string): void {
    if (path === undefined) this.faults.clear();
    else this.faults.delete(path);
  }

  /** The bodies that devices have POSTed to `/api/device/otaFlash`. */
  get callbacks(): readonly string[] {
    return this.requests
      .filter(({ method, path }) => method === 'POST' && path === callbackPath)
      .map(({ body }) => body);
  }

  /** Resolves as soon as what is asked about the mirror is true. */
  waitUntil(what: (mirror: SimulatedMirror) => boolean, timeoutMs = 45_000): Promise<void> {
    return this.watchers.until(
      () => what(this),
      { timeoutMs },
      () => `the mirror has heard ${this.requests.length} requests`,
    );
  }

  private welcome(socket: Socket): void {
    this.connections += 1;
    const connection = this.connections;
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let received = Buffer.alloc(0);
    let queue = Promise.resolve();
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      for (let reading = readRequest(received, maxRequest); ; reading = readRequest(received, maxRequest)) {
        if (reading.state === 'incomplete') return;
        if (reading.state === 'malformed') {
          queue = queue.then(() => void socket.end(badRequest));
          return;
        }
        const { request } = reading;
        received = Buffer.from(reading.rest);
        queue = queue.then(() => this.serve(socket, request, connection));
      }
    });
  }

  private async serve(socket: Socket, request: HttpRequest, connection: number): Promise<void> {
    const path = pathOf(request.target);
    const before = this.counts.get(path) ?? 0;
    this.counts.set(path, before + 1);
    const file = this.files.get(path);
    const range = file && readByteRange(request.headers.get('range'), file.length);
    const right = this.rightAnswer(request, path, file && fileAnswer(file, range));
    const fault = this.faults.get(path);
    const asked = { request, file: file ?? new Uint8Array(), range, before };
    const answer = fault ? spoil(right, asked, fault) : right;
    const status = Number(answer.statusLine.split(' ')[1] ?? 0);
    this.requests.push({
      at: Date.now(),
      method: request.method,
      target: request.target,
      path,
      headers: request.headers,
      raw: request.raw,
      body: request.body.toString('utf8'),
      connection,
      status,
    });
    this.options.hear?.(
      `${request.method} ${request.target} ${request.headers.get('range') ?? ''} → ${status}`,
    );
    this.watchers.look();
    await sendAnswer(socket, answer, request.method !== 'HEAD');
  }

  private rightAnswer(request: HttpRequest, path: string, file: MirrorAnswer | undefined): MirrorAnswer {
    if (request.method === 'POST' && path === callbackPath)
      return answerWith('200 OK', 'application/json', '{}');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answerWith('405 Method Not Allowed', 'text/plain', '');
    }
    if (!request.target.startsWith('/') && !this.options.tolerant) {
      return answerWith('400 Bad Request', 'text/html', '');
    }
    if (file) return file;
    if (path === '/') return answerWith('200 OK', 'text/html', this.index());
    const image = this.options.sidecars ? this.files.get(path.replace(/\.sha256$/, '')) : undefined;
    if (!image) return answerWith('404 Not Found', 'text/html', '<html><body>404 Not Found</body></html>');
    const digest = createHash('sha256').update(image).digest('hex');
    const name = path.slice(1).replace(/\.sha256$/, '');
    return answerWith('200 OK', 'text/plain', `${digest} *${name}\n`);
  }

  /** A list of the files as nginx draws it with `autoindex on` (aelius-nginx.conf). */
  private index(): string {
    const rows = [...this.files].map(([path, bytes]) => {
      const name = path.slice(1);
      return `<a href="${encodeURI(name)}">${name}</a>${' '.repeat(4)}01-Jan-2025 00:00${' '.repeat(4)}${bytes.length}\r\n`;
    });
    const heading = '<h1>Index of /</h1><hr><pre><a href="../">../</a>\r\n';
    return `<html>\r\n<head><title>Index of /</title></head>\r\n<body>\r\n${heading}${rows.join('')}</pre><hr></body>\r\n</html>\r\n`;
  }
}

function pathOf(target: string): string {
  const path = target.split('?')[0] ?? '';
  const decoded = decodeURIComponentOrNot(path);
  return decoded.startsWith('/') ? decoded : `/${decoded}`;
}

function decodeURIComponentOrNot(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
