import { createServer, type Server, type Socket } from 'node:net';
import type { Faults } from './faults.ts';
import { type HttpRequest, readRequest } from './http-request.ts';

/** What becomes of a request: an answer, a reset, a close without a byte, or nothing at all. */
export type Delivery =
  | { readonly kind: 'answer'; readonly status: string; readonly type: string; readonly body: string }
  | { readonly kind: 'reset'; readonly why: string }
  | { readonly kind: 'silence' }
  | { readonly kind: 'hang' };

/** One request as the device heard it. */
export interface Heard {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** The last part of the path, such as `info`. */
  readonly command: string;
  readonly headers: ReadonlyMap<string, string>;
  /** The parsed body; undefined when it is not JSON. */
  readonly body: unknown;
  readonly raw: string;
  /** Counts connections from 1. */
  readonly connection: number;
  /** What it got for an answer, in words; empty as long as it is waiting. */
  outcome: string;
}

export interface DevicePortOptions {
  readonly host: string;
  readonly spacingMs: number;
  readonly idleMs: number;
  readonly maxRequestBytes: number;
  readonly keepAlive: boolean;
  readonly faults: Faults;
  readonly serve: (request: HttpRequest, command: string) => Promise<Delivery>;
  readonly hear: (heard: Heard) => void;
  readonly answered: (heard: Heard) => void;
}

const routerPage =
  '<!DOCTYPE html><html><head><title>Router</title></head><body><form><input type="password"></form></body></html>';
const brokenJson =
  '{"seq":2,"error":0,"data":"{"switch":"off","startup":"off","ssid":"sonoffDiy","otaUnlock":false}"}';

/**
 * Port 8081: one request at a time, POST only, `Connection: close` after each answer unless it is told to keep
 * connections alive, no CORS. A connection occupies the device while its request is handled; a second one that sends meanwhile, or too soon after the
 * last answer, is reset (SonoffLAN local.py, protocol §3). Idle connections, which browsers open ahead, are let be
 * and dropped after a while.
 */
export class DevicePort {
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private busy: Socket | undefined;
  private lastAnswer = Number.NEGATIVE_INFINITY;
  private connections = 0;
  private readonly options: DevicePortOptions;

  constructor(options: DevicePortOptions) {
    this.options = options;
  }

  get isOpen(): boolean {
    return this.server !== undefined;
  }

