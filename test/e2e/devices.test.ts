import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage } from '../images/esp8266-image.ts';
import { esphomeSite } from '../simulator/esphome-web.ts';
import type { SimulatedSonoff } from '../simulator/sonoff.ts';
import { tasmotaSite } from '../simulator/tasmota-web.ts';
import { WebPort } from '../simulator/web-port.ts';
import { browserKinds } from './harness/launch.ts';
import { hurriedExtension } from './hurried-extension.ts';
import { defaultFile, type Scene, setScene } from './scene.ts';
import { flash, getInfo } from './steps.ts';

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
    const last = devices.at(-1);
    if (locked === undefined || third === undefined || last === undefined) throw new Error('no devices');
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
    await getInfo(page, last);
    await page.waitFor('button', 'Flash', { state: 'enabled' });
    await list.click('checkbox', /Stop at the first device/);
    await list.click('button', 'Flash 10 devices');
    await list.waitFor('dialog', `Flash ${defaultFile} to 10 devices?`);
    const lines = await list.readAll('list', 'Devices that are flashed');
    for (const { address, settings } of devices)
      expect(lines.join()).toContain(`${address}: ID ${settings.deviceid}`);
    // The page that was there before the yes is closed in the middle of it.
    await list.click('button', `Flash ${defaultFile} to 10 devices`);
    await page.see('This device waits for its turn');
    await page.waitFor('button', 'Flash', { state: 'disabled' });
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

  it('and one with ESPHome is proved by what answers at its address, and by nothing else', async () => {
    const file = 'plug.bin';
    scene.mirror.files.set(
      `/${file}`,
      buildImage({ size: 401_408, flavour: 'esphome', version: '2021.12.3' }),
    );
    const device = await scene.device({ profile: '3.6.0', unlocked: true, timeScale: 0.05 });
    const web = new WebPort(tasmotaSite());
    try {
      const view = await scene.openPage();
      await getInfo(view, device);
      await view.type('Firmware', file);
      await view.click('button', 'Fetch firmware');
      await flash(view);
      await view.see('Probably flashed');
      // Firefox is told to go to the mirror's port wherever it would go to port 80.
      await web.open({ host: device.address, port: kind === 'firefox' ? scene.mirror.port : 80 });
      await view.click('button', 'Check');
      await view.see('That is not what was flashed');
      web.site = esphomeSite({ shows: 'portal-2021' });
      await view.click('button', 'Check');
      await view.waitFor('heading', 'Flashed');
      await view.see(/ESPHome/);
      await view.see(`Open http://${device.address}/`);
      expect(await scene.browser.errors()).toEqual([]);
      await view.close();
    } finally {
      await web.close();
    }
  });
});
