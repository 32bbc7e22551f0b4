import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatedSonoff } from '../simulator/sonoff.ts';
import { type Box, browserKinds, type Point, type View } from './harness/launch.ts';
import { type Scene, setScene } from './scene.ts';
import { shareOf } from './shares.ts';
import { getInfo } from './steps.ts';

const question = /^Flash .+ to .+\?$/;
const yes = /^Flash \S+\.bin$/;

/** As fast as the hand was that flashed by accident, in milliseconds. */
const gap = 150;

/** Points all over `box`, four in a row and three in a column. */
function grid({ x, y, width, height }: Box): Point[] {
  const across = [0.1, 0.37, 0.63, 0.9];
  return [0.15, 0.5, 0.85].flatMap((down) =>
    across.map((part) => ({ x: x + width * part, y: y + height * down })),
  );
}

type Place = readonly [name: string, open: () => Promise<View>];

/** A question about a deed that cannot be undone is never answered by the hand that opened it. */
describe.each(browserKinds)('the second click in %s', (kind) => {
  let scene: Scene;
  let device: SimulatedSonoff;
  beforeAll(async () => {
    scene = await setScene(kind);
    device = await scene.device({ profile: '3.6.0', unlocked: true });
    const view = await scene.openPage();
    await getInfo(view, device);
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    await view.close();
  });
  afterAll(() => scene.close());

  const places: readonly [Place, ...Place[]] = [
    ['the popup', () => scene.browser.openPopup()],
    ['a tab of 375 × 600', () => scene.browser.openTab('popup/index.html', { width: 375, height: 600 })],
    ['a tab of 1280 × 800', () => scene.browser.openTab('popup/index.html', { width: 1280, height: 800 })],
  ];

  // What a second click does by itself differs from popup to tab; the width of a tab is the page’s own affair.
  const [popup, ...tabs] = places;
  it.each([popup, ...shareOf(kind, tabs)])(
    'answers nothing, wherever on Flash it falls, in %s',
    async (_, open) => {
      const view = await open();
      await view.waitFor('button', 'Flash', { state: 'enabled' });
      const flash = await view.box('button', 'Flash');
      for (const point of grid(flash)) {
        await view.doubleClickAt(point, gap);
        await view.waitFor('dialog', question);
        await view.press('Escape');
        await view.waitFor('dialog', question, { state: 'gone' });
      }
      // The same from a mouse whose clicks the browser does not count together.
      await view.clickAt({ x: flash.x + flash.width / 2, y: flash.y + flash.height / 2 });
      await view.clickAt({ x: flash.x + flash.width / 2, y: flash.y + flash.height / 2 });
      await view.waitFor('dialog', question);
      // Side by side, so that they cannot meet, however far the page is scrolled.
      expect((await view.box('button', yes)).x).toBeGreaterThan(flash.x + flash.width);
      await view.press('Escape');
      await view.waitFor('dialog', question, { state: 'gone' });
      expect(device.otaFlashCount).toBe(0);
      await view.close();
    },
  );

  it('has to wait where it is aimed at yes', async () => {
    const view = await scene.openPage();
    await view.click('button', 'Flash');
    const { x, y, width, height } = await view.box('button', yes);
    const middle = { x: x + width / 2, y: y + height / 2 };
    await view.waitFor('button', yes, { state: 'enabled' });
    await view.press('Escape');
    await view.waitFor('dialog', question, { state: 'gone' });
    // Aimed at already, and in one movement: on a busy machine, looking for yes takes longer than yes waits.
    const flash = await view.box('button', 'Flash');
    await view.clickAtBoth({ x: flash.x + flash.width / 2, y: flash.y + flash.height / 2 }, middle, gap);
    await view.waitFor('button', yes, { state: 'enabled' });
    await view.doubleClickAt({ x: middle.x, y: y - 40 }, gap);
    await view.waitFor('dialog', question);
    expect(device.otaFlashCount).toBe(0);
    await view.click('button', 'Cancel');
    await view.waitFor('dialog', question, { state: 'gone' });
    await view.close();
  });

  it('does not come from a key that is held', async () => {
    const view = await scene.openPage();
    await view.waitFor('button', 'Flash', { state: 'enabled' });
    await view.click('button', 'Flash');
    await view.waitFor('dialog', question);
    await view.press('Escape');
    await view.waitFor('dialog', question, { state: 'gone' });
    await expect.poll(() => view.focused()).toEqual({ role: 'button', name: 'Flash' });
    // Twice: the first opens the question, and the second finds Cancel under it.
    await view.keyDown('Enter', 2);
    await view.waitFor('button', yes, { state: 'enabled' });
    await view.press('Tab');
    expect((await view.focused()).name).toMatch(yes);
    await view.keyDown('Enter', 3);
    await view.keyUp('Enter');
    await view.waitFor('dialog', question);
    expect(device.otaFlashCount).toBe(0);
    await view.close();
  });

  it('takes nothing back in the row of a device, nor does a button there seem to', async () => {
    const list = await scene.browser.openTab('popup/devices.html', { width: 1200, height: 800 });
    const slow = await scene.device({ profile: '3.6.0', unlocked: true, speed: 100_000 });
    await list.type('Devices', slow.address);
    slow.faults.switchOn({ kind: 'slow', on: 'info', number: 1000, times: 1 });
    await list.waitFor('button', `Info ${slow.address}`, { state: 'enabled' });
    const { x, y } = await list.box('button', `Info ${slow.address}`);
    await list.doubleClickAt({ x: x + 5, y: y + 5 }, gap);
    await list.click('button', `Flash ${slow.address}`);
    await list.click('button', /^Flash \S+ to 1 device$/);
    await slow.waitUntil('downloading');
    await list.click('button', `Stop watching ${slow.address}`);
    await list.see('The device may have taken the image.');
    await list.close();
  });
});
