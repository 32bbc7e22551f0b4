import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildImage } from '../images/esp8266-image.ts';
import { gzipOf } from '../images/other-files.ts';
import type { MirrorFaultKind } from '../simulator/mirror-faults.ts';
import { browserKinds, type View } from './harness/launch.ts';
import { defaultFile, defaultMirror, goodImage, type Scene, setScene } from './scene.ts';
import { shareOf } from './shares.ts';
import { askInfo, getInfo } from './steps.ts';

const page = `/${defaultFile}`;

describe.each(browserKinds)('bad input in %s', (kind) => {
  let scene: Scene;
  let view: View;
  beforeAll(async () => {
    scene = await setScene(kind);
    view = await scene.openPage();
  });
  afterEach(() => {
    scene.mirror.mend();
    scene.mirror.files.set(page, goodImage);
  });
  afterAll(() => scene.close());

  describe('the address', () => {
    it.each(
      shareOf<readonly [string, RegExp]>(kind, [
        ['not an address', /neither an IP address/],
        ['192.168.1.300', /address|number/i],
        ['192.168.1.104:8082', /8081/],
        ['https://192.168.1.104/', /https/],
        ['user:secret@192.168.1.104', /password|name/i],
      ]),
    )('“%s” is refused beside the field, and nothing is sent', async (text, why) => {
      await view.type('Device address', text);
      await view.waitFor('button', 'Info', { state: 'disabled' });
      await view.see(why);
    });

    it('an empty one is refused too', async () => {
      await view.type('Device address', '');
      await view.waitFor('button', 'Info', { state: 'disabled' });
    });

    it('a pasted URL is reduced to its host', async () => {
      const device = await scene.device({ profile: '3.6.0' });
      await askInfo(view, `http://${device.address}:8081/zeroconf/info`);
      await view.see('Firmware version');
      expect(device.heard[0]?.path).toBe('/zeroconf/info');
    });

    it('a public one is warned of before anything is sent', async () => {
      await view.type('Device address', '8.8.8.8');
      await view.see(/not (in|on) your own network|public|Internet/i);
      await view.waitFor('button', 'Info', { state: 'enabled' });
    });
  });

  describe('five silences, five sentences', () => {
    const said: string[] = [];

    it('nothing listens there', async () => {
      await askInfo(view, scene.freeAddress());
      said.push(await view.see('does not listen on port 8081'));
    });

    it('the device is off', async () => {
      const device = await scene.device({ profile: '3.6.0', faults: [{ kind: 'hang' }] });
      await askInfo(view, device.address);
      said.push(await view.see('Nothing answered at'));
    });

    it('not in DIY mode', async () => {
      const device = await scene.device({ profile: 'not-diy' });
      await askInfo(view, device.address);
      said.push(await view.see('not in DIY mode'));
      await view.waitFor('button', 'Unlock', { state: 'disabled' });
      expect(device.otaFlashCount).toBe(0);
    });

    it('a router’s web page', async () => {
      const device = await scene.device({ profile: '3.6.0', faults: [{ kind: 'html' }] });
      await askInfo(view, device.address);
      said.push(await view.see('A web page answered at'));
    });

    const nonsense = [
      ['not-json', 'does not speak the language of a Sonoff'],
      ['wrong-shape', 'is not the answer of a Sonoff'],
      ['endless', 'sent far more than a Sonoff would'],
    ] as const;
    it.each(shareOf<(typeof nonsense)[number]>(kind, nonsense))('%s', async (fault, sentence) => {
      const device = await scene.device({ profile: '3.6.0', faults: [{ kind: fault }] });
      await askInfo(view, device.address);
      await view.see(sentence);
    });
  });

  describe('devices that must not be flashed', () => {
    it.each(
      shareOf<readonly [string, RegExp]>(kind, [
        ['minir3-1.4.0', /ESP32/],
        ['b02-bl-1.4.1', /1\.x/],
      ]),
    )('%s', async (profile, why) => {
      const device = await scene.device({ profile, unlocked: true });
      await getInfo(view, device);
      await view.see(why);
      await view.waitFor('button', 'Unlock', { state: 'disabled' });
      await view.waitFor('button', 'Flash', { state: 'disabled' });
      expect(device.otaFlashCount).toBe(0);
    });
  });

  describe('the mirror', () => {
    beforeAll(async () => {
      await getInfo(view, await scene.device({ profile: '3.6.0', unlocked: true }));
      // What is fetched by itself has come, so that nothing moves any more.
      await view.waitFor('button', 'Flash', { state: 'enabled' });
      // Open, so that a test that fails shows what the browser said.
      await view.click('button', /^Log/);
    });

    // No two neighbours say the same, so that no test is content with the sentence of the one before.
    const breaks: readonly [MirrorFaultKind, RegExp][] = [
      ['redirect', /sends whoever asks for redirect\.bin on to another address/],
      ['break-off', /broke off in the middle of break-off\.bin/],
      ['nothing', /did not answer/],
      ['ends-early', /broke off in the middle of ends-early\.bin/],
    ];
    const answers: readonly [MirrorFaultKind, RegExp][] = [
      ['not-found', /does not have not-found\.bin/],
      ['server-error', /had trouble of its own/],
      ['html', /sent a web page instead of html\.bin/],
      ['empty', /sent empty\.bin with nothing in it/],
      ['stall', /stopped sending in the middle of stall\.bin/],
      ['endless', /sends far more for endless\.bin/],
      ['misdirected', /did not send misdirected\.bin, but an unexpected answer \(421\)/],
    ];
    // That they are found is shown for each browser in servers.test.ts.
    const checks: readonly [MirrorFaultKind, RegExp][] = [
      ['ignores-range', /sends the whole file/],
      ['name-based', /does not give out the file to a device that asks for dl\.itead\.cn/],
      ['wrong-total', /but the file that was checked has/],
      ['off-by-one', /are not those of the file that was checked/],
      ['short-body', /was asked for 4,096 bytes/],
      ['changes', /changed while it was being checked/],
      ['gzip', /packs gzip\.bin for browsers/],
      ['closes-each', /closes the connection after every answer/],
    ];
    it.each([...breaks, ...shareOf(kind, answers), ...shareOf(kind, checks)])('%s', async (fault, why) => {
      const file = `${fault}.bin`;
      scene.mirror.files.set(`/${file}`, goodImage);
      scene.mirror.breakPath(`/${file}`, { kind: fault });
      await view.type('Firmware', file);
      await view.click('button', 'Fetch firmware');
      const text = await view.see(why);
      expect(text).toContain(defaultMirror);
      await view.waitFor('button', 'Flash', { state: 'disabled' });
    });

    it('is asked again and serves: Flash is there', async () => {
      await view.type('Firmware', defaultFile);
      await view.click('button', 'Fetch firmware');
      await view.waitFor('button', 'Flash', { state: 'enabled' });
    });
  });

  describe('the image', () => {
    it.each(
      shareOf<readonly [string, Uint8Array, RegExp]>(kind, [
        ['a minimal build', buildImage({ size: 381_232, flavour: 'tasmota-minimal' }), /minimal/i],
        ['a gzip', gzipOf(goodImage), /gzip/i],
        ['16 bytes too many', buildImage({ size: 520_208 }), /16 bytes/],
        ['600 KB', buildImage({ size: 614_400 }), /94,208 bytes/],
        ['a damaged one', goodImage.with(300_000, (goodImage[300_000] ?? 0) ^ 1), /CRC|damaged/],
        ['half of one', goodImage.slice(0, 200_000), /missing|truncated|short/i],
      ]),
    )('%s never reaches the device', async (_, bytes, why) => {
      scene.mirror.files.set(page, bytes);
      const device = await scene.device({ profile: '3.6.0', unlocked: true });
      await getInfo(view, device);
      await view.click('button', 'Fetch firmware');
      await view.see(why);
      await view.waitFor('button', 'Flash', { state: 'disabled' });
      expect(device.otaFlashCount).toBe(0);
    });
  });

  describe('the URL', () => {
    it.each(
      shareOf<readonly [string, RegExp]>(kind, [
        ['https://example.org/tasmota-lite.bin', /https/],
        ['http://example.org/tasmota-lite.bin?x=1', /\?/],
        ['http://example.org/a:b/tasmota-lite.bin', /:/],
        ['http://me:secret@example.org/tasmota-lite.bin', /password|name/i],
        [`http://example.org/${'x'.repeat(130)}.bin`, /128/],
      ]),
    )('%s is refused with the reason', async (text, why) => {
      await view.type('Firmware', text);
      await view.see(why);
      await view.waitFor('button', 'Fetch firmware', { state: 'disabled' });
      await view.waitFor('button', 'Flash', { state: 'disabled' });
    });
  });
});
