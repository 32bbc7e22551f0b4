import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage } from '../images/esp8266-image.ts';
import { browserKinds, type View } from './harness/launch.ts';
import { longName as host } from './kept-browsers.ts';
import { type Scene, setScene } from './scene.ts';
import { shareOf } from './shares.ts';
import { askInfo } from './steps.ts';

const folder = 'test-results/looks';
/** As long as a device takes it, and without a place to break the line. */
const file = `${'x'.repeat(128 - `http://${host}/.bin`.length)}.bin`;
const yes = /^Flash x+\.bin$/;

/** Both answers of the question are in view and not cut off, whatever there is to be read and ticked. */
async function answersAreInView(view: View): Promise<void> {
  const { width, height, contentWidth } = await view.size();
  expect(contentWidth).toBeLessThanOrEqual(width);
  const boxes = [await view.box('button', 'Cancel'), await view.box('button', yes)];
  for (const box of boxes) {
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
  }
}

describe.each(browserKinds)('a question with much to read in %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    scene = await setScene(kind);
    // Of a release that nobody knows, from the Internet as far as its name tells.
    scene.mirror.files.set(`/${file}`, buildImage({ size: 515_072, version: '12.3.4' }));
  });
  afterAll(() => scene.close());

  it('has both answers in view all the time, in popup and tab', async () => {
    const device = await scene.device({ profile: '3.3.0', unlocked: true });
    const first = await scene.openPage();
    await first.type('Firmware', `http://${host}/${file}`);
    await askInfo(first, device.address);
    await first.type('Device ID', device.settings.deviceid);
    await first.click('button', 'Info');
    await first.see('Firmware version');
    await first.click('button', 'Fetch firmware');
    await first.waitFor('button', 'Flash', { state: 'enabled' });
    await first.close();

    const tabs: readonly (readonly [string, () => Promise<View>])[] = [
      ['360', () => scene.browser.openTab('popup/index.html', { width: 360, height: 600 })],
      ['375', () => scene.browser.openTab('popup/index.html', { width: 375, height: 600 })],
    ];
    const popup = ['popup', () => scene.browser.openPopup()] as const;
    for (const [name, open] of [popup, ...shareOf(kind, tabs)]) {
      const view = await open();
      await view.click('button', 'Flash');
      await view.waitFor('dialog', /^Flash .+ to .+\?$/);
      await answersAreInView(view);
      for (const scheme of ['light', 'dark'] as const) {
        await view.setColorScheme(scheme);
        await view.screenshot(`${folder}/${kind}-9-long-question-${scheme}-${name}.png`);
      }
      await view.setColorScheme('light');
      const ticks = await view.readAll('checkbox');
      expect(ticks.length).toBeGreaterThan(2);
      await view.waitFor('button', yes, { state: 'disabled' });
      await view.press('Escape');
      await view.close();
    }
    expect(device.otaFlashCount).toBe(0);
  });
});
