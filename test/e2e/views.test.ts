import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserKinds, type View } from './harness/launch.ts';
import { defaultFile, defaultMirror, type Scene, setScene } from './scene.ts';
import { itIn, shareOf } from './shares.ts';
import { getInfo } from './steps.ts';

/** What the extension stores where nothing is known. */
const emptyState = {
  version: 3,
  runs: [],
  shown: null,
  source: { firmware: null, image: { state: 'idle' }, mirror: { state: 'idle' }, journal: [] },
  doubts: [],
  list: null,
  sentTo: [],
};
const url = { href: '', origin: '', host: '', path: '', file: '' };
const report = { title: '', digest: '', size: 9, answer: 'pass', checks: [] };
/** One that has the right shape, but lacks what is shown of the image. */
const brokenState = {
  ...emptyState,
  source: {
    ...emptyState.source,
    image: { state: 'done', at: 0, value: { url, report, slices: [], etag: null } },
  },
};

describe.each(browserKinds)('the views in %s', (kind) => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene(kind);
  });
  afterAll(() => scene.close());

  const openLink = (fields: Record<string, string>) =>
    scene.browser.openTab(`popup/index.html?${new URLSearchParams(fields)}`);
  const downloads = (file: string) =>
    scene.mirror.requests.filter(({ target }) => target === `/${file}`).length;
  const canFlash = (view: View) => view.waitFor('button', 'Flash', { state: 'enabled' });

  itIn('firefox', kind, 'fetch the firmware once for one Info, however many are open', async () => {
    const [view, other] = [await scene.openPage(), await scene.openPage()];
    await getInfo(view, await scene.device({ profile: '3.6.0', unlocked: true }));
    await canFlash(view);
    await canFlash(other);
    expect(downloads(defaultFile)).toBe(1);
    await other.close();
    await view.close();
  });

  itIn('chromium', kind, 'take a link for something typed, and for no more', async () => {
    const view = await scene.openPage();
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    await getInfo(view, device);
    await canFlash(view);
    const linked = await openLink({ address: device.address, firmware: defaultFile });
    await linked.see('A link has filled fields in.');
    await linked.waitFor('button', 'Flash', { state: 'disabled' });
    await linked.close();
    await view.close();
  });

  itIn('firefox', kind, 'fetch nothing for a link before Info is pressed', async () => {
    const { device, view } = await knowDeviceAlone();
    const asked = device.heard.length;
    const linked = await openLink({ firmware: 'linked.bin' });
    expect(await linked.read('Firmware')).toBe('linked.bin');
    await linked.see('A link has filled fields in.');
    await linked.waitFor('button', 'Flash', { state: 'disabled' });
    // Another view that takes over what is typed is none the wiser.
    const later = await scene.openPage();
    await later.see('Firmware version');
    expect(await later.read('Firmware')).toBe('linked.bin');
    expect(downloads('linked.bin')).toBe(0);
    expect(device.heard).toHaveLength(asked);
    await later.close();

    await linked.click('button', 'Info');
    await linked.see('SHA-256');
    expect(downloads('linked.bin')).toBe(1);
    await linked.close();
    await view.close();
  });

  /** Info, while there is no firmware to fetch. */
  async function knowDeviceAlone() {
    const view = await scene.openPage();
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    scene.mirror.files.set('/linked.bin', new Uint8Array(20));
    const options = await scene.browser.openTab('options/index.html');
    await options.click('button', 'Erase everything…');
    await options.click('button', 'Erase everything');
    await options.see('Everything is erased.');
    await options.close();
    await view.type('Firmware', 'https://example.org/no.bin');
    await getInfo(view, device);
    return { view, device };
  }

  itIn(
    'chromium',
    kind,
    'hold Flash back while another address is typed than the one that was asked',
    async () => {
      const view = await scene.openPage();
      await view.type('Firmware', defaultFile);
      const device = await scene.device({ profile: '3.6.0', unlocked: true });
      await getInfo(view, device);
      await view.click('button', 'Fetch firmware');
      await canFlash(view);
      await view.type('Device address', scene.freeAddress());
      await view.see('The address that you typed is not that of the device that was asked.');
      await view.waitFor('button', 'Flash', { state: 'disabled' });
      await view.type('Device address', `http://${device.address}:8081/`);
      await canFlash(view);
      await view.close();
    },
  );

  itIn('chromium', kind, 'do not write over what the other one holds', async () => {
    const popupSized = await scene.openPage();
    const tab = await scene.openPage();
    await popupSized.type('Device address', '192.168.1.9');
    await tab.type('Firmware', 'typed-in-the-tab.bin');
    await popupSized.type('Device address', '192.168.1.99');
    await expect.poll(() => tab.read('Device address')).toBe('192.168.1.99');
    const third = await scene.openPage();
    expect(await third.read('Device address')).toBe('192.168.1.99');
    expect(await third.read('Firmware')).toBe('typed-in-the-tab.bin');
    for (const view of [third, tab, popupSized]) await view.close();
  });

  const damages = [
    ['what was typed', 'session', { 'draft-firmware': 42 }, 'What you typed last could not be read.'],
    ['the run', 'session', { state: { version: 3, runs: null } }, 'do not cut its power'],
    ['a run in its depths', 'session', { state: brokenState }, 'do not cut its power'],
    ['the settings', 'local', { settings: 'x' }, 'Some of your settings could not be read.'],
    ['the devices', 'local', { devices: [{ host: 7 }] }, 'Device address'],
    [
      'the lists',
      'session',
      { listing: { [`http://${defaultMirror}/`]: { state: 'done' } } },
      'Device address',
    ],
  ] as const;
  it.each(shareOf<(typeof damages)[number]>(kind, damages))(
    'open though %s is damaged, and say so',
    async (_, area, damage, says) => {
      const view = await scene.openPage();
      await view.store(area, damage);
      await view.reload();
      await view.see(says);
      await view.store('session', { state: emptyState, 'draft-firmware': null });
      await view.store('local', { settings: null });
      await view.close();
    },
  );
});
