import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { manifestFor, type Recipient, type Target, targets } from './manifest.ts';
import { noticesFor } from './notices.ts';
import { smallDependencies } from './small-dependencies.ts';
import { collectTexts, localeFile, type Messages, pseudo } from './texts.ts';
import { withoutHtmlStrings } from './without-html-strings.ts';

const pages = ['popup', 'options'];

/** In which words the extension speaks: `pseudo` shows what is not ready to be translated. */
export type Words = 'english' | 'pseudo';

/** Builds the extension for `target` into `directory`, loadable as it is. */
export async function build(
  target: Target,
  directory = `dist/${target}`,
  words: Words = 'english',
  recipient: Recipient = 'developer',
): Promise<void> {
  const messages: Messages = new Map();
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const { metafile } = await esbuild.build({
    entryPoints: [
      { in: 'src/background/index.ts', out: 'background' },
      ...pages.map((page) => ({ in: `${page}/index.tsx`, out: `${page}/index` })),
      { in: 'popup/guide/index.tsx', out: 'popup/guide' },
      { in: 'popup/devices/index.tsx', out: 'popup/devices' },
    ],
    outdir: directory,
    bundle: true,
    format: 'esm',
    splitting: true,
    chunkNames: 'shared/[hash]',
    target: ['chrome124', 'firefox142'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    // Reviewers at the stores read this: our names and our way to write things stay.
    minifyWhitespace: true,
    // Every licence is in third-party-notices.txt.
    legalComments: 'none',
    loader: { '.md': 'text' },
    plugins: [withoutHtmlStrings, smallDependencies, collectTexts(messages)],
    logLevel: 'warning',
    metafile: true,
  });
  const manifest = `${JSON.stringify(withTexts(manifestFor(target, recipient), messages), null, 2)}\n`;
  await writeFile(`${directory}/manifest.json`, manifest);
  await mkdir(`${directory}/_locales/en`, { recursive: true });
  await writeFile(
    `${directory}/_locales/en/messages.json`,
    words === 'pseudo' ? localeFile(messages, pseudo) : localeFile(messages),
  );
  // Each browser shows other ones of the icons that there are.
  for (const icon of new Set(manifest.match(/icons\/[\w-]+\.png/g))) {
    await cp(`src/ui/${icon}`, `${directory}/${icon}`);
  }
  for (const page of pages) await cp(`${page}/index.html`, `${directory}/${page}/index.html`);
  for (const page of ['guide', 'devices']) {
    await cp(`popup/${page}.html`, `${directory}/popup/${page}.html`);
  }
  await cp('LICENSE', `${directory}/LICENSE`);
  await writeFile(`${directory}/third-party-notices.txt`, noticesFor(bundledFiles(metafile)));
}

/** The manifest with its description among the texts, since the stores show it in the reader's language. */
function withTexts(manifest: ReturnType<typeof manifestFor>, messages: Messages) {
  messages.set('manifest_description', manifest.description);
  return { ...manifest, default_locale: 'en', description: '__MSG_manifest_description__' };
}

/** The files of which at least one byte is in a bundle: what is imported for its types alone is not. */
export function bundledFiles({ outputs }: esbuild.Metafile): string[] {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
}

/** Builds every target, and says into which directories. */
export async function buildAll(words: Words = 'english'): Promise<string[]> {
  const built = targets.map((target) => ({
    target,
    directory: words === 'pseudo' ? `dist/${target}-pseudo` : `dist/${target}`,
  }));
  await Promise.all(built.map(({ target, directory }) => build(target, directory, words)));
  return built.map(({ directory }) => directory);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const started = performance.now();
  const built = await buildAll(process.argv[2] === 'pseudo' ? 'pseudo' : 'english');
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`Built ${built.join(' and ')} in ${seconds} s.`);
}
