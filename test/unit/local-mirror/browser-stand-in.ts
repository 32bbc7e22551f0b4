import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from '../../e2e/harness/until.ts';
import { bundledIn } from './program.ts';

type Message = Record<string, unknown>;

/** A host as a browser starts it, spoken to in frames. */
export interface StandIn {
  readonly host: ChildProcess;
  say(message: unknown): void;
  sayRaw(bytes: Buffer): void;
  /** The first message for which `is` is true, now or later. */
  heard(is: (message: Message) => boolean): Promise<Message>;
  /** Says hello; resolves with the welcome. */
  greet(): Promise<Message>;
  err(): string;
  /** Closes standard input, as a browser does that is closed. Resolves with the status. */
  close(): Promise<number | null>;
  readonly ended: Promise<number | null>;
}

export function frame(message: unknown): Buffer {
  return frameOf(JSON.stringify(message));
}

export function frameOf(text: string): Buffer {
  const json = Buffer.from(text);
  const head = Buffer.alloc(4);
  head.writeUInt32LE(json.length);
  return Buffer.concat([head, json]);
}

/** The bundled program in a folder of its own, where all processes that it leaves are ended with the test file. */
export async function aProgram(): Promise<{ program: string; folder: string; remove(): void }> {
  const folder = await mkdtemp(join(tmpdir(), "mirror's own "));
  const program = await bundledIn(folder);
  return { program, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** One that ends with its test. */
export function aBrowser(program: string): StandIn {
  const browser = startBrowser(program);
  onTestFinished(() => {
    browser.host.kill('SIGKILL');
  });
  return browser;
}

/** One that ends when it is closed. */
export function startBrowser(program: string): StandIn {
  const host = spawn(
    process.execPath,
    [program, 'native-host', 'chrome-extension://abc/', '--parent-window=0'],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const messages: Message[] = [];
  let [pending, err] = [Buffer.alloc(0), ''];
  host.stdout.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32LE()) {
      const end = 4 + pending.readUInt32LE();
      messages.push(JSON.parse(pending.toString('utf8', 4, end)));
      pending = pending.subarray(end);
    }
  });
  host.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  host.stdin.on('error', () => {});
  const ended = new Promise<number | null>((resolve) => host.on('close', resolve));
  const standIn: StandIn = {
    host,
    ended,
    say: (message) => void host.stdin.write(frame(message)),
    sayRaw: (bytes) => void host.stdin.write(bytes),
    heard: (is) =>
      until(
        async () => messages.find(is),
        () => `heard ${JSON.stringify(messages).slice(-2000)}\n${err}`,
        10_000,
      ),
    greet() {
      standIn.say({ type: 'hello', protocol: 1, extension: '0.1.0' });
      return standIn.heard(({ type }) => type === 'welcome');
    },
    err: () => err,
    close() {
      host.stdin.end();
      return ended;
    },
  };
  return standIn;
}

/** The messages that hand `bytes` over, written here anew. */
export function handOver(browser: StandIn, id: number, bytes: Uint8Array, sha256: string): void {
  browser.say({ type: 'take', id, name: 'tasmota-lite.bin', bytes: bytes.length, sha256 });
  for (let offset = 0; offset < bytes.length; offset += 65_536) {
    const data = Buffer.from(bytes.subarray(offset, offset + 65_536)).toString('base64');
    browser.say({ type: 'piece', id, offset, data });
  }
}

/** A wire in between that lets so many bytes of answers through, and the rest when it is opened. */
export async function aGate(port: number, bytes: number): Promise<{ port: number; open(): void }> {
  const held: Socket[] = [];
  let isOpen = false;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    let passed = 0;
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.pipe(far);
    far.on('data', (chunk) => {
      passed += chunk.length;
      near.write(chunk);
      if (passed < bytes || isOpen) return;
      far.pause();
      held.push(far);
    });
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    open() {
      isOpen = true;
      for (const far of held) far.resume();
    },
  };
}
