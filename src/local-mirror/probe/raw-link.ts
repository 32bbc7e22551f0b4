import { connect, type Socket } from 'node:net';

/** More than any answer that is read; what comes beyond it has to wait. */
const mostUnread = 65_536;

/** Why there is no connection. */
export type NoLink = 'unknown-name' | 'refused' | 'unreachable';

const reasons: Readonly<Record<string, NoLink>> = {
  // Nobody has it; or there is nobody to be asked for names.
  ENOTFOUND: 'unknown-name',
  EAI_AGAIN: 'unknown-name',
  ECONNREFUSED: 'refused',
};

/** One TCP connection read byte by byte. Over when the other side ends it, when it breaks, or by `signal`. */
export class RawLink {
  private buffer: Buffer = Buffer.alloc(0);
  private isOver = false;
  private wake: () => void = () => {};
  private readonly socket: Socket;

  private constructor(socket: Socket) {
    this.socket = socket;
    const over = () => {
      this.isOver = true;
      this.wake();
    };
    socket.on('data', (bytes: Buffer) => {
      this.buffer = Buffer.concat([this.buffer, bytes]);
      if (this.buffer.length > mostUnread) socket.pause();
      this.wake();
    });
    socket.on('end', over).on('close', over).on('error', over);
  }

  /** Connects over IPv4, as devices do, within `limitMs`. Else the value says why not. */
  static open(host: string, port: number, limitMs: number, signal: AbortSignal): Promise<RawLink | NoLink> {
    return new Promise((resolve) => {
      const socket = connect({ host, port, family: 4, noDelay: true });
      let isConnected = false;
      // Destroying it while the name is looked up does not end that, so nothing is waited for here.
      const cut = () => {
        if (!isConnected) resolve('unreachable');
        socket.destroy();
      };
      const timer = setTimeout(cut, limitMs);
      signal.addEventListener('abort', cut, { once: true });
      socket.once('connect', () => {
        clearTimeout(timer);
        isConnected = true;
        resolve(new RawLink(socket));
      });
      socket.once('error', (error) =>
        resolve(('code' in error && reasons[String(error.code)]) || 'unreachable'),
      );
      socket.once('close', () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', cut);
        resolve('unreachable');
      });
      if (signal.aborted) cut();
    });
  }

  get isOpen(): boolean {
    return !this.isOver;
  }

  /** What has come and was not taken. */
  get received(): Buffer {
    return this.buffer;
  }

  send(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Removes the first `count` bytes of what has come. */
  take(count: number): Buffer {
    const taken = this.buffer.subarray(0, count);
    this.buffer = this.buffer.subarray(count);
    if (this.buffer.length <= mostUnread) this.socket.resume();
    return taken;
  }

  /** Waits for more than there is. False when the connection is over instead. */
  async more(): Promise<boolean> {
    const had = this.buffer.length;
    while (this.buffer.length === had && !this.isOver) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.buffer.length > had;
  }

  close(): void {
    this.isOver = true;
    this.socket.destroy();
  }
}
