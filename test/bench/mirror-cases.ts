import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buildLocalMirror } from '../../scripts/build-local-mirror.ts';
import { startServer, whyNotInstalled } from '../servers/start-server.ts';
import type { Case } from './image-cases.ts';
import { measure } from './measure.ts';
import { onOneCore } from './one-core.ts';
import { table } from './table.ts';

const partBytes = 4096;
const devices = 50;

/** One device's way through the whole image: one range after the other on one connection, headers not looked at. */
function download(port: number, path: string, size: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let [offset, due] = [0, 0];
    let head = '';
    const ask = () => {
      const last = Math.min(offset + partBytes, size) - 1;
      head = '';
      due = 0;
      socket.write(
        `GET ${path}?deviceid=1000e4c17c&ts=1576460931&sign=${'c2'.repeat(32)} HTTP/1.1\r\nHost: dl.itead.cn\r\n` +
          `Range: bytes=${offset}-${last}\r\nUser-Agent: itead-device\r\n\r\n`,
      );
    };
    socket.on('connect', ask).on('error', reject);
    socket.on('data', (chunk) => {
      due -= chunk.length;
      if (head === '' || !head.includes('\r\n\r\n')) {
        head += chunk.toString('latin1');
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!head.startsWith('HTTP/1.1 206 ')) reject(new Error(head.slice(0, end)));
        due = end + 4 + Math.min(partBytes, size - offset) - head.length;
      }
      if (due > 0) return;
      offset += partBytes;
      if (offset < size) ask();
      else {
        socket.destroy();
        resolve();
      }
    });
  });
}

/** The most memory that a process has had so far, in MB; null where the system does not tell it like Linux. */
function peakMemory(pid: number): number | null {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

/**
 * The local mirror, as it is shipped, beside nginx: one device alone, fifty at once, and memory.
 *
 * One device alone is measured twice. Client and server take turns, and the system decides by chance whether they do so
 * on one core or on two; waking the other core up takes several times as long as serving a part. On one core both
 * servers are measured alike, and what they do is what is measured.
 */
export async function measureMirror(image: Uint8Array): Promise<string> {
  const missing = whyNotInstalled('nginx');
  if (missing !== null) return missing;
  const onOne = await onOneCore(() => withServers(image, ({ alone }) => measured(alone, 200)));
  const free = await withServers(image, async ({ alone, crowd, memory }) => [
    `Wherever the system puts them\n${await measured(alone, 200)}`,
    await measured(crowd, 8),
    `Most memory of the local mirror: ${memory()?.toFixed(0) ?? 'not known'} MB`,
  ]);
  return [
    `Client and server on one core\n${onOne ?? 'not measured: there is no taskset here'}`,
    ...free,
  ].join('\n\n');
}

async function measured(cases: readonly Case[], rounds: number): Promise<string> {
  return table(await measure(cases, { rounds, runs: 1 }));
}

interface Servers {
  readonly alone: readonly Case[];
  readonly crowd: readonly Case[];
  readonly memory: () => number | null;
}

/** Starts both servers with one image for as long as `work` takes. */
async function withServers<Value>(
  image: Uint8Array,
  work: (servers: Servers) => Promise<Value>,
): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-mirror-'));
  const file = join(folder, 'image.bin');
  writeFileSync(file, image);
  const program = join(folder, 'mirror.cjs');
  await buildLocalMirror(program);
  const nginx = await startServer('nginx', folder);
  const child = spawn(process.execPath, [program, file, '--json', '--bind', '127.0.0.1', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    // Its events are taken but not parsed: that would be this process's work, in the time of one server only.
    const first = await firstLine(child.stdout);
    const ours = new URL(JSON.parse(first).url);
    const theirs = new URL(`${nginx.origin}/image.bin`);
    const from = ({ port, pathname }: URL) => download(Number(port), pathname, image.length);
    const many = (url: URL) => Promise.all(Array.from({ length: devices }, () => from(url)));
    return await work({
      alone: [
        { name: 'nginx: 127 ranges on one connection', run: () => from(theirs) },
        { name: 'local mirror: the same', run: () => from(ours) },
      ],
      crowd: [
        { name: `nginx: ${devices} devices at once`, run: () => many(theirs) },
        { name: 'local mirror: the same', run: () => many(ours) },
      ],
      memory: () => (child.pid === undefined ? null : peakMemory(child.pid)),
    });
  } finally {
    child.kill();
    await nginx.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first line of a stream, which flows on unread. */
function firstLine(stream: Readable): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      if (text.includes('\n')) return;
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
  });
}
