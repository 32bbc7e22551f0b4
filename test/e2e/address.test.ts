import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SimulatedMirror } from '../simulator/mirror.ts';
import type { SimulatedSonoff } from '../simulator/sonoff.ts';
import { browserKinds } from './harness/launch.ts';
import { type Namespace, namespaceObstacle, openNetwork } from './harness/namespace.ts';
import { until } from './harness/until.ts';
import { goodImage, type Scene, setScene } from './scene.ts';
import { describeIn } from './shares.ts';
import { askInfo, flash, getInfo, stopWatching, unlock } from './steps.ts';

const noNamespace = namespaceObstacle();
const name = 'sonoff.test';
const file = 'tasmota-lite.bin';

const inUse = v.object({ code: v.literal('EADDRINUSE') });

/** Names lead to 127.0.0.1, which nothing else in these tests takes; but those in the other browser do as well. */
function deviceBehindTheName(scene: Scene): Promise<SimulatedSonoff> {
  return until(
    () =>
      scene.device({ profile: '3.6.0', host: '127.0.0.1' }).catch((error: unknown) => {
        if (v.is(inUse, error)) return undefined;
        throw error;
      }),
    () => 'Somebody else has port 8081 of 127.0.0.1',
  );
}

// One for all, for the browsers come one after the other, unless each has a process of its own.
const [firstBrowser = 'chromium'] = browserKinds;
let network: Namespace | undefined;
beforeAll(() => {
  if (noNamespace === null) network = openNetwork(`address-${firstBrowser}`);
});
afterAll(() => network?.close());

/** A simulated device with a private address, in a network of its own. */
async function deviceInNetwork() {
  if (!network) throw new Error('There is no network.');
  const device = ['--host', network.there, '--time-scale', '0.05', '--speed', '0', '--vendor-delay', '10'];
  const program = await network.run(
    ['--import', 'tsx', 'test/simulator/command.ts', '--firmware', '3.6.0', ...device],
    /listens on/,
  );
  return { ...program, address: network.there, mirrorHost: network.here };
}

describe.each(browserKinds)('addresses in %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene(kind);
  });
  afterAll(() => scene.close());

  it('reaches a device by its name', async () => {
    const device = await deviceBehindTheName(scene);
    const view = await scene.openPage();
    await askInfo(view, name);
    await view.see('Firmware version');
    expect(await view.read('Address')).toBe(name);
    expect(await view.read('Device ID')).toBe(device.settings.deviceid);
    expect(device.heard[0]?.headers.get('host')).toBe(`${name}:8081`);
    await device.stop();
    await view.close();
  });

  it.skipIf(noNamespace !== null)(`flashes by a private address (${noNamespace ?? 'as root'})`, async () => {
    const device = await deviceInNetwork();
    const near = new SimulatedMirror({ host: device.mirrorHost, files: { [`/${file}`]: goodImage } });
    await near.start();
    const view = await scene.openPage();

    await view.type('Firmware', near.url(`/${file}`));
    await askInfo(view, device.address);
    await view.see('Firmware version');
    expect(await view.read('OTA unlock')).toBe('Locked');
    await view.click('button', 'Fetch firmware');
    await unlock(view);
    await flash(view);

    await expect.poll(device.output, { timeout: 20_000 }).toContain('It is now: tasmota');
    const digest = createHash('sha256').update(goodImage).digest('hex');
    expect(device.output().match(/\/zeroconf\/ota_flash .*/g)).toEqual([
      expect.stringContaining(`"sha256sum":"${digest}"`),
    ]);
    expect(near.callbacks).toEqual([expect.stringContaining('"error":0')]);
    await view.see('The device is downloading');
    await stopWatching(view);
    await view.close();
    await near.stop();
  });

  it.skipIf(noNamespace !== null)(
    `refuses a mirror that only this computer can reach (${noNamespace ?? 'as root'})`,
    async () => {
      const device = await deviceInNetwork();
      const here = new SimulatedMirror({ files: { [`/${file}`]: goodImage } });
      await here.start();
      const view = await scene.openPage();
      await view.type('Firmware', here.url(`/${file}`));
      await askInfo(view, device.address);
      await view.see('Firmware version');
      await unlock(view);
      await view.click('button', 'Fetch firmware');
      await view.see(/127\.0\.0\.1 means "this computer" to your browser/);
      // What the browser alone can see of this mirror is right.
      await here.waitUntil(({ requests }) => requests.filter(({ status }) => status === 206).length === 3);
      await view.gone('Check the mirror');
      await view.waitFor('button', 'Flash', { state: 'disabled' });
      expect(device.output()).not.toContain('ota_flash');
      await device.stop();
      await view.close();
      await here.stop();
    },
  );
});

const Manifest = v.looseObject({ content_security_policy: v.looseObject({ extension_pages: v.string() }) });

/** Firefox's own policy for extensions turns http into https; the tests above must be able to see that. */
describeIn('firefox', 'firefox without our content security policy', () => {
  const extensionDir = mkdtempSync(join(tmpdir(), 'no-policy-'));
  let scene: Scene;
  beforeAll(async () => {
    cpSync('dist/firefox', extensionDir, { recursive: true });
    const path = join(extensionDir, 'manifest.json');
    const { content_security_policy: _, ...rest } = v.parse(Manifest, JSON.parse(readFileSync(path, 'utf8')));
    writeFileSync(path, JSON.stringify(rest));
    scene = await setScene('firefox', { extensionDir });
  });
  afterAll(async () => {
    await scene?.close();
    rmSync(extensionDir, { recursive: true, force: true });
  });

  it('is at work: it reaches a loopback address, which is exempt', async () => {
    const view = await scene.openPage();
    await getInfo(view, await scene.device({ profile: '3.6.0' }));
    await view.close();
  });

  it('does not reach a device by its name, and says so', async () => {
    const device = await deviceBehindTheName(scene);
    const view = await scene.openPage();
    await askInfo(view, name);
    await view.see(`turned the request to ${name} into https`);
    expect(await view.alert()).toContain('Nothing');
    expect(device.heard).toEqual([]);
    await device.stop();
    await view.close();
  });

  it.skipIf(noNamespace !== null)(`nor by a private address (${noNamespace ?? 'as root'})`, async () => {
    const device = await deviceInNetwork();
    const view = await scene.openPage();
    await askInfo(view, device.address);
    await view.see(`turned the request to ${device.address} into https`);
    expect(device.output()).not.toContain('/zeroconf/');
    await device.stop();
    await view.close();
  });
});
