import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ServerKind, type ServerName, serverKinds } from './server-kinds.ts';

export type { ServerName } from './server-kinds.ts';

/** A running server; `origin` is `http://127.0.0.1:<port>`. */
export interface RunningServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** The full path of a server's program, or null when it is not installed. */
function programOf({ command }: ServerKind): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin'];
  for (const folder of folders) {
    const path = join(folder, command);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder
    }
  }
  return null;
}

/** Null when `name` can be started here, else the sentence that a skipped test shows. */
export function whyNotInstalled(name: ServerName): string | null {
  const kind: ServerKind = serverKinds[name];
  return programOf(kind) === null ? `${name} is skipped: install ${kind.package} (Debian) to run it` : null;
}

/** Starts a real server on a free loopback port with the files in `root`, and waits until it takes connections. */
export function startServer(name: ServerName, root: string): Promise<RunningServer> {
  return startKind(serverKinds[name], root);
}

/** The same for a set-up of the caller's own. */
export async function startKind(kind: ServerKind, root: string): Promise<RunningServer> {
  const program = programOf(kind);
  if (program === null) throw new Error(`${kind.command} is not installed (Debian: ${kind.package})`);
  // Another process may take the port between finding and using it.
  for (let attempt = 1; ; attempt += 1) {
    const server = await tryToStart(kind, program, root);
    if (typeof server !== 'string') return server;
    if (attempt === 3) throw new Error(`${kind.command} did not start: ${server}`);
  }
}

async function tryToStart(kind: ServerKind, program: string, root: string): Promise<RunningServer | string> {
  const work = mkdtempSync(join(tmpdir(), 'mirror-'));
  const port = await freePort();
  const place = { root, work, port };
  if (kind.configuration) writeFileSync(join(work, 'configuration'), kind.configuration(place));
  const child = spawn(program, kind.arguments(place), { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  child.on('error', (error) => {
    said += error.message;
  });
  const killAtExit = () => child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const stop = async () => {
    await end(child);
    process.off('exit', killAtExit);
    rmSync(work, { recursive: true, force: true });
  };
  if (await takesConnections(port, child)) return { origin: `http://127.0.0.1:${port}`, stop };
  await stop();
  return said;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const slow = setTimeout(() => child.kill('SIGKILL'), 2000);
  await ended;
  clearTimeout(slow);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function takesConnections(port: number, child: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 200 && child.exitCode === null; tries += 1) {
    if (await connects(port)) return child.exitCode === null;
    await delay(25);
  }
  return false;
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
