import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { inEnglish } from '../src/core/render-text.ts';
import { sizeText } from '../src/core/size.ts';
import { build } from './build.ts';
import { buildLocalMirror, localMirrorFile } from './build-local-mirror.ts';
import { manifestFor, targets } from './manifest.ts';
import { zipFolder } from './zip.ts';

const out = 'packages';

/** What Mozilla's reviewers ask for: the committed sources, from which the same packages can be built. */
function zipSources(): Uint8Array {
  return execFileSync('git', ['archive', '--format=zip', 'HEAD'], {
    env: { ...process.env, TZ: 'UTC' },
    maxBuffer: 64 * 1024 * 1024,
  });
}

/**
 * Whether this folder is the top of a git checkout. What reviewers unpack is none, though it may lie inside another
 * one, whose sources are not ours.
 */
function isCheckout(): boolean {
  return existsSync('.git');
}

/** The zips for the browsers are made of what lies here; only when that is committed do the sources match them. */
function isCommitted(): boolean {
  return execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }).trim() === '';
}

await mkdir(out, { recursive: true });
const { version } = v.parse(v.object({ version: v.string() }), manifestFor('chromium'));
const packages: [string, Uint8Array][] = [];
if (isCheckout()) {
  if (!isCommitted()) console.warn('Not all changes are committed: the source zip will not have them.');
  packages.push([`sonoff-diy-flasher-${version}-source.zip`, zipSources()]);
} else {
  console.log('This is no git checkout, so no source zip is made: this folder is the sources.');
}
for (const target of targets) {
  const folder = `dist/store/${target}`;
  await build(target, folder, 'english', 'store');
  packages.push([`sonoff-diy-flasher-${version}-${target}.zip`, await zipFolder(folder)]);
}
await buildLocalMirror();
packages.push([`sonoff-diy-mirror-${version}.cjs`, await readFile(localMirrorFile)]);
for (const [name, bytes] of packages) {
  await writeFile(join(out, name), bytes);
  const digest = createHash('sha256').update(bytes).digest('hex');
  console.log(`${out}/${name}  ${inEnglish(sizeText(bytes.length))}  sha256 ${digest}`);
}
