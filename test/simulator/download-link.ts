import { connect, isIP, type Socket } from 'node:net';

/** Why the connection to the mirror gave nothing. */
export type LinkTrouble = 'unreachable' | 'closed';

/** Maps a name to `address` or `address:port`, as a resolver of the test's own would. */
export type Hosts = Readonly<Record<string, string>>;

/** Where to connect to for a host and port of a URL: the map first, then the URL itself. */
export function placeOf(host: string, port: number, hosts: Hosts): { host: string; port: number } {
  const mapped = hosts[host];
  if (mapped === undefined) return { host, port };
  const colon = mapped.lastIndexOf(':');
  if (colon < 0 || isIP(mapped) === 6) return { host: mapped, port };
  return { host: mapped.slice(0, colon), port: Number(mapped.slice(colon + 1)) };
}

/**
 * One TCP connection to the mirror, read in bytes. It stays open between requests (protocol §4.4). `signal` cuts
 * it, as the loss of power or network does.
 */
export class MirrorLink {
  private buffer: Buffer = Buffer.alloc(0);
  private closed = false;
  private wake: (() => void) | undefined;
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes) => {
      this.buffer = Buffer.concat([this.buffer, bytes]);
      this.wake?.();
    });
    const end = () => {
      this.closed = true;
      this.wake?.();
    };
    socket.on('end', end);
    socket.on('close', end);
    socket.on('error', end);
  }

  /** Connects, or says that nobody is there. */
  static open(host: string, port: number, signal: AbortSignal): Promise<MirrorLink | 'unreachable'> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve('unreachable');
        return;
      }
      const socket = connect({ host, port });
      const cut = () => socket.destroy();
      signal.addEventListener('abort', cut, { once: true });
      socket.once('close', () => {
        signal.removeEventListener('abort', cut);
        resolve('unreachable');
      });
      socket.once('error', () => resolve('unreachable'));
      socket.once('connect', () => resolve(new MirrorLink(socket)));
    });
  }

  get isOpen(): boolean {
    return !this.closed;
  }

  send(bytes: Buffer): void {
    this.socket.write(bytes);
  }

  /** What has come and was not taken yet. */
  get received(): Buffer {
    return this.buffer;
  }

  /** Removes the first `count` bytes of what has come. */
  take(count: number): Buffer {
    const taken = this.buffer.subarray(0, count);
    this.buffer = this.buffer.subarray(count);
    return taken;
  }

  /** Waits for more bytes than there are. False when the connection has ended instead. */
  async more(): Promise<boolean> {
    const had = this.buffer.length;
    while (this.buffer.length === had && !this.closed) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    this.wake = undefined;
    return this.buffer.length > had;
  }

  close(): void {
    this.closed = true;
    this.socket.destroy();
  }
}
