import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { manifestFor, type Target, targets } from './manifest.ts';
import { withoutHtmlStrings } from './without-html-strings.ts';

const pages = ['popup', 'options'];

/** Builds the extension for `target` into `directory`, loadable as it is. */
export async function build(target: Target, directory = `dist/${target}`): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await esbuild.build({
    entryPoints: [
      { in: 'src/background/index.ts', out: 'background' },
      ...pages.flatMap((page) => [
        { in: `${page}/index.tsx`, out: `${page}/index` },
        { in: `${page}/${page}.css`, out: `${page}/${page}` },
      ]),
    ],
    outdir: directory,
    bundle: true,
    format: 'esm',
    splitting: true,
    chunkNames: 'shared/[hash]',
    target: ['chrome124', 'firefox142'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // Reviewers at the stores read this: names and lines stay, only white space inside libraries is theirs.
    minify: false,
    legalComments: 'inline',
    loader: { '.md': 'text' },
    plugins: [withoutHtmlStrings],
    logLevel: 'warning',
  });
  await writeFile(`${directory}/manifest.json`, `${JSON.stringify(manifestFor(target), null, 2)}\n`);
  await cp('src/ui/icons', `${directory}/icons`, { recursive: true });
  for (const page of pages) await cp(`${page}/index.html`, `${directory}/${page}/index.html`);
  await cp('LICENSE', `${directory}/LICENSE`);
}

/** Builds every target. */
export async function buildAll(): Promise<void> {
  await Promise.all(targets.map((target) => build(target)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = performance.now();
  await buildAll();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`Built ${targets.map((target) => `dist/${target}`).join(' and ')} in ${seconds} s.`);
}
