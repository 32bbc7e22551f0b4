import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { codeOf } from '../../core/error-words.ts';
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

/**
 * Installs: copies `source`, the bundled program, and writes what is planned over whatever was there.
 *
 * @throws the system's error when something cannot be written
 */
export async function carryOut(plan: InstallPlan, source: string, record: InstallRecord): Promise<void> {
  const made = new Set(record.madeFolders);
  await makeFolder(plan.folder, made, 0o700);
  // A device may be being served by it: that process goes on with what it has read.
  if (resolve(source) !== resolve(plan.program)) {
    const fresh = `${plan.program}.${process.pid}`;
    await copyFile(source, fresh);
    await rename(fresh, plan.program);
  }
  for (const { path, text, isExecutable } of plan.files) {
    await makeFolder(dirname(path), made);
    const fresh = `${path}.${process.pid}`;
    await writeFile(fresh, text, { mode: isExecutable ? 0o755 : 0o644 });
    await rename(fresh, path);
  }
  for (const { key, value } of plan.keys)
    await run('reg.exe', ['add', key, '/ve', '/t', 'REG_SZ', '/d', value, '/f']);
  await writeFile(join(plan.folder, recordName), JSON.stringify({ ...record, madeFolders: [...made] }));
}

/** Takes everything away. Resolves with what was there: paths and keys. */
export async function remove(plan: RemovalPlan, { madeFolders }: InstallRecord): Promise<string[]> {
  const gone: string[] = [];
  for (const file of plan.files) if (await isGone(() => rm(file))) gone.push(file);
  for (const key of plan.keys) {
    if (await isGone(() => run('reg.exe', ['query', key, '/ve']))) {
      await run('reg.exe', ['delete', key, '/f']);
      gone.push(key);
    }
  }
  if (await isGone(() => rm(plan.folder, { recursive: true }))) gone.push(plan.folder);
  // The deepest first; what holds anything of somebody else stays.
  for (const folder of madeFolders.toSorted((one, other) => other.length - one.length))
    await rmdir(folder).catch(() => {});
  return gone;
}

/** The file is not there; `reg.exe` ends with 1 where a key is not. */
const isMissing: ReadonlySet<string> = new Set(['ENOENT', '1']);

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
