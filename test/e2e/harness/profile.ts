import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const prefix = 'sonoff-e2e-';

/** An empty browser profile in a temporary folder whose name says which process made it. */
export function makeProfile(): string {
  sweep();
  return mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
}

/** Removes a profile once its browser has gone. */
export function removeProfile(profile: string): void {
  // A browser's last child may still be writing.
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** The environment of somebody whose home is `home`; that of this process where it is not said. */
export function environmentAt(home: string | undefined): NodeJS.ProcessEnv {
  if (home === undefined) return process.env;
  const named = Object.entries(process.env).filter(([name]) => !name.startsWith('XDG_'));
  return { ...Object.fromEntries(named), HOME: home };
}

/** Whether a process of this number exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Someone else's process exists as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Ends the browsers and removes the profiles of processes that are gone: killed, or done with what they kept. */
export function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    const profile = join(tmpdir(), name);
    for (const pid of processesWith(profile)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It went by itself.
      }
    }
    removeProfile(profile);
  }
}

/** The processes that name a path on their command line; none where there is no /proc to ask. */
function processesWith(path: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      if (Number.isNaN(pid) || pid === process.pid) return false;
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(path);
      } catch {
        return false;
      }
    });
}
