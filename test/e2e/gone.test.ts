import { describe, it } from 'vitest';
import { browserKinds } from './harness/launch.ts';
import { setScene } from './scene.ts';
import { flash, getInfo } from './steps.ts';

describe('a device that has left the network', () => {
  // A minute of looking and finding nothing: both browsers look at the same time.
  it.concurrent.each(browserKinds)('is said to be probably flashed, and what to do, in %s', async (kind) => {
    const scene = await setScene(kind);
    try {
      const device = await scene.device({ profile: '3.6.0', unlocked: true });
      const view = await scene.openPage();
      await getInfo(view, device);
      await flash(view);
      await device.waitUntil('tasmota');
      await view.see('The device no longer answers', 60_000);
      await view.see('Probably flashed', 90_000);
      await view.see('http://192.168.4.1');
      // What it said before the flash is no ground for another one.
      await view.see('Press Info to see what the device is after the last flash.');
      await view.waitFor('button', 'Flash', { state: 'disabled' });
      await view.click('button', 'Start over');
      await view.gone('Probably flashed');
    } finally {
      await scene.close();
    }
  });
});
