import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SimulatedMirror } from '../simulator/mirror.ts';
import { browserKinds, type Size, type View } from './harness/launch.ts';
import { goodImage, type Scene, setScene } from './scene.ts';
import { itIn, shareOf } from './shares.ts';

const community = 'Community mirror (sonoff-ota.aelius.com)';
const file = 'tasmota-lite.bin';

describe.each(browserKinds)('the options in %s', (kind) => {
  const nas = new SimulatedMirror({ files: { [`/${file}`]: goodImage }, sidecars: true });
  let scene: Scene;

  beforeAll(async () => {
    await nas.start();
    scene = await setScene(kind);
  });
  afterAll(async () => {
    await scene?.close();
    await nas.stop();
  });

  const open = (size: Size = { width: 1100, height: 900 }) =>
    scene.browser.openTab('options/index.html', size);
  const nasBase = () => `http://nas.test:${nas.port}/`;

  async function add(view: View, name: string, address: string): Promise<void> {
    await view.type('Mirror address', address);
    await view.type('Mirror name', name);
    await view.click('button', 'Add mirror');
    await view.see(`${name} is added.`);
  }

  async function test(view: View, name: string): Promise<void> {
    await view.type(`File to test on ${name}`, file);
    await view.click('button', `Test ${name}`);
  }

  const order = async (view: View) => {
    await view.see('Remembered devices');
    return view.readAll('heading', /^(?:Community|NAS|Wrong)/);
  };

  itIn('chromium', kind, 'refuses mirrors that cannot work, and says why', async () => {
    const view = await open();
    for (const [address, sentence] of [
      ['https://example.com/', 'the device can only download over plain http://'],
      ['http://ota.tasmota.com/', 'the device always asks for dl.itead.cn'],
      ['https://github.com/arendst/Tasmota/releases', 'GitHub only answers over https'],
      ['http://sonoff-ota.aelius.com', 'This address is in the list already'],
    ] as const) {
      await view.type('Mirror address', address);
      await view.see(sentence);
      await view.waitFor('button', 'Add mirror', { state: 'disabled' });
    }
    await view.type('Mirror address', '127.0.0.1:8080');
    await view.see('to the device it means the device itself');
    await view.close();
  });

  it('adds a mirror and finds in a test that a device can download from it', async () => {
    const view = await open();
    await add(view, 'NAS', `nas.test:${nas.port}/${file}`);
    expect(await order(view)).toEqual([community, 'NAS']);
    const before = nas.requests.length;
    await test(view, 'NAS');
    await view.see(/A device can download from this mirror|not everything could be tested/);
    await view.see(/\d+ checks passed/);
    await view.see('The file: Tasmota 8.5.0 lite');
    const asked = nas.requests.slice(before).filter(({ target }) => target.startsWith(`/${file}?`));
    expect(asked).toHaveLength(3);
    expect(asked.map(({ headers }) => headers.get('host'))).toEqual(Array(3).fill('dl.itead.cn'));
    await view.close();
  });

  it('finds in a test that a mirror sends no parts of files', async () => {
    nas.breakPath(`/${file}`, { kind: 'ignores-range' });
    const view = await open();
    await add(view, 'Wrong', `http://wrong.test:${nas.port}/`);
    await test(view, 'Wrong');
    await view.see('A device cannot download from this mirror.');
    expect(await view.readAll('list', 'Checks on Wrong')).toHaveLength(1);
    nas.breakPath(`/${file}`, { kind: 'name-based' });
    await test(view, 'Wrong');
    await view.see(/dl\.itead\.cn.*404|404.*dl\.itead\.cn/);
    nas.mend();
    await view.type('File to test on Wrong', 'nothing.bin');
    await view.click('button', 'Test Wrong');
    await view.see('does not have nothing.bin');
    await view.close();
  });

  it('orders, edits and removes mirrors by keyboard, and keeps them', async () => {
    const view = await open();
    await view.waitFor('button', `Move up ${community}`, { state: 'disabled' });
    await view.click('button', 'Move up NAS');
    await view.see('NAS is number 1 of 3 now.');
    expect(await order(view)).toEqual(['NAS', community, 'Wrong']);
    await expect.poll(() => view.focused()).toEqual({ role: 'button', name: 'Move down NAS' });
    await view.press('Enter');
    await view.see('NAS is number 2 of 3 now.');
    await view.click('button', 'Edit Wrong');
    await expect.poll(() => view.focused()).toEqual({ role: 'textbox', name: 'New address' });
    await view.type('New name', 'Wrong one');
    await view.press('Enter');
    await view.see('Wrong one is saved.');
    await view.reload();
    expect(await order(view)).toEqual([community, 'NAS', 'Wrong one']);
    await view.click('button', 'Remove Wrong one');
    await view.see('Wrong one is removed.');
    await expect.poll(() => view.focused()).toEqual({ role: 'heading', name: 'Mirrors' });
    await view.close();
  });

  // Firefox stores as much as the disk holds.
  it.runIf(kind === 'chromium')('keeps an edit that the browser could not store', async () => {
    const view = await open();
    // To the brim: each piece that still finds room, from the largest to the smallest.
    const pieces = Array.from({ length: 20 }, (_, step) => 2 ** (23 - step));
    for (const size of pieces) {
      await view.store('local', { [`filler-${size}`]: 'x'.repeat(size) }).catch(() => {});
    }
    await view.click('button', 'Edit NAS');
    await view.type('New name', 'NAS in the attic, with a long name that finds no room any more');
    await view.click('button', 'Save mirror');
    await view.see('The browser could not store this.');
    expect(await view.read('New name')).toMatch(/^NAS in the attic/);
    for (const size of pieces) await view.store('local', { [`filler-${size}`]: '' }).catch(() => {});
    await view.type('New name', 'NAS');
    await view.click('button', 'Save mirror');
    await view.see('NAS is saved.');
    await view.gone('The browser could not store this.');
    await view.close();
  });

  it('takes the defaults to the popup, where the mirror shows its list', async () => {
    nas.files.set('/tasmota-minimal.bin', goodImage);
    nas.files.set('/tasmota.bin.gz', goodImage);
    nas.files.set('/tasmota32.bin', goodImage);
    nas.files.set('/tasmota-DE.bin', goodImage);
    const options = await open();
    await options.choose('Default mirror', 'NAS');
    await options.type('Default firmware', file);
    await options.click('button', 'Save defaults');
    await options.see('Saved.');
    await options.click('link', 'Back to flashing');
    const page = await scene.browser.waitForTab('popup/index.html');
    await page.click('button', /^Firmware/);
    expect(await page.read('Mirror')).toBe('NAS');
    expect(await page.read('Firmware')).toBe(file);
    // The folded list comes after the field.
    await page.type('Firmware', file);
    await page.press('Tab');
    await page.press('Enter');
    await page.see('tasmota-DE.bin');
    expect(await page.readAll('button', /\.bin/)).toEqual([file, 'tasmota-DE.bin']);
    const text = await page.see('Not offered. Minimal cannot join your Wi-Fi');
    expect(text).toContain('It is compressed');
    expect(text).toContain('It is made for the ESP32');
    await page.click('button', 'tasmota-DE.bin');
    expect(await page.read('Firmware')).toBe('tasmota-DE.bin');
    nas.files.set('/tasmota-FR.bin', goodImage);
    await page.click('button', 'Refresh the list');
    await page.see('tasmota-FR.bin');
    expect(nas.requests.filter(({ path }) => path === '/')).toHaveLength(2);
    await page.close();
  });

  itIn('firefox', kind, 'holds time-outs within bounds', async () => {
    const view = await open();
    await view.type('Wait for Info (seconds)', '0');
    await view.see('Type a number from 1 to 30.');
    await view.waitFor('button', 'Save time-outs', { state: 'disabled' });
    await view.type('Wait for Info (seconds)', '7');
    await view.click('button', 'Save time-outs');
    await view.see('Saved.');
    await view.reload();
    expect(await view.read('Wait for Info (seconds)')).toBe('7');
    await view.close();
  });

  itIn('firefox', kind, 'remembers devices, and forgets them', async () => {
    const devices = await Promise.all([
      scene.device({ profile: '3.6.0' }),
      scene.device({ profile: '3.7.6' }),
    ]);
    const view = await open();
    const page = await scene.openPage();
    for (const { address } of devices) {
      await page.type('Device address', address);
      await page.click('button', 'Info');
      await view.see(address);
    }
    await page.close();
    await view.click('button', `Forget ${devices[0]?.address}`);
    await view.see('is forgotten.');
    await view.click('button', 'Forget all devices');
    await view.see('None. A device is remembered');
    await view.close();
  });

  it('imports settings after showing what of them is damaged', async () => {
    const view = await open();
    // The folded part comes after Copy and the file field.
    await view.click('button', 'Copy as text');
    for (const key of ['Tab', 'Tab', 'Enter']) await view.press(key);
    await view.type('Settings as text', '{"mirrors": []}');
    await view.click('button', 'Read this text');
    await view.see('These are not settings that were exported here.');
    const mirror = {
      id: 'a',
      name: 'Imported',
      base: nasBase(),
      range: 'known',
      host: 'known-tolerant',
      source: 'trust me',
      files: [],
    };
    const settings = {
      version: 1,
      mirrors: [mirror, { ...mirror, id: 'b', name: 'Evil', base: 'https://evil.example/' }],
      defaultMirror: 'a',
      defaultFirmware: file,
      timeouts: { info: 1, ota_unlock: 150_000 },
    };
    await view.type('Settings as text', JSON.stringify({ application: 'sonoff-diy-flasher', settings }));
    await view.click('button', 'Read this text');
    const text = await view.see('Nothing has been changed yet.');
    expect(text).toContain('the mirror “Evil”');
    expect(text).toContain('the time-outs');
    await view.click('button', 'Use these settings');
    await view.see('The imported settings are in use now.');
    expect(await view.readAll('heading', 'Imported')).toHaveLength(1);
    expect(await view.text()).not.toContain('trust me');
    expect(await view.read('Wait for Info (seconds)')).toBe('5');
    await view.click('button', 'Export to a file');
    await view.see('Saved as sonoff-diy-flasher-settings.json');
    await view.close();
  });

  const sizes = [
    ['narrow', { width: 360, height: 800 }],
    ['wide', { width: 1100, height: 900 }],
  ] as const;
  it.each(shareOf<(typeof sizes)[number]>(kind, sizes))(
    'is fit for everybody, %s, in the light and in the dark',
    async (name, size) => {
      const view = await open(size);
      await test(view, 'Imported');
      await view.see(/\d+ checks passed/);
      await view.click('button', 'Erase everything…');
      for (const scheme of ['light', 'dark'] as const) {
        await view.setColorScheme(scheme);
        // In the dark nothing but colours is another.
        expect(await view.axe(scheme === 'light' ? undefined : ['color-contrast'])).toEqual([]);
        const { width, contentWidth } = await view.size();
        expect(contentWidth).toBeLessThanOrEqual(width);
        await view.screenshot(`screenshots/options-${kind}-${name}-${scheme}.png`);
      }
      await view.close();
    },
  );

  it('erases everything after asking once', async () => {
    const view = await open();
    await view.click('button', 'Erase everything…');
    await expect.poll(() => view.focused()).toEqual({ role: 'button', name: 'Cancel' });
    await view.press('Enter');
    await expect.poll(() => view.focused()).toEqual({ role: 'button', name: 'Erase everything…' });
    await view.press('Enter');
    await view.click('button', 'Erase everything');
    await view.see('Everything is erased.');
    expect(await order(view)).toEqual([community]);
    expect(await view.read('Default firmware')).toBe('tasmota-latest-lite.bin');
    await view.reload();
    expect(await order(view)).toEqual([community]);
    await view.close();
    expect(await scene.browser.errors()).toEqual([]);
  });
});

describe.each(browserKinds)('a permission that has yet to be granted in %s', (kind) => {
  const nas = new SimulatedMirror({ files: { [`/${file}`]: goodImage } });
  let scene: Scene;

  beforeAll(async () => {
    await nas.start();
    scene = await setScene(kind, {
      grantPermissions: false,
    });
  });
  afterAll(async () => {
    await scene?.close();
    await nas.stop();
  });

  it('is asked for by Test, which goes on by itself once it is there', async () => {
    const view = await scene.browser.openTab('options/index.html');
    await view.type('Mirror address', `nas.test:${nas.port}`);
    await view.click('button', 'Add mirror');
    await view.see('is added.');
    const name = `nas.test:${nas.port}`;
    await view.type(`File to test on ${name}`, file);
    await view.click('button', `Test ${name}`);
    await view.see('Your browser has not been allowed to fetch from nas.test');
    await view.see('the test then goes on by itself');
    expect(nas.requests).toHaveLength(0);
    if (kind === 'firefox') await scene.browser.answerPrompt('allow');
    else await scene.browser.grantOrigin('http://nas.test/*');
    await view.see('The file: Tasmota 8.5.0 lite');
    await view.see(/\d+ checks passed/);
    await view.close();
  });
});
