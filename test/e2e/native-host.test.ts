import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLocalMirror } from '../../scripts/build-local-mirror.ts';
import { buildImage } from '../images/esp8266-image.ts';
import { aGate } from '../unit/local-mirror/browser-stand-in.ts';
import { aDevice, say } from '../unit/simulator/desk.ts';
import { browserKinds, type ExtensionBrowser, launch, type View } from './harness/launch.ts';
import { writeNativeSample } from './harness/native-sample.ts';
import { environmentAt } from './harness/profile.ts';
import { until } from './harness/until.ts';

const image = buildImage({ size: 469_840 });
const digest = createHash('sha256').update(image).digest('hex');

/** What a person has who keeps their home in a strange place; each browser has run there before. */
describe.each(browserKinds)('the program, registered with %s', (kind) => {
  const home = mkdtempSync(join(tmpdir(), "o'neil's home "));
  const extensionDir = join(home, 'extension');
  const program = join(home, 'downloaded mirror.cjs');
  const installed = join(home, '.local/share/sonoff-diy-mirror');
  let browser: ExtensionBrowser;
  let view: View;

  const mirror = (...args: string[]) =>
    execFileSync(process.execPath, [program, ...args], { env: environmentAt(home), encoding: 'utf8' });
  const start = async () => {
    browser = await launch(kind, { extensionDir, mapHosts: [], grantPermissions: false, home });
    view = await browser.openTab('page.html');
  };
  /** All that is ours in the home, whatever else browsers keep there. */
  const ours = () =>
    readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /sonoff.diy|MessagingHosts|messaging-hosts|\.local/.test(name),
    );

  beforeAll(async () => {
    mkdirSync(join(home, '.config', kind === 'chromium' ? 'chromium' : 'mozilla/firefox'), {
      recursive: true,
    });
    mkdirSync(extensionDir);
    await writeNativeSample(extensionDir, kind, image);
    await buildLocalMirror(program);
    await start();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });

  it('is missed, installed, found at once, and flashes a device to its end though the browser is closed', async () => {
    const before = ours();
    await view.click('button', 'Connect');
    await view.see('It is not installed, or for another browser only.');

    expect(mirror('install')).toContain(installed);
    expect(mirror('install')).toContain(installed);
    await view.click('button', 'Connect');
    await view.see('Connected to');
    await view.click('button', 'Serve');
    await view.see('Serving Tasmota');
    expect(await view.read('Digest')).toBe(digest);

    const url = new URL(await view.read('URL'));
    const gate = await aGate(Number(url.port), 200_000);
    const device = await aDevice({ unlocked: true });
    await say(device, 'ota_flash', {
      data: { downloadUrl: `http://127.0.0.1:${gate.port}${url.pathname}`, sha256sum: digest },
    });
    await until(
      async () => Number(await view.read('Parts')) >= 40 || undefined,
      () => view.text(),
    );
    await browser.close();
    gate.open();
    await device.waitUntil('tasmota');

    await start();
    await view.click('button', 'Connect');
    await view.see('Connected to');
    expect(await view.read('Before')).toBe('0');

    expect(mirror('uninstall')).toContain(installed);
    expect(existsSync(installed)).toBe(false);
    expect(ours()).toEqual(before);
    await view.reload();
    await view.click('button', 'Connect');
    await view.see('It is not installed, or for another browser only.');
    expect(await browser.errors()).toEqual([]);
  });
});
