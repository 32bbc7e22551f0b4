import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { View } from './harness/launch.ts';
import { defaultMirror, type Scene, setScene } from './scene.ts';
import { askInfo, getInfo } from './steps.ts';

const name = 'eWeLink_1000a1b2c3.local';

describe('firefox in its HTTPS-Only mode', () => {
  let scene: Scene;
  let view: View;
  beforeAll(async () => {
    scene = await setScene('firefox', { httpsOnly: true });
  });
  afterEach(() => view.close());
  afterAll(() => scene.close());

  it('is named when a device is called by its name, at once and with the remedy', async () => {
    view = await scene.openPage();
    await askInfo(view, name);
    const says = await view.see('HTTPS-Only mode', 5_000);
    expect(says).toContain('Type the IP address of the device instead');
    expect(says).toContain(scene.browser.baseUrl);
    expect(says).not.toMatch(/switched off|The device is off/);
  });

  it('is named when the default mirror cannot be asked, and an exception for the extension helps', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    view = await scene.openPage();
    await getInfo(view, device);
    const says = await view.see('HTTPS-Only mode', 5_000);
    expect(says).toContain(`turned the request to ${defaultMirror} into https`);
    expect(says).toContain(scene.browser.baseUrl);
    expect(scene.mirror.requests).toEqual([]);

    await scene.browser.exemptFromHttpsOnly(scene.browser.baseUrl);
    await view.click('button', 'Fetch firmware');
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    expect(await view.alert()).toBe('');
  });
});
