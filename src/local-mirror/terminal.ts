import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/** Where the program writes: results on `out`, all that is only for a person on `err`. */
export interface Terminal {
  /** Prints a line on standard output. */
  out(line: string): void;
  /**
   * Prints lines of JSON on standard output, and looks afterwards whether anybody still reads: with a space, which
   * means nothing in front of the next line.
   */
  json(lines: string): void;
  /** Prints a line on standard error. */
  err(line: string): void;
  /** Writes on standard output as it is; for redrawing. */
  raw(text: string): void;
  /** Whether standard output can be redrawn. */
  readonly isScreen: boolean;
  readonly columns: number;
  /** Aborted when nobody reads standard output any more (`mirror … | head -1`, a window that was closed). */
  readonly unread: AbortSignal;
}

/** After a line it is looked soon whether that was the last one that somebody wanted, and then less and less often. */
const firstLookMs = 200;
const lookLessOften = 4;
const mostLookMs = 60_000;

/** The terminal of this process. */
export function ownTerminal(): Terminal {
  const unread = new AbortController();
  const { stdout, stderr } = process;
  stdout.on('error', () => unread.abort());
  stderr.on('error', () => {});
  const write = (stream: Writable, text: string) => {
    if (stream.writable) stream.write(text);
  };
  let looking: NodeJS.Timeout | undefined;
  // A pipe that was closed is found out by writing only: no library of Node waits for that.
  const look = (ms: number) => {
    clearTimeout(looking);
    looking = setTimeout(() => {
      if (unread.signal.aborted) return;
      write(stdout, ' ');
      look(Math.min(ms * lookLessOften, mostLookMs));
    }, ms).unref();
  };
  return {
    out: (line) => write(stdout, `${line}\n`),
    json(lines) {
      write(stdout, `${lines}\n`);
      if (stdout instanceof Socket && !stdout.isTTY) look(firstLookMs);
    },
    err: (line) => write(stderr, `${line}\n`),
    raw: (text) => write(stdout, text),
    isScreen: stdout.isTTY === true && process.env.TERM !== 'dumb',
    get columns() {
      return stdout.columns ?? 80;
    },
    unread: unread.signal,
  };
}

/** Text from outside as it can be printed: no escape sequence gets to the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}
