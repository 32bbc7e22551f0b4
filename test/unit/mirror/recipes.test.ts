import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lighttpd, nginx, type ServerKind, type ServerName } from '../../servers/server-kinds.ts';
import { startKind, whyNotInstalled } from '../../servers/start-server.ts';
import { imageOf } from './image.ts';
import { checkWhole } from './whole-check.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/mirror-recipes.md'), 'utf8');

/** The one block of `language` in the recipes, with its place and port replaced by those of the test. */
function recipe(language: string, root: string, port: string): string {
  const block = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
  expect(block.trim().split('\n').length).toBeLessThanOrEqual(5);
  expect(block).toContain('/srv/firmware');
  expect(block).toContain('8080');
  return block.replaceAll('/srv/firmware', root).replaceAll('8080', port);
}

const recipes: readonly (readonly [ServerName, ServerKind])[] = [
  ['nginx', nginx(({ root, port }) => recipe('nginx', root, `127.0.0.1:${port}`))],
  ['lighttpd', lighttpd(({ root, port }) => recipe('lighttpd', root, `${port}`))],
];

describe('the recipe for', () => {
  let root = '';
  const image = imageOf(469_840);
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'mirror-root-'));
    writeFileSync(join(root, 'tasmota-lite.bin'), image);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  for (const [name, kind] of recipes) {
    const missing = whyNotInstalled(name);
    it.skipIf(missing !== null)(missing ?? `${name} passes every check`, async () => {
      const server = await startKind(kind, root);
      const checked = await checkWhole(`${server.origin}/tasmota-lite.bin`);
      await server.stop();
      expect(checked.problem).toBeNull();
      if (checked.problem !== null) return;
      expect(checked.report.checks.filter(({ answer }) => answer !== 'pass')).toEqual([]);
    });
  }
});