  /** Listens, and tells the port that it got. */
  open(port: number): Promise<number> {
    const server = createServer({ noDelay: true }, (socket) => this.welcome(socket));
    this.server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, this.options.host, () => {
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  /** Stops listening and drops every connection, as a device without power does. */
  async close(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    this.busy = undefined;
    for (const socket of this.sockets) reset(socket);
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private welcome(socket: Socket): void {
    if (this.options.faults.strike('refuse') !== undefined) {
      reset(socket);
      return;
    }
    this.sockets.add(socket);
    this.connections += 1;
    const connection = this.connections;
    let received = Buffer.alloc(0);
    let taken = false;
    socket.setTimeout(this.options.idleMs, () => {
      if (!taken) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.sockets.delete(socket);
      if (this.busy === socket) this.busy = undefined;
    });
    socket.on('data', (bytes) => {
      if (taken) return;
      received = Buffer.concat([received, bytes]);
      const trouble = received.length === bytes.length ? this.unwelcome(socket) : undefined;
      const reading = readRequest(received, this.options.maxRequestBytes);
      if (trouble === undefined && reading.state === 'incomplete') {
        this.busy = socket;
        return;
      }
      taken = true;
      const heard = note(reading.state === 'complete' ? reading.request : undefined, received, connection);
      this.options.hear(heard);
      if (trouble !== undefined) this.refuse(socket, heard, trouble);
      else if (reading.state === 'malformed') this.refuse(socket, heard, reading.why);
      else if (reading.state === 'complete') {
        void this.handle(socket, reading.request, heard).then((goesOn) => {
          received = Buffer.alloc(0);
          taken = !goesOn;
        });
      }
    });
  }

  private unwelcome(socket: Socket): string | undefined {
    if (this.busy && this.busy !== socket) return 'busy with another connection';
    const since = performance.now() - this.lastAnswer;
    return since < this.options.spacingMs ? `only ${Math.round(since)} ms after the last answer` : undefined;
  }

  private refuse(socket: Socket, heard: Heard, why: string): void {
    heard.outcome = `reset: ${why}`;
    this.options.answered(heard);
    reset(socket);
  }

  /** Tells whether another request may follow on the same connection. */
  private async handle(socket: Socket, request: HttpRequest, heard: Heard): Promise<boolean> {
    this.busy = socket;
    if (request.method !== 'POST') {
      this.refuse(socket, heard, `${request.method} is not served`);
      return false;
    }
    const error = this.options.faults.strike('error', heard.command);
    const delivery = this.spoil(
      heard.command,
      error === undefined ? await this.options.serve(request, heard.command) : refusal(error),
    );
    const slow = this.options.faults.strike('slow', heard.command);
    if (slow !== undefined) await new Promise((resolve) => setTimeout(resolve, slow));
    if (delivery.kind === 'reset') {
      this.refuse(socket, heard, delivery.why);
      return false;
    }
    heard.outcome = delivery.kind === 'answer' ? delivery.body : delivery.kind;
    this.options.answered(heard);
    if (delivery.kind === 'silence') this.finish(socket, '');
    return delivery.kind === 'answer' && this.deliver(socket, heard.command, delivery);
  }

  /** Puts what the faults say in the place of the true answer. */
  private spoil(command: string, delivery: Delivery): Delivery {
    const { faults } = this.options;
    const json = { kind: 'answer', status: '200 OK', type: 'application/json' } as const;
    if (faults.strike('hang', command) !== undefined) return { kind: 'hang' };
    if (faults.strike('drop-reply', command) !== undefined) return { kind: 'silence' };
    if (faults.strike('html', command) !== undefined) return { ...json, type: 'text/html', body: routerPage };
    if (faults.strike('not-json', command) !== undefined) return { ...json, body: brokenJson };
    if (faults.strike('wrong-shape', command) !== undefined)
      return { ...json, body: '{"status":"ok","result":[]}' };
    return delivery;
  }

  private deliver(socket: Socket, command: string, answer: Extract<Delivery, { kind: 'answer' }>): boolean {
    const head = `HTTP/1.1 ${answer.status}\r\nContent-Type: ${answer.type}\r\n`;
    if (this.options.faults.strike('endless', command) !== undefined) {
      socket.write(`${head}Connection: close\r\n\r\n${answer.body.slice(0, -1)}`);
      pour(socket);
      return false;
    }
    const { keepAlive } = this.options;
    const connection = keepAlive ? 'keep-alive' : 'close';
    const bytes = `${head}Connection: ${connection}\r\nContent-Length: ${Buffer.byteLength(answer.body)}\r\n\r\n${answer.body}`;
    const cutAt = this.options.faults.strike('reset-at', command);
    if (cutAt !== undefined) socket.write(bytes.slice(0, cutAt), () => setTimeout(() => reset(socket), 10));
    else if (keepAlive) {
      this.answered(socket);
      socket.write(bytes);
    } else this.finish(socket, bytes);
    return keepAlive && cutAt === undefined;
  }

  private finish(socket: Socket, bytes: string): void {
    this.answered(socket);
    socket.end(bytes);
  }

  /**
   * Noted before the bytes leave: a busy machine may tell late that they have left, later than the client's next
   * request comes in, and would make an early one of it.
   */
  private answered(socket: Socket): void {
    this.lastAnswer = performance.now();
    if (this.busy === socket) this.busy = undefined;
  }
}

function refusal(error: number): Delivery {
  const body = JSON.stringify({ seq: 1, error });
  return { kind: 'answer', status: '200 OK', type: 'application/json', body };
}

/** Sends for as long as somebody listens. */
function pour(socket: Socket): void {
  const spaces = Buffer.alloc(16_384, ' ');
  const more = () => {
    while (!socket.destroyed && socket.write(spaces));
  };
  socket.on('drain', more);
  more();
}

function reset(socket: Socket): void {
  if (!socket.destroyed) socket.resetAndDestroy();
}

function note(request: HttpRequest | undefined, received: Buffer, connection: number): Heard {
  const path = request?.target ?? '';
  return {
    at: Date.now(),
    method: request?.method ?? '',
    path,
    command: path.split('/').at(-1) ?? '',
    headers: request?.headers ?? new Map<string, string>(),
    body: request && parse(request.body.toString('utf8')),
    raw: received.toString('latin1'),
    connection,
    outcome: '',
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
