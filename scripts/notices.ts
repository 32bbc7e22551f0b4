import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const packageSchema = v.object({ name: v.string(), version: v.string(), license: v.string() });

/** Licences that ask for a word on where they and the sources are, and whose text is long. */
const byReference: Readonly<Record<string, (name: string, version: string) => string>> = {
  'MPL-2.0': (name, version) =>
    'This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0,\n' +
    'which can be read at https://mozilla.org/MPL/2.0/. It is used unchanged; the sources of\n' +
    `exactly this version are at https://www.npmjs.com/package/${name}/v/${version}.\n`,
};

/** The licences of the packages that these files belong to: of what is really bundled, not of what is installed. */
export function noticesFor(files: readonly string[], what = 'This extension'): string {
  const folders = new Set(files.map(packageFolder).filter((folder) => folder !== null));
  const notices = [...folders].toSorted().map((folder) => {
    const { name, version, license } = v.parse(
      packageSchema,
      JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
    );
    const text = byReference[license]?.(name, version) ?? licenceText(folder, name);
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return `${what} contains the following packages.\n\n${notices.join(`\n${'-'.repeat(72)}\n\n`)}`;
}

/** The folder of the innermost package that a file is in; null for a file of our own. */
function packageFolder(file: string): string | null {
  const [, folder = null] =
    /^(.*(?:^|[\\/])node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file) ?? [];
  return folder;
}

function licenceText(folder: string, name: string): string {
  const file = existsSync(folder) && readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  // A package without its licence must not be shipped unseen.
  if (!file) throw new Error(`${name} is bundled but brings no licence text.`);
  return readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
}
