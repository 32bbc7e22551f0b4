import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** Zip knows local times only, from 1980 on; this one is put together in local time so that every zone writes it. */
const oneTime = new Date(1980, 0, 1);

/** Zips a folder so that equal files make equal bytes: sorted names, one fixed time, no owner, no mode. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const zippable: Zippable = {};
  // toSorted() compares code units, whatever the locale.
  for (const file of files.toSorted()) {
    const name = relative(folder, file).split(sep).join('/');
    zippable[name] = [await readFile(file), { level: 9, mtime: oneTime, os: 3 }];
  }
  return zipSync(zippable);
}
