import { createHash } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { MirrorEvent } from '../../../src/local-mirror/server/events.ts';
import { LocalMirror, type MirrorTimes } from '../../../src/local-mirror/server/server.ts';
import { buildImage } from '../../images/esp8266-image.ts';
import { Watchers } from '../../simulator/watchers.ts';

export const image = buildImage({ size: 469_840 });
export const digest = createHash('sha256').update(image).digest('hex');

/** A local mirror that listens on a loopback port and holds `image`, and all that it has told. */
export interface MirrorService {
  readonly mirror: LocalMirror;
  readonly port: number;
  readonly path: string;
  readonly url: string;
  readonly events: readonly MirrorEvent[];
  /** Resolves with the first event for which `is` is true. */
  event<Kind extends MirrorEvent['event']>(
    kind: Kind,
    is?: (event: Extract<MirrorEvent, { event: Kind }>) => boolean,
  ): Promise<Extract<MirrorEvent, { event: Kind }>>;
}

/** Starts one; it stops with the test. */
export async function aLocalMirror(times: Partial<MirrorTimes> = {}): Promise<MirrorService> {
  const events: MirrorEvent[] = [];
  const watchers = new Watchers();
  const mirror = new LocalMirror((event) => {
    events.push(event);
    watchers.look();
  }, times);
  const port = await mirror.listen(0, '127.0.0.1');
  onTestFinished(() => mirror.stop());
  const { path } = mirror.handOver('tasmota-lite.bin', image, digest);
  return {
    mirror,
    port,
    path,
    url: `http://127.0.0.1:${port}${path}`,
    events,
    async event(kind, is = () => true) {
      type Wanted = Extract<MirrorEvent, { event: typeof kind }>;
      const isWanted = (event: MirrorEvent): event is Wanted => event.event === kind && is(event as Wanted);
      await watchers.until(
        () => events.some(isWanted),
        { timeoutMs: 45_000 },
        () => `the last of ${events.length} events is ${JSON.stringify(events.at(-1)?.event)}`,
      );
      const found = events.find(isWanted);
      if (!found) throw new Error('It was there a moment ago.');
      return found;
    },
  };
}

/** One connection, spoken to in bytes. */
export interface Wire {
  readonly socket: Socket;
  send(text: string): void;
  /** What has come since the last call; resolves when `bytes` are there or the connection has ended. */
  take(bytes: number): Promise<Buffer>;
  /** One whole answer by its Content-Length. */
  answer(): Promise<{ head: string; status: string; body: Buffer }>;
  /** Everything until the other side ends it. */
  rest(): Promise<string>;
  /** Resolves as soon as it has ended. */
  readonly ended: Promise<void>;
}

export async function aWire(port: number): Promise<Wire> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  let received = Buffer.alloc(0);
  let over = false;
  const watchers = new Watchers();
  socket.on('data', (bytes) => {
    received = Buffer.concat([received, bytes]);
    watchers.look();
  });
  socket.on('error', () => {});
  const ended = new Promise<void>((resolve) => {
    socket.on('close', () => {
      over = true;
      watchers.look();
      resolve();
    });
  });
  await new Promise((resolve) => socket.once('connect', resolve));
  const until = (holds: () => boolean) =>
    watchers.until(holds, { timeoutMs: 45_000 }, () => `${received.length} bytes have come`);
  const take = async (bytes: number) => {
    await until(() => received.length >= bytes || over);
    const taken = received.subarray(0, bytes);
    received = received.subarray(taken.length);
    return taken;
  };
  return {
    socket,
    ended,
    send: (text) => void socket.write(text, 'latin1'),
    take,
    async answer() {
      await until(() => received.includes('\r\n\r\n') || over);
      const head = (await take(received.indexOf('\r\n\r\n') + 4)).toString('latin1');
      const length = Number(/^Content-Length: (\d+)\r$/m.exec(head)?.[1] ?? 0);
      return { head, status: head.split('\r\n')[0] ?? '', body: await take(length) };
    },
    async rest() {
      await ended;
      return received.toString('latin1');
    },
  };
}

/** A request for a part, as the itead downloader writes it (device-download-request-shape). */
export function partRequest(path: string, from: number, to: number, host = 'Host: dl.itead.cn\r\n'): string {
  return (
    `GET ${path}?deviceid=1000e4c17c&ts=1576460931&sign=${'c2'.repeat(32)} HTTP/1.1\r\n` +
    `${host}Range: bytes=${from}-${to}\r\nUser-Agent: itead-device\r\n\r\n`
  );
}

export function reportRequest(body: string, more = ''): string {
  return (
    'POST /api/device/otaFlash HTTP/1.1\r\nHost: 192.168.0.117:8000\r\nContent-Type: application/json\r\n' +
    `${more}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

/** A wire in between that breaks after so many bytes of answers, `times` times. Resolves with its port. */
export async function aBreakingWire(port: number, bytes: number, times: number): Promise<number> {
  let left = times;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    let passed = 0;
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.pipe(far);
    far.on('data', (chunk) => {
      passed += chunk.length;
      near.write(chunk);
      if (passed < bytes || left === 0) return;
      left -= 1;
      near.destroy();
    });
  });
  onTestFinished(() => {
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
