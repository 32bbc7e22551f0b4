import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from '../../../scripts/build.ts';
import { targets } from '../../../scripts/manifest.ts';
import { zipFolder } from '../../../scripts/zip.ts';

const place = mkdtempSync(join(tmpdir(), 'sonoff-sources-'));
const sources = join(place, 'sources');

const bundled = [
  ...['@preact/signals', '@preact/signals-core', 'hash-wasm', 'ipaddr.js', 'preact', 'valibot'],
  'webextension-polyfill',
  // The local mirror's, which is packed beside the extension.
  ...['commander', 'multicast-dns', 'dns-packet', '@leichtgewicht/ip-codec', 'thunky'],
];
const tools = ['acorn', 'esbuild', '@esbuild', 'fflate'];

/** What `git archive` packs, but of the files as they are now; in a folder without git all of them. */
beforeAll(() => {
  const files = existsSync('.git')
    ? execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
        encoding: 'utf8',
      }).split('\0')
    : [];
  for (const file of files.filter((name) => name !== '' && existsSync(name))) {
    mkdirSync(dirname(join(sources, file)), { recursive: true });
    cpSync(file, join(sources, file));
  }
  if (files.length === 0) {
    cpSync('.', sources, {
      recursive: true,
      filter: (name) => !/^(?:node_modules|dist|packages)$/.test(name),
    });
  }
  // Copies, because a link leads back to here, and esbuild orders what it bundles by path.
  for (const name of [...bundled, ...tools]) {
    cpSync(join('node_modules', name), join(sources, 'node_modules', name), { recursive: true });
  }
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

it('the sources, unpacked where there is no git, make the same packages', async () => {
  // What lies further up is another project, if anything.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: place };
  const said = execFileSync(
    process.execPath,
    [resolve('node_modules/tsx/dist/cli.mjs'), 'scripts/package.ts'],
    {
      cwd: sources,
      env,
      encoding: 'utf8',
    },
  );
  expect(said).toContain('This is no git checkout');
  const { version } = JSON.parse(readFileSync('manifest.json', 'utf8'));
  for (const target of targets) {
    const folder = join(place, target);
    await build(target, folder, 'english', 'store');
    const name = `sonoff-diy-flasher-${version}-${target}.zip`;
    const packed = readFileSync(join(sources, 'packages', name));
    expect(sha256(packed), name).toBe(sha256(await zipFolder(folder)));
    expect(said).toContain(sha256(packed));
  }
}, 60_000);
