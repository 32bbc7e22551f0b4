import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Runs `work` with this process, and with all that it starts meanwhile, on one core; null where the system cannot do
 * that (`taskset` of util-linux can).
 */
export async function onOneCore<Value>(work: () => Promise<Value>): Promise<Value | null> {
  const cores = ownCores();
  const [first] = cores?.split(/[-,]/) ?? [];
  if (cores === undefined || first === undefined || !moveTo(first)) return null;
  try {
    return await work();
  } finally {
    moveTo(cores);
  }
}

/** The cores that this process may use, as `0-1` or `0,2`. */
function ownCores(): string | undefined {
  try {
    return /Cpus_allowed_list:\s+(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

function moveTo(cores: string): boolean {
  return spawnSync('taskset', ['-acp', cores, String(process.pid)]).status === 0;
}
