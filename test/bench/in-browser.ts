import { mkdtempSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { build } from '../../scripts/build.ts';
import { type BrowserKind, launch } from '../e2e/harness/launch.ts';

/** The table as it is measured by a page of the real extension in a real browser. */
export async function measureInBrowser(kind: BrowserKind, onMirror: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-extension-'));
  try {
    await build(kind, folder);
    await mkdir(join(folder, 'bench'));
    await esbuild.build({
      entryPoints: ['test/bench/page.ts'],
      outfile: join(folder, 'bench/page.js'),
      bundle: true,
      format: 'esm',
    });
    await writeFile(
      join(folder, 'bench/index.html'),
      '<!doctype html><title>RunContext</title><body><script src="page.js" type="module"></script>',
    );
    const browser = await launch(kind, { extensionDir: folder, mapHosts: [], grantPermissions: true });
    try {
      await browser.grantOrigin('http://127.0.0.1/*');
      const view = await browser.openTab(`bench/index.html?mirror=${encodeURIComponent(onMirror)}`, {
        width: 1200,
        height: 400,
      });
      const text = await view.see('measured', 120_000);
      return text.replace('measured', '').trim();
    } finally {
      await browser.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
