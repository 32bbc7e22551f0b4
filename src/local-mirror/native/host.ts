/*
 * The program as browsers start it: a host for each browser, and one process that serves for all of them.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { encodeFrame, FrameReader, frameOf } from './frames.ts';
import { makePrivate, stateFolder } from './private-folder.ts';
import { meet } from './rendezvous.ts';

/** What a host gets to pass on its last words after its browser has gone; Chromium kills it after 2 s. */
const farewellMs = 500;
/** More than one, because the process that the first one has given way to may be about to end. */
const maxStarts = 3;

/**
 * The host that a browser starts: passes messages between its standard input and output and the process that serves,
 * which it starts where there is none. It leaves when the browser does. Resolves with the exit status.
 *
 * @param program the file that Node runs
 */
export async function relay(program: string): Promise<number> {
  const { stdin, stdout } = process;
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const frames = new FrameReader();
  const early: Buffer[] = [];
  let socket: Socket | undefined;
  let isLeaving = false;
  let settle: (status: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    settle = resolve;
  });
  const pass = (frame: Buffer) => {
    if (socket) socket.write(frame);
    else early.push(frame);
  };
  stdin.on('data', (chunk: Buffer) => {
    for (const frame of frames.take(chunk)) {
      if (frame.kind === 'message') pass(frameOf(frame.json));
      else if (frame.kind === 'garbage') {
        say('The browser has sent something that is no JSON.');
        pass(encodeFrame(null));
      } else {
        say(`The browser has announced a message of ${frame.length} bytes. Nothing more can be read.`);
        settle(1);
      }
    }
  });
  stdin.on('end', () => {
    if (!frames.isBetween) say('The browser has gone in the middle of a message.');
    settle(frames.isBetween ? 0 : 1);
  });
  stdin.on('error', () => settle(1));
  stdout.on('error', () => settle(1));

  const meeting = meetOrStart(program);
  const met = await Promise.race([meeting, ended]);
  if (typeof met === 'number') void meeting.then((late) => late?.destroy());
  else if (met !== null) {
    socket = met;
    for (const frame of early) socket.write(frame);
    socket.on('data', (chunk: Buffer) => stdout.write(chunk));
    socket.on('close', () => {
      if (!isLeaving) say('The process that serves has ended.');
      settle(1);
    });
  } else {
    say('The process that serves could not be started.');
    settle(1);
  }
  const status = await ended;
  isLeaving = true;
  stdin.destroy();
  if (socket && !socket.destroyed) await farewell(socket);
  return status;
}

function farewell(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.destroy(), farewellMs);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.end();
  });
}

async function meetOrStart(program: string): Promise<Socket | null> {
  const folder = stateFolder(program);
  for (let attempt = 1; ; attempt += 1) {
    const met = await meet(folder);
    if (met || attempt > maxStarts) return met;
    await start(program, folder);
  }
}

/** Resolves when the process that serves is ready, or has found another one in its place, or has failed. */
async function start(program: string, folder: string): Promise<void> {
  await makePrivate(folder);
  const log = openSync(join(folder, 'serving.log'), 'w', 0o600);
  try {
    // In a session of its own: what ends the browser and its host does not end it.
    const child = spawn(process.execPath, [program, 'native-serve'], {
      cwd: homedir(),
      detached: true,
      stdio: ['ignore', 'pipe', log],
      windowsHide: true,
    });
    const { stdout } = child;
    await new Promise<void>((resolve) => {
      stdout?.once('data', () => resolve());
      child.once('close', () => resolve());
      child.once('error', () => resolve());
    });
    stdout?.destroy();
    child.unref();
  } finally {
    closeSync(log);
  }
}
