import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BrowserKind } from './harness/launch.ts';

/** The extension with a watch of a second instead of a minute, in a folder that the caller removes. */
export function hurriedExtension(kind: BrowserKind): string {
  const directory = mkdtempSync(join(tmpdir(), 'hurried-'));
  cpSync(resolve(`dist/${kind}`), directory, { recursive: true });
  const background = join(directory, 'background.js');
  const built = readFileSync(background, 'utf8');
  const hurried = built.replace(
    /watchTimings=\{[^}]*\}/,
    'watchTimings={quiet:400,between:100,missesToBeGone:2,goneForGood:300,patience:3e5,longestStep:2e4}',
  );
  if (hurried === built) throw new Error('The timings of the watch are not where they were.');
  writeFileSync(background, hurried);
  return directory;
}
