import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserKind } from './harness/launch.ts';

/** The field for the file that this computer is to serve. */
export const fileField = 'Choose a firmware file, or drop it here';

/**
 * Puts the built extension into a folder of `home`, and answers with that. Headless Chromium has no way to answer the
 * question for the permission, so it asks none.
 */
export function extensionFor(kind: BrowserKind, home: string, name: string): string {
  const folder = join(home, name);
  cpSync(`dist/${kind}`, folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  if (kind === 'chromium') {
    manifest.permissions.push('nativeMessaging');
    manifest.optional_permissions = [];
  }
  writeFileSync(file, JSON.stringify(manifest));
  return folder;
}

/** The processes of the program that was installed in `home`. */
export function processesOf(home: string, role: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => {
      if (Number.isNaN(pid)) return false;
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return line.includes(home) && line.includes(role);
      } catch {
        return false;
      }
    });
}
