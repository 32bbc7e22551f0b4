import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import * as v from 'valibot';
import { build } from './build.ts';
import { manifestFor, targets } from './manifest.ts';

const out = 'packages';

/** Zips a folder so that equal files make equal bytes: sorted names, one fixed time, no owner, no mode. */
async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const zippable: Zippable = {};
  for (const file of files.toSorted()) {
    const name = relative(folder, file).split(sep).join('/');
    zippable[name] = [await readFile(file), { level: 9, mtime: new Date(1980, 0, 1), os: 3 }];
  }
  return zipSync(zippable);
}

/** What Mozilla's reviewers ask for: the committed sources, from which the same packages can be built. */
function zipSources(): Uint8Array {
  return execFileSync('git', ['archive', '--format=zip', 'HEAD'], {
    env: { ...process.env, TZ: 'UTC' },
    maxBuffer: 64 * 1024 * 1024,
  });
}

await mkdir(out, { recursive: true });
const { version } = v.parse(v.object({ version: v.string() }), manifestFor('chromium'));
const zips: [string, Uint8Array][] = [[`sonoff-diy-flasher-${version}-source.zip`, zipSources()]];
for (const target of targets) {
  await build(target);
  zips.push([`sonoff-diy-flasher-${version}-${target}.zip`, await zipFolder(`dist/${target}`)]);
}
for (const [name, bytes] of zips) {
  await writeFile(join(out, name), bytes);
  const digest = createHash('sha256').update(bytes).digest('hex');
  console.log(`${out}/${name}  ${(bytes.length / 1024).toFixed(1)} KB  sha256 ${digest}`);
}
