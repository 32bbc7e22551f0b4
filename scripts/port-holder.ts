import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Says who listens on a TCP port of this machine: on Linux by looking, elsewhere by naming the command that
 * does. Never throws: it is asked when something has gone wrong already.
 */
export function describePortHolder(port: number): string {
  if (process.platform === 'win32') return `To see who does: netstat -ano | findstr :${port}`;
  const holder = process.platform === 'linux' ? findHolder(port) : null;
  return holder ?? `To see who does: lsof -nP -iTCP:${port} -sTCP:LISTEN`;
}

const listening = '0A';

function findHolder(port: number): string | null {
  const sockets = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(linesOf).flatMap((line) => {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
      const held = state === listening && Number.parseInt(local.split(':')[1] ?? '', 16) === port;
      return held ? [`socket:[${inode}]`] : [];
    }),
  );
  if (sockets.size === 0) return null;
  const pid = processes().find((candidate) => openFiles(candidate).some((file) => sockets.has(file)));
  if (pid === undefined) return null;
  const command = linesOf(`/proc/${pid}/cmdline`).join(' ').replaceAll('\0', ' ').trim();
  return `It is process ${pid}: ${command.slice(0, 200)}`;
}

/** Files of /proc may be gone or not ours to read by the time they are looked at. */
function orNone<Value>(read: () => readonly Value[]): readonly Value[] {
  try {
    return read();
  } catch {
    return [];
  }
}

const linesOf = (file: string) => orNone(() => readFileSync(file, 'utf8').split('\n'));
const processes = () => orNone(() => readdirSync('/proc').filter((name) => /^\d+$/.test(name)));

const openFiles = (pid: string) =>
  orNone(() => readdirSync(`/proc/${pid}/fd`)).flatMap((fd) =>
    orNone(() => [readlinkSync(`/proc/${pid}/fd/${fd}`)]),
  );
