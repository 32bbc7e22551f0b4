import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildImage } from '../images/esp8266-image.ts';
import { SimulatedMirror } from '../simulator/mirror.ts';
import { browserKinds, type View } from './harness/launch.ts';
import { until } from './harness/until.ts';
import { defaultFile, goodImage, type Scene, setScene } from './scene.ts';
import { itIn } from './shares.ts';
import { getInfo } from './steps.ts';

/** Calls itself a release, has a CRC and a digest beside it, and is in no list. */
const trojan = buildImage({ size: 486_272, version: '14.1.0' });
const file = 'tasmota-lite.bin';

describe.each(browserKinds)('an image that calls itself a release in %s', (kind) => {
  const own = new SimulatedMirror({ sidecars: true, files: { [`/${file}`]: trojan } });
  let scene: Scene;
  let view: View;
  beforeAll(async () => {
    await own.start();
    scene = await setScene(kind);
    scene.mirror.files.set(`/${file}`, trojan);
    // A GitHub that answers nobody costs its patience once; the extension has only just been installed.
    scene.github.mood = 'silent';
    view = await scene.openPage();
    await getInfo(view, await scene.device({ profile: '3.6.0', unlocked: true }));
  });
  afterEach(() => {
    scene.github.mood = 'answers';
  });
  afterAll(async () => {
    await scene.close();
    await own.stop();
  });

  async function fetchFirmware(firmware: string): Promise<void> {
    await view.type('Firmware', firmware);
    await view.waitFor('button', 'Flash', { state: 'disabled' });
    await view.click('button', 'Fetch firmware');
    await view.waitFor('button', 'Flash', { state: 'enabled' });
  }

  it('wants a tick, with a digest beside it, when GitHub cannot be asked; and nobody waits for GitHub again', async () => {
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    expect(scene.github.asked()).toBe(1);
    scene.github.mood = 'silent';
    await fetchFirmware(file);
    // It was asked once more, and whoever asked is waiting while Flash is there.
    expect(scene.github.waiting()).toBe(1);
    await view.see('GitHub could not be asked for the official releases');
    await view.click('button', 'Flash');
    await view.waitFor('dialog', /^Flash .+ to .+\?$/);
    await view.waitFor('button', /^Flash \S+\.bin$/, { state: 'disabled' });
    await view.click('checkbox', /nobody except the mirror vouches for it/);
    await view.waitFor('button', /^Flash \S+\.bin$/, { state: 'enabled' });
    await view.press('Escape');
  });

  itIn('chromium', kind, 'wants a tick when GitHub does not know it, and none when it does', async () => {
    // Nobody waits for the GitHub that was silent; what it says now serves the image after this one.
    const asked = scene.github.asked();
    await fetchFirmware(defaultFile);
    await until(
      async () => scene.github.asked() > asked || undefined,
      () => 'GitHub is not asked again',
    );
    await fetchFirmware(file);
    await fetchFirmware(defaultFile);
    await view.gone('nobody except the mirror vouches');
    await fetchFirmware(file);
    await view.see('nobody except the mirror vouches for it. No official release has this digest.');
  });

  itIn('firefox', kind, 'wants none from a mirror of one’s own', async () => {
    await fetchFirmware(own.url(`/${file}`));
    await view.gone('nobody except the mirror vouches');
    expect(goodImage).not.toEqual(trojan);
  });
});
