import { connect, createServer, type Socket } from 'node:net';

/** A way to a server on this machine on which bytes can be held up and changed. */
export interface TollGate {
  readonly port: number;
  /** Where it leads to, and from which address the server sees it come. */
  leadTo(port: number, from: string): void;
  /** Lets so many bytes of the server's answers pass, and holds the rest back until it is opened. */
  holdAfter(bytes: number): void;
  /** Changes one bit of the byte that passes as the nth. */
  spoilByte(nth: number): void;
  open(): void;
  /** How many bytes of answers have passed. */
  passed(): number;
  close(): void;
}

/** A gate that is open and leads nowhere yet. */
export async function setTollGate(): Promise<TollGate> {
  let target = { port: 9, from: '127.0.0.1' };
  let limit = Number.POSITIVE_INFINITY;
  let spoilt = -1;
  let passed = 0;
  const held = new Set<Socket>();
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect({ port: target.port, host: '127.0.0.1', localAddress: target.from });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (chunk) => {
      const at = spoilt - passed;
      if (at >= 0 && at < chunk.length) chunk[at] = (chunk[at] ?? 0) ^ 1;
      passed += chunk.length;
      near.write(chunk);
      if (passed < limit) return;
      far.pause();
      held.add(far);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    leadTo(port, from) {
      target = { port, from };
      passed = 0;
      limit = Number.POSITIVE_INFINITY;
      spoilt = -1;
    },
    holdAfter: (bytes) => {
      limit = bytes;
    },
    spoilByte: (nth) => {
      spoilt = nth;
    },
    open() {
      limit = Number.POSITIVE_INFINITY;
      for (const far of held) far.resume();
      held.clear();
    },
    passed: () => passed,
    close() {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
