import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { codeOf, wordsOf } from '../../core/error-words.ts';
import type { InstallPlan, RemovalPlan } from './plan.ts';

/** What has to be known to take an installation away again. */
const recordSchema = v.strictObject({
  /** Folders of Chromium that were named by hand. */
  userDataDirs: v.array(v.string()),
  /** Folders that were not there before. */
  madeFolders: v.array(v.string()),
});

export type InstallRecord = v.InferOutput<typeof recordSchema>;

const recordName = 'installed.json';
const run = promisify(execFile);

/** What earlier installations have noted in `folder`. */
export async function readRecord(folder: string): Promise<InstallRecord> {
  try {
    return v.parse(recordSchema, JSON.parse(await readFile(join(folder, recordName), 'utf8')));
  } catch {
    return { userDataDirs: [], madeFolders: [] };
  }
}

/** Something that could not be written or taken away, and the system's words for why. */
export interface Obstacle {
  readonly path: string;
  readonly why: string;
}

/**
 * Installs: copies `source`, the bundled program, and writes what is planned over whatever was there. Resolves with the
 * manifests that could not be written: one browser's folder must not keep the others from it.
 *
 * @throws the system's error when the program itself cannot be written
 */
export async function carryOut(
  plan: InstallPlan,
  source: string,
  record: InstallRecord,
): Promise<readonly Obstacle[]> {
  const made = new Set(record.madeFolders);
  const obstacles: Obstacle[] = [];
  await makeFolder(plan.folder, made, 0o700);
  try {
    // A device may be being served by it: that process goes on with what it has read.
    if (resolve(source) !== resolve(plan.program))
      await replace(plan.program, (fresh) => copyFile(source, fresh));
    for (const { path, text, isExecutable } of plan.files) {
      try {
        await makeFolder(dirname(path), made);
        await replace(path, (fresh) => writeFile(fresh, text, { mode: isExecutable ? 0o755 : 0o644 }));
      } catch (error) {
        if (dirname(path) === plan.folder) throw error;
        obstacles.push({ path, why: wordsOf(error) });
      }
    }
    for (const { key, value } of plan.keys)
      await run('reg.exe', ['add', key, '/ve', '/t', 'REG_SZ', '/d', value, '/f']);
  } finally {
    // Whatever became of it: what was made has to be taken away again.
    await writeFile(join(plan.folder, recordName), JSON.stringify({ ...record, madeFolders: [...made] }));
  }
  return obstacles;
}

/** Writes beside `path` and moves it there, whole or not at all. */
async function replace(path: string, write: (fresh: string) => Promise<void>): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  try {
    await write(fresh);
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true });
    throw error;
  }
}

/**
 * Takes everything away, past what stands in the way. Resolves with what was there, paths and keys, and with what could
 * not be taken away: then the program stays as well, since only it knows of the rest.
 */
export async function remove(
  plan: RemovalPlan,
  { madeFolders }: InstallRecord,
): Promise<{ readonly gone: readonly string[]; readonly obstacles: readonly Obstacle[] }> {
  const gone: string[] = [];
  const obstacles: Obstacle[] = [];
  const takeAway = async (path: string, work: () => Promise<unknown>) => {
    try {
      if (await isGone(work)) gone.push(path);
    } catch (error) {
      obstacles.push({ path, why: wordsOf(error) });
    }
  };
  for (const file of plan.files) await takeAway(file, () => rm(file));
  for (const key of plan.keys)
    await takeAway(key, async () => {
      await run('reg.exe', ['query', key, '/ve']);
      await run('reg.exe', ['delete', key, '/f']);
    });
  // A process that serves a device to its end may just be writing there.
  const whole = { recursive: true, maxRetries: 5, retryDelay: 50 };
  if (obstacles.length === 0) await takeAway(plan.folder, () => rm(plan.folder, whole));
  // The deepest first; what holds anything of somebody else stays.
  for (const folder of madeFolders.toSorted((one, other) => other.length - one.length))
    await rmdir(folder).catch(() => {});
  return { gone, obstacles };
}

/** The file is not there, nor can it be where a folder above it is a file; `reg.exe` ends with 1 where a key is not. */
const isMissing: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', '1']);

/** Whether `work` was done; not when what it is about was not there. */
async function isGone(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isMissing.has(codeOf(error))) return false;
    throw error;
  }
}

/** Makes a folder and those above it, and notes each that was not there. */
async function makeFolder(folder: string, made: Set<string>, mode = 0o755): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode });
  if (first === undefined) return;
  for (let at = folder; at.length >= first.length; at = dirname(at)) made.add(at);
}
