import { chmod, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Where the program keeps what it needs between two starts: beside itself. */
export function stateFolder(program: string): string {
  return join(dirname(program), 'state');
}

/**
 * Makes sure that `folder` is there and that no other user can look into it. On Windows the user's own folders are
 * closed to others by what they inherit.
 *
 * @throws when it is somebody else's, or no folder
 */
export async function makePrivate(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (process.platform === 'win32') return;
  const { uid, mode } = await ownFolder(folder);
  if (uid !== process.getuid?.()) throw new Error(`${folder} belongs to another user.`);
  if ((mode & 0o077) !== 0) await chmod(folder, 0o700);
}

/** Like `stat`, but a link is not followed: it may lead anywhere. */
async function ownFolder(folder: string) {
  const found = await lstat(folder);
  if (!found.isDirectory()) throw new Error(`${folder} is no folder.`);
  return found;
}

/** Writes a file of this user alone, whole or not at all. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, text, { mode: 0o600 });
  await rename(fresh, file);
}

/** The JSON in a file; undefined when there is none, whatever the reason. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Removes a file, if it is there. */
export async function removeFile(folder: string, name: string): Promise<void> {
  await rm(join(folder, name), { force: true });
}
