import { type ChildProcess, spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { buildLocalMirror } from '../../../scripts/build-local-mirror.ts';
import { Watchers } from '../../simulator/watchers.ts';

/** The program as it runs: what it has printed, and how it ended. */
export interface RunningProgram {
  readonly child: ChildProcess;
  readonly out: () => string;
  readonly err: () => string;
  /** Standard output as one JSON value a line. */
  readonly events: () => Record<string, unknown>[];
  /** Resolves when standard output or error matches. */
  until(pattern: RegExp): Promise<void>;
  /** Resolves with the status, or the signal that it died of. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Builds the bundled file into `folder`. */
export async function bundledIn(folder: string): Promise<string> {
  const file = `${folder}/mirror.cjs`;
  await buildLocalMirror(file);
  return file;
}

/** Starts the bundled program; it is killed with the test if it is still there. */
export function run(program: string, ...args: string[]): RunningProgram {
  return runCommand(process.execPath, [program, ...args]);
}

/** Starts any command; it is killed with the test if it is still there, and with `detached` all that it started. */
export function runCommand(
  command: string,
  args: readonly string[],
  { detached = false }: { readonly detached?: boolean } = {},
): RunningProgram {
  const child = spawn(command, args, { detached, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    if (detached) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  });
  const watchers = new Watchers();
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
    watchers.look();
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
    watchers.look();
  });
  return {
    child,
    out: () => out,
    err: () => err,
    events: () =>
      out
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line)),
    until: (pattern) =>
      watchers.until(
        () => pattern.test(out) || pattern.test(err),
        { timeoutMs: 45_000 },
        () => `it has said:\n${out}\n${err}`,
      ),
    ended: new Promise((resolve) => child.on('close', (code, signal) => resolve(code ?? signal))),
  };
}
