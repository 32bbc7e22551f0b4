import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { manifestFor } from '../../../scripts/manifest.ts';
import type { BrowserKind } from './types.ts';

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Native sample</title></head>
<body>
  <button id="connect" type="button">Connect</button>
  <button id="serve" type="button">Serve</button>
  <p><output id="state" aria-label="State"></output></p>
  <p>URL <output id="url" aria-label="URL"></output></p>
  <p>Digest <output id="digest" aria-label="Digest"></output></p>
  <p>Parts <output id="parts" aria-label="Parts">0</output></p>
  <p>Verdict <output id="verdict" aria-label="Verdict"></output></p>
  <p>Before <output id="before" aria-label="Before"></output></p>
  <script src="page.js"></script>
</body>
</html>
`;

/** Writes an extension that has the ids of ours, may use native messaging, and speaks with the real client. */
export async function writeNativeSample(folder: string, kind: BrowserKind, image: Uint8Array): Promise<void> {
  const ours: Record<string, unknown> = manifestFor(kind, 'developer');
  const manifest = {
    manifest_version: 3,
    name: 'Native sample',
    version: '1',
    permissions: ['nativeMessaging'],
    ...(kind === 'chromium'
      ? { key: ours.key }
      : { browser_specific_settings: ours.browser_specific_settings }),
    // The harness looks for the errors of a background, too.
    background: kind === 'chromium' ? { service_worker: 'background.js' } : { scripts: ['background.js'] },
    action: { default_popup: 'page.html' },
  };
  await esbuild.build({
    entryPoints: ['test/e2e/harness/native-sample-page.ts'],
    bundle: true,
    format: 'iife',
    target: 'es2023',
    outfile: join(folder, 'page.js'),
    logLevel: 'warning',
  });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'page.html'), page);
  writeFileSync(join(folder, 'background.js'), '');
  writeFileSync(join(folder, 'image.bin'), image);
}
