import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type HttpRequest, readRequest } from './http-request.ts';

/** The bytes of an answer, as they leave the device. */
export interface WebAnswer {
  readonly head: string;
  readonly body: Uint8Array;
  /** Milliseconds between the two, in which the device is busy. */
  readonly pauseMs?: number;
  /** Leaves the connection open: a stream of events. */
  readonly staysOpen?: boolean;
}

/** What a firmware does with a request: an answer, or a connection that ends without a byte. */
export interface WebSite {
  /** One connection after the other, as the ESP8266's own web server has it. */
  readonly oneAtATime: boolean;
  answer(request: HttpRequest): WebAnswer | 'silence';
}

/** One request as port 80 heard it. */
export interface WebHeard {
  readonly method: string;
  readonly target: string;
  readonly headers: ReadonlyMap<string, string>;
}

const longestRequest = 4_096;

/** Port 80, or any other: one request on each connection, answered byte for byte as the site writes it. */
export class WebPort {
  /** Every request, in order. */
  readonly heard: WebHeard[] = [];
  /** Can be changed while it listens. */
  site: WebSite;
  private server: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private turn: Promise<void> = Promise.resolve();

  constructor(site: WebSite) {
    this.site = site;
  }

  /** Listens, and tells the port that it got; 0 takes any. */
  open({ host = '127.0.0.1', port = 0 } = {}): Promise<number> {
    const server = createServer({ noDelay: true }, (socket) => this.welcome(socket));
    this.server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        const address = server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  /** Stops listening and drops every connection. */
  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    for (const socket of this.sockets) socket.destroy();
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private welcome(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let received = Buffer.alloc(0);
    let taken = false;
    socket.on('data', (bytes) => {
      if (taken) return;
      received = Buffer.concat([received, bytes]);
      const reading = readRequest(received, longestRequest);
      if (reading.state === 'incomplete') return;
      taken = true;
      if (reading.state === 'malformed') socket.destroy();
      else this.takeTurn(socket, reading.request);
    });
  }

  private takeTurn(socket: Socket, request: HttpRequest): void {
    const { method, target, headers } = request;
    this.heard.push({ method, target, headers });
    const { site } = this;
    const served = () => serve(socket, site.answer(request));
    if (site.oneAtATime) this.turn = this.turn.then(served);
    else void served();
  }
}

async function serve(socket: Socket, answer: WebAnswer | 'silence'): Promise<void> {
  if (answer === 'silence') {
    socket.end();
    return;
  }
  socket.write(answer.head, 'latin1');
  if (answer.pauseMs) await wait(answer.pauseMs);
  if (socket.destroyed) return;
  if (answer.staysOpen) socket.write(answer.body);
  else socket.end(answer.body);
}

/** The head of an answer: status line and header lines, in their order. */
export function headOf(status: string, headers: readonly (readonly [name: string, value: string])[]): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join('')}\r\n`;
}

/** Whether a `Host` header names an IP address, which a captive portal does not redirect. */
export function isIpAddress(host: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/.test(host);
}
