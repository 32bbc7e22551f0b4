import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdtemp, open, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { codeOf } from '../../core/error-words.ts';
import { makePrivate, readJson, removeFile, writeWhole } from './private-folder.ts';

/**
 * Where hosts find the process that serves: `meeting-point.json` in a folder that only this user can open names a Unix
 * domain socket, or a named pipe on Windows, and a secret. The socket lies in a folder of its own with a random name,
 * because its path may have no more than 104 bytes; the secret is for Windows, where others may open a pipe.
 */
const pointSchema = v.strictObject({
  path: v.string(),
  secret: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  pid: v.number(),
});
type Point = v.InferOutput<typeof pointSchema>;

const placePrefix = 'sonoff-mirror-';
const pointName = 'meeting-point.json';
const lockName = 'meeting-point.lock';
/** The lock is held for some milliseconds: a second later its holder is no more. */
const staleLockMs = 5000;
const lockEveryMs = 20;
const knockMs = 3000;
const admitted = 0x2b;
const secretBytes = 64;

/** A connection to the process that serves. Null when there is none. */
export async function meet(folder: string): Promise<Socket | null> {
  const point = v.safeParse(pointSchema, await readJson(join(folder, pointName)));
  return point.success ? knock(point.output) : null;
}

/** Connects, shows the secret, and waits for the one byte that says it was the right one. */
function knock({ path, secret }: Point): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const settle = (met: boolean) => {
      clearTimeout(timer);
      socket.off('readable', look);
      if (!met) socket.destroy();
      resolve(met ? socket : null);
    };
    const look = () => {
      const first: Buffer | null = socket.read(1);
      settle(first?.[0] === admitted);
    };
    const timer = setTimeout(() => settle(false), knockMs);
    socket.on('error', () => settle(false)).on('close', () => settle(false));
    socket.once('connect', () => socket.write(secret));
    socket.on('readable', look);
  });
}

/** The meeting point as the process that serves keeps it. */
export interface Rendezvous {
  /** Admits nobody from now on, not even who is knocking: who is turned away starts another process. */
  shut(): void;
  /** Takes the meeting point away, unless another process has it by now. */
  withdraw(): Promise<void>;
  /** Lets go of the socket. The connections that there are stay open. */
  close(): Promise<void>;
}

/**
 * Opens the meeting point in `folder`, and calls `met` with every host that knows the secret. Null when another living
 * process has it: two would share one network port and one result.
 */
export async function openRendezvous(
  folder: string,
  met: (socket: Socket) => void,
): Promise<Rendezvous | null> {
  await makePrivate(folder);
  const place = process.platform === 'win32' ? null : await mkdtemp(join(tmpdir(), placePrefix));
  const path =
    place === null
      ? `\\\\.\\pipe\\sonoff-diy-mirror-${randomBytes(16).toString('hex')}`
      : join(place, 'socket');
  const secret = randomBytes(secretBytes / 2).toString('hex');
  let isShut = false;
  const server = createServer((socket) => admit(socket, secret, () => !isShut, met));
  const leave = async () => {
    server.close();
    if (place !== null) await rm(place, { recursive: true, force: true });
  };
  await listen(server, path);
  const release = await lock(folder);
  try {
    const other = await meet(folder);
    if (other) {
      other.destroy();
      await leave();
      return null;
    }
    await clearAfter(folder);
    await writeWhole(join(folder, pointName), JSON.stringify({ path, secret, pid: process.pid }));
  } finally {
    await release();
  }
  return {
    shut() {
      isShut = true;
    },
    async withdraw() {
      // Without its folder it is gone already.
      const unlock = await lock(folder).catch(() => null);
      if (unlock === null) return;
      try {
        const point = v.safeParse(pointSchema, await readJson(join(folder, pointName)));
        if (point.success && point.output.secret === secret) await removeFile(folder, pointName);
      } finally {
        await unlock();
      }
    },
    close: leave,
  };
}

/** Removes the socket of a process that was killed before it could do that. */
async function clearAfter(folder: string): Promise<void> {
  const point = v.safeParse(pointSchema, await readJson(join(folder, pointName)));
  const place = point.success ? dirname(point.output.path) : '';
  if (basename(place).startsWith(placePrefix)) await rm(place, { recursive: true, force: true });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}

/** Says nothing and hears nothing until the secret has been shown. */
function admit(socket: Socket, secret: string, isOpen: () => boolean, met: (socket: Socket) => void): void {
  const impatience = setTimeout(() => socket.destroy(), knockMs);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => clearTimeout(impatience));
  const look = () => {
    const shown: Buffer | null = socket.read(secretBytes);
    if (shown === null) return;
    socket.off('readable', look);
    clearTimeout(impatience);
    if (!isOpen() || shown.length !== secretBytes || !timingSafeEqual(shown, Buffer.from(secret))) {
      socket.destroy();
      return;
    }
    socket.write(Buffer.from([admitted]));
    met(socket);
  };
  socket.on('readable', look);
}

/** Holds the lock of the meeting point. Resolves with what lets go of it. */
async function lock(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, lockName);
  for (;;) {
    try {
      await (await open(file, 'wx', 0o600)).close();
      return () => removeFile(folder, lockName);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const held = await stat(file).catch(() => null);
    if (held && Date.now() - held.mtimeMs > staleLockMs) await removeFile(folder, lockName);
    await new Promise((resolve) => setTimeout(resolve, lockEveryMs));
  }
}
