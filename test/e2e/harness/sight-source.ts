import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

let sight: string | undefined;
let axe: string | undefined;

/** `sight.ts` and what it needs, as one script that can be evaluated in a page. */
export function sightSource(): string {
  if (sight === undefined) {
    const { outputFiles } = buildSync({
      entryPoints: [fileURLToPath(new URL('sight.ts', import.meta.url))],
      bundle: true,
      write: false,
      minify: true,
      format: 'iife',
      target: 'es2022',
      // The library reads its environment for debugging colours.
      define: { process: '{"env":{}}', global: 'globalThis' },
    });
    sight = outputFiles.map((file) => file.text).join('\n');
  }
  return sight;
}

/** axe-core, as one script that can be evaluated in a page. */
export function axeSource(): string {
  axe ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return axe;
}
