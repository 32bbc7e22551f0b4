import type { Writable } from 'node:stream';

/** Where the program writes: results on `out`, all that is only for a person on `err`. */
export interface Terminal {
  /** Prints a line on standard output. */
  out(line: string): void;
  /** Prints a line on standard error. */
  err(line: string): void;
  /** Writes on standard output as it is. */
  raw(text: string): void;
  /** Whether standard output can be redrawn. */
  readonly isScreen: boolean;
  readonly columns: number;
  /**
   * Aborted when nobody reads standard output any more (`mirror … | head -1`, a window that was closed). A pipe that was
   * closed is found out by writing only, so with the next line.
   */
  readonly unread: AbortSignal;
}

/** The terminal of this process. */
export function ownTerminal(): Terminal {
  const unread = new AbortController();
  const { stdout, stderr } = process;
  stdout.on('error', () => unread.abort());
  stderr.on('error', () => {});
  const write = (stream: Writable, text: string) => {
    if (stream.writable) stream.write(text);
  };
  return {
    out: (line) => write(stdout, `${line}\n`),
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
