import { describe, expect, it } from 'vitest';
import { otherSite } from '../simulator/other-web.ts';
import { tasmotaSite } from '../simulator/tasmota-web.ts';
import { WebPort } from '../simulator/web-port.ts';
import { browserKinds } from './harness/launch.ts';
import { tabTo } from './keyboard.ts';
import { looksRight } from './looks-right.ts';
import { setScene } from './scene.ts';

describe('from nothing to the proof', () => {
  // A minute of looking and finding nothing: both browsers look at the same time.
  it.concurrent.each(browserKinds)('by keyboard alone, without scrolling, in %s', async (kind) => {
    const scene = await setScene(kind);
    const device = await scene.device({ profile: '3.6.0', unlocked: false });
    // As the new firmware would answer: it comes up when the watch is over.
    const web = new WebPort(otherSite('router'));
    try {
      const view = await scene.openPage();
      await tabTo(view, 'textbox', 'Device address');
      await view.keys(device.address);
      // No person is quicker than the moment that a new button rests.
      await view.waitFor('button', 'Info', { state: 'enabled' });
      await view.press('Enter');
      await view.waitFor('button', 'Unlock', { state: 'enabled' });
      await tabTo(view, 'button', 'Unlock');
      await view.press('Enter');
      await view.waitFor('button', 'Flash', { state: 'enabled' });
      // The next button is where the one before was, and has its focus.
      expect(await view.focused()).toEqual({ role: 'button', name: 'Flash' });
      await view.press('Enter');
      // It rests for a second, and so long there is nothing for Tab to stop at.
      await view.waitFor('button', /^Flash \S+\.bin$/, { state: 'enabled' });
      await tabTo(view, 'button', /^Flash \S+\.bin$/);
      await view.press('Enter');
      await device.waitUntil('tasmota');
      await view.see('The device no longer answers', 60_000);
      await view.see('Probably flashed', 90_000);
      // What it said before the flash is no ground for another one.
      await view.waitFor('button', 'Flash', { state: 'disabled' });

      await looksRight(view, `${kind}-12-probably-flashed`, { next: 'Check', wide: true });
      expect(await view.read('Where it runs')).toBe(device.address);
      await tabTo(view, 'textbox', 'Where it runs');
      await view.press('Enter');
      await view.see('Something is at', 20_000);
      await view.see('Probably flashed');

      // Firefox is told to go to the mirror's port wherever it would go to port 80.
      await web.open({ host: device.address, port: kind === 'firefox' ? scene.mirror.port : 80 });
      await tabTo(view, 'button', 'Check');
      await view.press('Enter');
      await view.see('Another web server answers', 20_000);
      web.site = tasmotaSite({ version: '12.3.4' });
      await view.waitFor('button', 'Check', { state: 'enabled' });
      await view.press('Enter');
      await view.see('probably another device', 20_000);
      await looksRight(view, `${kind}-13-another-device`, { next: 'Check', mayScroll: true });
      await tabTo(view, 'button', 'Check');
      await view.see('Probably flashed');
      web.site = tasmotaSite({ version: '8.5.0', image: 'release-lite' });
      await view.waitFor('button', 'Check', { state: 'enabled' });
      await view.press('Enter');
      await view.waitFor('heading', 'Flashed', { timeout: 20_000 });
      await view.see('no other device has taken over its address');
      expect(device.otaFlashCount).toBe(1);
      await looksRight(view, `${kind}-14-flashed`, { next: 'Check' });

      await view.click('button', 'Start over');
      await view.waitFor('heading', 'Flashed', { state: 'gone' });
      expect(await scene.browser.errors()).toEqual([]);
    } finally {
      await web.close();
      await scene.close();
    }
  });
});
