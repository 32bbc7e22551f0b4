import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { bundledFiles } from './build.ts';
import { noticesFor } from './notices.ts';
import { smallDependencies } from './small-dependencies.ts';

/** Where `bin` in package.json and `npm run mirror` expect it. */
export const localMirrorFile = 'dist/sonoff-diy-mirror.cjs';

/** Bundles the local mirror into one file that Node runs as it is, with the licences of what is in it at its end. */
export async function buildLocalMirror(file = localMirrorFile): Promise<void> {
  const { metafile, outputFiles } = await esbuild.build({
    entryPoints: ['src/local-mirror/index.ts'],
    bundle: true,
    write: false,
    outfile: file,
    platform: 'node',
    // multicast-dns and commander ask for Node's modules by require().
    format: 'cjs',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
    legalComments: 'none',
    plugins: [smallDependencies],
    logLevel: 'warning',
    metafile: true,
  });
  const notices = noticesFor(bundledFiles(metafile), 'This program').replaceAll('*/', '* /');
  const code = outputFiles.map(({ text }) => text).join('');
  await mkdir(dirname(file), { recursive: true });
  // Another one may be starting just now: it finds the old file or the new one, never half of it.
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, `${code}\n/*\n${notices}*/\n`, { mode: 0o755 });
  await rename(fresh, file);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildLocalMirror();
