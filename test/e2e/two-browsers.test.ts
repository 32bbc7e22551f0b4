import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLocalMirror } from '../../scripts/build-local-mirror.ts';
import { buildImage } from '../images/esp8266-image.ts';
import { allBrowsers, browserKinds, type View } from './harness/launch.ts';
import { environmentAt } from './harness/profile.ts';
import { setTollGate, type TollGate } from './harness/toll-gate.ts';
import { until } from './harness/until.ts';
import { extensionFor, fileField, processesOf } from './local-program.ts';
import { goodImage, type Scene, setScene } from './scene.ts';
import { flash, getInfo } from './steps.ts';

describe.runIf(browserKinds.length === allBrowsers.length)('two browsers with one program', () => {
  const home = mkdtempSync(join(tmpdir(), 'sonoff two browsers '));
  const mirror = (command: string) =>
    execFileSync(process.execPath, [join(home, 'mirror.cjs'), command], { env: environmentAt(home) });
  let gate: TollGate;
  let chromium: Scene;
  let firefox: Scene;

  beforeAll(async () => {
    for (const folder of ['chromium', 'mozilla/firefox'])
      mkdirSync(join(home, '.config', folder), { recursive: true });
    await buildLocalMirror(join(home, 'mirror.cjs'));
    mirror('install');
    gate = await setTollGate();
    chromium = await setScene('chromium', {
      extensionDir: extensionFor('chromium', home, 'in-chromium'),
      home,
    });
    firefox = await setScene('firefox', { extensionDir: extensionFor('firefox', home, 'in-firefox'), home });
  });
  afterAll(async () => {
    gate?.close();
    await chromium?.close();
    await firefox?.close();
    for (const pid of processesOf(home, 'native-serve')) process.kill(pid);
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });

  it('do not flash the same device at once, and lose nothing when it is uninstalled meanwhile', async () => {
    const hosts = { '127.0.0.1': `127.0.0.1:${gate.port}` };
    const device = await chromium.device({ profile: '3.6.0', unlocked: true, hosts });
    const makeReady = async ({ openPage }: Scene, bytes: Uint8Array): Promise<View> => {
      const view = await openPage();
      await getInfo(view, device);
      await view.choose('Mirror', 'This computer');
      await view.see(fileField);
      await view.chooseFile(fileField, 'tasmota-lite.bin', bytes);
      const there = /This computer serves .* at http:\/\/127\.0\.0\.1:(\d+)\//;
      gate.leadTo(Number(there.exec(await view.see(there))?.[1]), device.address);
      await view.click('button', 'Fetch firmware');
      await view.waitFor('button', 'Flash', { state: 'enabled', timeout: 30_000 });
      return view;
    };
    const second = await makeReady(firefox, buildImage({ size: 470_000, version: '8.5.1' }));
    const first = await makeReady(chromium, goodImage);
    gate.holdAfter(200_000);
    await flash(first);
    await until(
      async () => gate.passed() >= 200_000 || undefined,
      () => first.text(),
    );

    await second.click('button', 'Flash');
    await second.click('button', /^Flash \S+\.bin$/);
    await second.waitFor('heading', 'Not flashed. Keep its power');
    expect(await second.alert()).toContain('another browser has told it to');
    expect(await second.text()).not.toContain('Nothing has been changed');
    expect(device.otaFlashCount).toBe(1);

    mirror('uninstall');
    gate.open();
    await device.waitUntil('tasmota');
    expect(Buffer.compare(device.flash.image, goodImage)).toBe(0);
    await first.see('The device reports that it has the whole image and that its digest is right.');
  });
});
