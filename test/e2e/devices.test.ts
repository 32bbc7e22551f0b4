import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedSonoff } from '../simulator/sonoff.ts';
import { type BrowserKind, browserKinds } from './harness/launch.ts';
import { defaultFile, type Scene, setScene } from './scene.ts';

/** The extension with a shorter watch: ten devices would be looked at for ten minutes. */
function hurriedExtension(kind: BrowserKind): string {
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

/** Takes connections and never answers. */
async function keepSilent(host: string, sockets: Set<Socket>): Promise<Server> {
  const server = createServer((socket) => sockets.add(socket.on('error', () => {})));
  await new Promise<void>((ready) => server.listen(8081, host, ready));
  return server;
}

describe.each(browserKinds)('ten devices in %s', (kind) => {
  let scene: Scene;
  let extensionDir: string;
  const silent: Server[] = [];
  const sockets = new Set<Socket>();
  beforeAll(async () => {
    extensionDir = hurriedExtension(kind);
    scene = await setScene(kind, { extensionDir });
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    for (const server of silent) server.close();
    await scene.close();
    rmSync(extensionDir, { recursive: true, force: true });
  });

  it('go from a search to outcomes with one question, and one of them that fails touches no other', async () => {
    const devices: SimulatedSonoff[] = [];
    for (let count = 0; count < 10; count += 1) {
      devices.push(await scene.device({ profile: '3.6.0', unlocked: count > 1 }));
    }
    const [locked, , third] = devices;
    if (locked === undefined || third === undefined) throw new Error('no devices');
    for (let count = 0; count < 3; count += 1) silent.push(await keepSilent(scene.freeAddress(), sockets));
    const network = locked.address.replace(/\d+$/, '');

    const list = await scene.browser.openTab('popup/devices.html', { width: 1200, height: 900 });
    const page = await scene.openPage();
    await list.type('Network', `${network}0/24`);
    await list.click('button', 'Find');
    // The browser's other requests go on beside it.
    await page.click('button', 'Fetch firmware');
    await page.see('Tasmota 8.5.0 lite');
    await list.see('All 254 asked. 10 devices found.');
    await list.click('button', 'Add 10 devices');
    const wasAsked = (device: SimulatedSonoff) => device.heard.map(({ command }) => command);
    expect(devices.map(wasAsked)).toEqual(devices.map(() => ['info']));

    await list.click('button', 'Info for all');
    await list.waitFor('button', 'Flash 8 devices', { state: 'enabled' });
    await list.click('button', 'Unlock all');
    await list.waitFor('button', 'Flash 10 devices', { state: 'enabled' });
    third.faults.switchOn({ kind: 'error', on: 'ota_flash', number: 424 });
    await list.click('checkbox', /Stop at the first device/);
    await list.click('button', 'Flash 10 devices');
    await list.waitFor('dialog', `Flash ${defaultFile} to 10 devices?`);
    const lines = await list.readAll('list', 'Devices that are flashed');
    for (const { address, settings } of devices)
      expect(lines.join()).toContain(`${address}: ID ${settings.deviceid}`);
    // The page that was there before the yes is closed in the middle of it.
    await list.click('button', `Flash ${defaultFile} to 10 devices`);
    await list.see('Probably flashed');
    await list.reload();

    await list.waitFor('heading', 'Summary', { timeout: 60_000 });
    for (const device of devices) {
      expect(device.otaFlashCount).toBe(1);
      expect(device.became.state).toBe(device === third ? 'sonoff' : 'tasmota');
    }
    const rows = (await list.readAll('row')).slice(1);
    expect(rows).toHaveLength(10);
    for (const row of rows)
      expect(row).toContain(row.startsWith(`${third.address} `) ? 'Not flashed' : 'Probably flashed');
    expect(await list.axe()).toEqual([]);
    await list.setViewport(360, 600);
    expect((await list.size()).contentWidth).toBeLessThanOrEqual(360);
    await list.click('button', 'Forget these results');
    await list.waitFor('heading', 'Summary', { state: 'gone' });
    expect(await scene.browser.errors()).toEqual([]);
  }, 90_000);
});
