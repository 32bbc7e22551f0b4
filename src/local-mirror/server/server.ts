/*
 * The server itself, for a client that reads as little as the device (protocol §4).
 */
import { createServer, type Server, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { Duplex } from 'node:stream';
import { Connection, type ConnectionTimes } from './connection.ts';
import { Downloads, type SilenceTimes } from './downloads.ts';
import type { MirrorEvent } from './events.ts';
import { FetchedParts } from './fetched-parts.ts';
import { isNearby, plainAddress } from './nearby.ts';
import { readReport } from './report.ts';
import { type ServedImage, Shelf } from './shelf.ts';

/** Every time that the server goes by. */
export type MirrorTimes = ConnectionTimes & SilenceTimes;

const defaultTimes: MirrorTimes = {
  requestMs: 10_000,
  idleMs: 200_000,
  answerMs: 60_000,
  stallMs: 20_000,
  giveUpMs: 180_000,
};

/** Connections at a time. Fifty devices need fifty, and each of them one more while it reconnects. */
const maxConnections = 512;
const checkEveryMs = 500;
/** What a connection that is ended gets to take its last answer. */
const farewellMs = 500;

/**
 * Serves bytes that were handed over to devices in this house, and tells what they do. It reads no file and
 * knows no screen: the command line and the browser's host are two ways to use it.
 */
export class LocalMirror {
  private readonly shelf = new Shelf();
  private readonly connections = new Set<Connection>();
  private readonly times: MirrorTimes;
  private readonly downloads: Downloads;
  private readonly fetched = new FetchedParts(({ address, deviceId, image, range, at }) =>
    this.downloads.fetched(address, deviceId, image, range, at),
  );
  private server: Server | undefined;
  private checking: NodeJS.Timeout | undefined;

  /** `tell` hears of every event. `times` are for tests, which have less patience. */
  constructor(tell: (event: MirrorEvent) => void, times: Partial<MirrorTimes> = {}) {
    this.times = { ...defaultTimes, ...times };
    this.downloads = new Downloads(tell, this.times);
  }

  /** Serves `bytes` under a path of their own; later changes to them change nothing. */
  handOver(name: string, bytes: Uint8Array, digest: string): ServedImage {
    return this.shelf.put(name, bytes, digest);
  }

  /** Says when `device` (an IPv4 address), which was told to download, does not come. */
  expect(device: string): void {
    this.fetched.tellAll();
    this.downloads.expect(device, performance.now());
  }

  /** Whether a device is in the middle of a download. Ending now would leave it with half an image. */
  get isBusy(): boolean {
    this.fetched.tellAll();
    return this.downloads.isBusy(performance.now());
  }

  /** Listens, and resolves with the port. @throws the system's error when it cannot (EADDRINUSE, EADDRNOTAVAIL …) */
  async listen(port: number, host: string): Promise<number> {
    const server = createServer({ noDelay: true }, (socket) => this.welcome(socket));
    // After listening, an error is a connection that could not be taken; the others go on.
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host, backlog: 511 }, () => {
        server.off('error', reject);
        server.on('error', () => {});
        resolve();
      });
    });
    this.server = server;
    const everyMs = Math.min(checkEveryMs, this.times.requestMs / 4, this.times.stallMs / 4);
    this.checking = setInterval(() => this.check(), everyMs);
    const address = server.address();
    return typeof address === 'object' && address ? address.port : port;
  }

  /** Takes a connection from `remote` (an IP address; `local` is our end), unless that is not in this house. */
  accept(stream: Duplex, remote: string | undefined, local: string | undefined): void {
    if (remote === undefined || !isNearby(remote, local) || !this.makeRoom()) {
      stream.on('error', () => {});
      stream.destroy();
      return;
    }
    const connection = new Connection(
      stream,
      plainAddress(remote),
      this.shelf,
      {
        part: (part, { address }) => this.fetched.add(part, address),
        report: (body, { address, deviceId }) => {
          this.fetched.tellAll();
          this.downloads.reported(address, deviceId, readReport(body));
        },
        closed: (closed) => this.connections.delete(closed),
      },
      this.times,
    );
    this.connections.add(connection);
  }

  /** Ends everything. What was answered still goes out. */
  async stop(): Promise<void> {
    clearInterval(this.checking);
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const connection of this.connections) connection.end();
    const impatience = setTimeout(() => {
      for (const connection of this.connections) connection.destroy();
    }, farewellMs);
    await closed;
    clearTimeout(impatience);
    this.fetched.tellAll();
  }

  private welcome(socket: Socket): void {
    this.accept(socket, socket.remoteAddress, socket.localAddress);
  }

  /** Lets go of the oldest stranger when all places are taken; false when there are only devices. */
  private makeRoom(): boolean {
    if (this.connections.size < maxConnections) return true;
    for (const connection of this.connections) {
      if (connection.isKnown) continue;
      this.connections.delete(connection);
      connection.destroy();
      return true;
    }
    return false;
  }

  private check(): void {
    this.fetched.tellAll();
    const now = performance.now();
    for (const connection of this.connections) connection.check(now);
    this.downloads.check(now);
  }
}
