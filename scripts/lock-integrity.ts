import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as v from 'valibot';

const lockSchema = v.object({
  packages: v.record(
    v.string(),
    v.object({
      version: v.optional(v.string()),
      integrity: v.optional(v.string()),
      link: v.optional(v.boolean()),
      inBundle: v.optional(v.boolean()),
    }),
  ),
});

/** The packages, as `name@version`, that a lock file would take whatever they contain. */
export function withoutIntegrity(lock: unknown): string[] {
  const { packages } = v.parse(lockSchema, lock);
  return Object.entries(packages).flatMap(([path, { version, integrity, link, inBundle }]) => {
    const name = path.split('node_modules/').at(-1) ?? '';
    const isOurs = !path.includes('node_modules/') || link || inBundle;
    return isOurs || integrity ? [] : [`${name}@${version}`];
  });
}

/** What the registry says is in the package; null when it does not say. */
function askRegistry(wanted: string): string | null {
  try {
    const args = ['view', wanted, 'dist.integrity', '--json', '--fetch-retries=0', '--fetch-timeout=10000'];
    const told = execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return told.trim() || null;
  } catch {
    return null;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const wanted of withoutIntegrity(JSON.parse(readFileSync('package-lock.json', 'utf8')))) {
    const integrity = askRegistry(wanted);
    if (integrity === null) console.log(`${wanted} has no integrity here, and the registry gives none.`);
    else {
      console.error(`${wanted} has no integrity in package-lock.json. The registry gives ${integrity}.`);
      process.exitCode = 1;
    }
  }
}
