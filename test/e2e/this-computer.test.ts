import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildLocalMirror } from '../../scripts/build-local-mirror.ts';
import { unusedComputer } from '../../src/flash/this-computer/state.ts';
import { connectionTrouble } from '../../src/flash/this-computer/troubles.ts';
import type { SimulatedSonoff } from '../simulator/sonoff.ts';
import { browserKinds, type View } from './harness/launch.ts';
import { environmentAt } from './harness/profile.ts';
import { setTollGate, type TollGate } from './harness/toll-gate.ts';
import { until } from './harness/until.ts';
import { extensionFor, fileField, processesOf } from './local-program.ts';
import { goodImage, type Scene, setScene } from './scene.ts';
import { describeIn } from './shares.ts';
import { flash, getInfo, stopWatching } from './steps.ts';

describe.each(browserKinds)('an image from this computer in %s', (kind) => {
  const home = mkdtempSync(join(tmpdir(), 'sonoff this computer '));
  let scene: Scene;
  let gate: TollGate;
  let hosts: Record<string, string>;

  const mirror = (...args: string[]) =>
    execFileSync(process.execPath, [join(home, 'mirror.cjs'), ...args], {
      env: environmentAt(home),
      encoding: 'utf8',
    });
  const enter = () => setScene(kind, { extensionDir: join(home, 'extension'), home });
  const setDevice = () => scene.device({ profile: '3.6.0', unlocked: true, hosts });

  /** Everything up to the question: the page with the device, and the file that is served and checked. */
  async function makeReady(device: SimulatedSonoff, served: 'first' | 'as before' | 'anew'): Promise<View> {
    const view = await scene.openPage();
    await getInfo(view, device);
    if (served === 'first') {
      await view.choose('Mirror', 'This computer');
      await view.see(fileField);
      await view.chooseFile(fileField, 'tasmota-lite.bin', goodImage);
    }
    if (served !== 'first') await view.box('combobox', 'Mirror');
    const there = /This computer serves .* at http:\/\/127\.0\.0\.1:(\d+)\//;
    const port = there.exec(await view.see(there))?.[1];
    gate.leadTo(Number(port), device.address);
    if (served !== 'as before') await view.click('button', 'Fetch firmware');
    await view.waitFor('button', 'Flash', { state: 'enabled', timeout: 30_000 });
    return view;
  }

  beforeAll(async () => {
    mkdirSync(join(home, '.config', kind === 'chromium' ? 'chromium' : 'mozilla/firefox'), {
      recursive: true,
    });
    await buildLocalMirror(join(home, 'mirror.cjs'));
    mirror('install');
    extensionFor(kind, home, 'extension');
    gate = await setTollGate();
    hosts = { '127.0.0.1': `127.0.0.1:${gate.port}` };
    scene = await enter();
  });
  afterAll(async () => {
    gate?.close();
    await scene?.close();
    for (const pid of processesOf(home, 'native-serve')) process.kill(pid);
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });

  it('keeps what was typed when the extension has to be restarted for the way to the program', async () => {
    // Without it Chromium does not take up again what lies unpacked.
    if (kind === 'chromium') await scene.browser.reloadExtension();
    const view = await scene.openPage();
    await view.type('Device address', '127.0.0.99');
    await view.choose('Mirror', 'This computer');
    await view.see(fileField);
    const trouble = connectionTrouble('restart-needed');
    const restart = 'Restart the extension';
    // Nobody may write what the program says while this is on the page.
    await scene.browser.stopBackground();
    await view.store('session', {
      'this-computer': { ...unusedComputer, connection: { state: 'trouble', trouble } },
    });
    await view.waitFor('button', restart);
    await view.click('button', restart);
    await view.closed();
    const again = await scene.browser.waitForTab('popup/index.html');
    await again.waitFor('button', /^Firmware This computer/);
    await again.box('combobox', 'Mirror');
    await again.see(fileField);
    expect(await again.read('Device address')).toBe('127.0.0.99');
    await again.close();
  });

  it('is served at the address on the way to the device, though that is named afterwards', async () => {
    const device = await setDevice();
    const view = await scene.openPage();
    await view.choose('Mirror', 'This computer');
    await view.see(fileField);
    await view.chooseFile(fileField, 'tasmota-lite.bin', goodImage);
    await view.see(/This computer serves .* at http/);
    await getInfo(view, device);
    await until(
      async () => /"served":\{[^}]*"url":"http:\/\/127\.0\.0\.1:/.test(await view.stored()) || undefined,
      () => view.text(),
    );
    await view.close();
  });

  it('is handed over, checked where the device will ask, fetched part by part, and reported', async () => {
    const device = await setDevice();
    const view = await makeReady(device, 'first');
    // Of this server a browser sees half: the program has asked it as the device will, and all is known.
    await view.waitFor('list', 'Checks on the mirror', { state: 'gone' });
    await flash(view);
    await device.waitUntil('tasmota');
    expect(Buffer.compare(device.flash.image, goodImage)).toBe(0);
    await view.see('The device reports that it has the whole image and that its digest is right.');
    await view.waitFor('img', '119 of 119 parts fetched');
    expect(device.otaFlashCount).toBe(1);
    await stopWatching(view);
    await view.close();
  });

  it('that is spoilt on the way makes the page say at once not to restart the device', async () => {
    const device = await setDevice();
    const view = await makeReady(device, 'as before');
    gate.spoilByte(200_000);
    await flash(view);
    await view.waitFor('heading', 'Do not restart the device');
    expect(await view.alert()).toContain('another digest');
    await view.close();
  });

  it('is not thought to be written when the program is killed in the middle', async () => {
    const device = await setDevice();
    const view = await makeReady(device, 'as before');
    gate.holdAfter(200_000);
    await flash(view);
    await until(
      async () => gate.passed() >= 200_000 || undefined,
      () => view.text(),
    );
    for (const pid of processesOf(home, 'native-serve')) process.kill(pid, 'SIGKILL');
    await view.see('The local mirror ended in the middle');
    expect(await view.alert()).toContain('Do not cut its power.');
    gate.open();
    await stopWatching(view);
    await view.close();
  });

  it('is written to the end though the browser is closed, and the next one says so', async () => {
    const device = await setDevice();
    const view = await makeReady(device, 'anew');
    gate.holdAfter(200_000);
    await flash(view);
    await until(
      async () => gate.passed() >= 200_000 || undefined,
      () => view.text(),
    );
    // Firefox reports what a page had asked that the restart above has closed; nobody is left there to hear it.
    const left = /^Promise rejected after context unloaded/;
    expect((await scene.browser.errors()).filter((error) => !left.test(error))).toEqual([]);
    await scene.browser.close();
    gate.open();
    await device.waitUntil('tasmota');
    expect(Buffer.compare(device.flash.image, goodImage)).toBe(0);

    const after = await enter();
    try {
      const page = await after.openPage();
      // Firefox begins with an empty profile here, and has forgotten the leave to ask the program.
      if (kind === 'firefox') await page.choose('Mirror', 'This computer');
      else await page.waitFor('img', '119 of 119 parts fetched');
      await page.see('The device reports that it has the whole image and that its digest is right.');
      expect(await after.browser.errors()).toEqual([]);
    } finally {
      await after.close();
    }
  });
});

// Headless Chromium shows its questions to nobody.
describeIn('firefox', 'the leave to start the program, in firefox', () => {
  const home = mkdtempSync(join(tmpdir(), 'sonoff without '));
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene('firefox', { home, grantPermissions: false });
  });
  afterAll(async () => {
    await scene?.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });

  it('can be refused, which takes nothing else away, and given later', async () => {
    const view = await scene.openPage();
    await view.choose('Mirror', 'This computer');
    await scene.browser.answerPrompt('deny');
    await view.see('Everything else works without it');
    await view.choose('Mirror', /Community/);
    await view.waitFor('button', 'Fetch firmware', { state: 'enabled' });
    await view.choose('Mirror', 'This computer');
    await scene.browser.answerPrompt('deny');
    await view.click('button', 'Allow the local mirror');
    await scene.browser.answerPrompt('allow');
    await view.see('It is not installed, or for another browser only.');
    await view.see('npm run mirror -- install');
    await view.waitFor('button', 'Copy the command');
    expect(await scene.browser.errors()).toEqual([]);
    await view.close();
  });
});
