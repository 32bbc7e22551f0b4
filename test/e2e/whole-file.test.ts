import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserKinds, type View } from './harness/launch.ts';
import { defaultFile, goodImage, type Scene, setScene } from './scene.ts';
import { flash, getInfo, stopWatching } from './steps.ts';

const path = `/${defaultFile}`;
const whole = `bytes=0-${goodImage.length - 1}`;

describe.each(browserKinds)('the whole file before ota_flash in %s', (kind) => {
  let scene: Scene;
  let view: View;
  beforeAll(async () => {
    scene = await setScene(kind);
  });
  afterEach(async () => {
    scene.mirror.mend();
    await view.close();
  });
  afterAll(() => scene.close());

  /** The readings of the whole file, as the mirror heard them. */
  const readings = () => scene.mirror.requests.filter(({ headers }) => headers.get('range') === whole);

  /** What the test before has left is of no use: once the download has begun, none of it counts. */
  async function fetchAgain(): Promise<void> {
    const downloads = () => scene.mirror.requests.filter(({ target }) => target === path).length;
    await view.waitFor('button', 'Fetch firmware', { state: 'enabled' });
    const before = downloads();
    await view.click('button', 'Fetch firmware');
    await scene.mirror.waitUntil(() => downloads() > before);
    await view.waitFor('button', 'Flash', { state: 'enabled' });
  }

  async function openWithDevice() {
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    view = await scene.openPage();
    await getInfo(view, device);
    await fetchAgain();
    return device;
  }

  it('stops a flash from a mirror that has one other byte for dl.itead.cn', async () => {
    const device = await openWithDevice();
    scene.mirror.breakPath(path, { kind: 'other-for-name', number: 0x20123 });
    await fetchAgain();
    await flash(view);
    await view.see('Not flashed');
    await view.see('has for the device another file than the one that was checked');
    expect(device.otaFlashCount).toBe(0);
  });

  it('is asked for as the device would, and the flash goes on when it is right', async () => {
    const device = await openWithDevice();
    const before = readings().length;
    await flash(view);
    await device.waitUntil('tasmota');
    expect(device.otaFlashCount).toBe(1);
    const [reading, ...others] = readings().slice(before);
    expect(others).toEqual([]);
    expect(reading?.target).toMatch(new RegExp(`^${path}\\?deviceid=\\d+&ts=\\d+&sign=[0-9a-f]{64}$`));
    expect(reading?.headers.get('host')).toBe('dl.itead.cn');
    expect(reading?.headers.get('user-agent')).toBe('itead-device');
    const names = [...(reading?.headers.keys() ?? [])];
    // Firefox says once more, where no rule reaches, that it wants a range without compression.
    const unwanted = names.filter((name) => /^(?:origin|referer|cookie|sec-|accept)/.test(name));
    expect(unwanted).toEqual(kind === 'firefox' ? ['accept-encoding'] : []);
    expect(reading?.headers.get('accept-encoding') ?? 'identity').toBe('identity');
    await stopWatching(view);
  });

  it('leaves no ota_flash and no rule behind when the background dies in the middle of it', async () => {
    const device = await openWithDevice();
    const before = readings().length;
    // The three parts are right; the fourth request is that for the whole file.
    scene.mirror.breakPath(path, { kind: 'stall', number: 100_000, after: 3 });
    await flash(view);
    await scene.mirror.waitUntil(() => readings().length > before);
    await scene.browser.stopBackground();
    scene.mirror.mend();
    await view.reload();
    await view.see('Not flashed');
    expect(device.otaFlashCount).toBe(0);
    const { length } = scene.mirror.requests;
    await fetchAgain();
    // What is downloaded is asked for by the mirror's own name: no rule of the dead background is left.
    const plain = scene.mirror.requests.slice(length).filter(({ target }) => !target.includes('?'));
    expect(plain.map(({ headers }) => headers.get('host'))).not.toContain('dl.itead.cn');
  });

  // Chromium needs no permission for the name.
  if (kind !== 'firefox') return;

  it('is a warning to be ticked where the browser may not use the name', async () => {
    await scene.browser.revokeOrigin('https://dl.itead.cn/*');
    const device = await openWithDevice();
    await view.see('could not be tested in this browser');
    await view.click('button', 'Flash');
    await view.waitFor('dialog', /^Flash .+ to .+\?$/);
    await view.waitFor('button', /^Flash \S+\.bin$/, { state: 'disabled' });
    await view.click('checkbox', /dl\.itead\.cn/);
    await view.click('button', /^Flash \S+\.bin$/);
    await device.waitUntil('tasmota');
    expect(device.otaFlashCount).toBe(1);
    await stopWatching(view);
    await scene.browser.grantOrigin('https://dl.itead.cn/*');
  });

  it('stops a flash when the permission for the name goes after the question', async () => {
    const device = await openWithDevice();
    await view.click('button', 'Flash');
    await view.waitFor('dialog', /^Flash .+ to .+\?$/);
    await scene.browser.revokeOrigin('https://dl.itead.cn/*');
    await view.click('button', /^Flash \S+\.bin$/);
    await view.see('Not flashed');
    await view.see('could not be tested in this browser');
    expect(device.otaFlashCount).toBe(0);
    await scene.browser.grantOrigin('https://dl.itead.cn/*');
  });
});
