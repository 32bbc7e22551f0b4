import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SimulatedMirror } from '../simulator/mirror.ts';
import { tasmotaSite } from '../simulator/tasmota-web.ts';
import { WebPort } from '../simulator/web-port.ts';
import { browserKinds, type View } from './harness/launch.ts';
import { hurriedExtension } from './hurried-extension.ts';
import { defaultFile, defaultMirror, goodImage, type Scene, setScene } from './scene.ts';
import { describeIn } from './shares.ts';
import { askInfo, flash, getInfo } from './steps.ts';

const notAllowed = 'The browser has not yet allowed this extension to talk to';
const notAllowedToLook = 'The browser has not yet allowed this extension to look at';
const file = 'tasmota-lite.bin';

/** The mirror in the test's own network, under a name that the extension has never heard of. */
const nas = new SimulatedMirror({ files: { [`/${file}`]: goodImage } });
const nasUrl = () => `http://nas.test:${nas.port}/${file}`;
const nasNotAllowed = () => `Your browser has not been allowed to fetch from nas.test:${nas.port}.`;
beforeAll(() => nas.start());
afterAll(() => nas.stop());
afterEach(() => {
  nas.mend();
  nas.requests.length = 0;
});

const flashIsPossible = (view: View) => view.waitFor('button', 'Flash', { state: 'enabled' });

describeIn('firefox', 'permissions in firefox', () => {
  let scene: Scene;
  let extensionDir = '';
  beforeAll(async () => {
    extensionDir = hurriedExtension('firefox');
    scene = await setScene('firefox', { grantPermissions: false, extensionDir });
  });
  afterAll(async () => {
    await scene?.close();
    rmSync(extensionDir, { recursive: true, force: true });
  });

  it.each(['tab', 'popup'] as const)('asks for the device in the click, in a %s', async (place) => {
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    const view = await (place === 'tab' ? scene.openPage() : scene.browser.openPopup());
    await askInfo(view, device.address);
    await scene.browser.answerPrompt('deny');
    await view.see(`${notAllowed} ${device.address}.`);
    expect(await view.alert()).toContain('choose Allow');
    expect(device.heard).toEqual([]);

    await view.click('button', 'Info');
    await scene.browser.answerPrompt('allow');
    await view.see('Firmware version');
    expect(await view.alert()).toBe('');
    expect(await view.read('Address')).toBe(device.address);
    await view.close();
  });

  it('asks for a mirror in the click', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    await scene.browser.grantOrigin(`http://${device.address}/*`);
    const view = await scene.openPage();
    await getInfo(view, device);
    await view.type('Firmware', nasUrl());
    await view.click('button', 'Fetch firmware');
    await scene.browser.answerPrompt('deny');
    await view.see(nasNotAllowed());
    await view.waitFor('button', 'Flash', { state: 'disabled' });
    expect(nas.requests).toEqual([]);

    await view.click('button', 'Fetch firmware');
    await scene.browser.answerPrompt('allow');
    await flashIsPossible(view);
    expect(await view.alert()).toBe('');
    await view.close();
  });

  it('asks for where the new firmware is looked for in the click, and keeps where it was proved', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: true, timeScale: 0.01 });
    await scene.browser.grantOrigin(`http://${device.address}/*`);
    const view = await scene.openPage();
    await view.type('Firmware', defaultFile);
    await getInfo(view, device);
    await view.click('button', 'Fetch firmware');
    await flash(view);
    await view.see('Probably flashed');

    const moved = scene.freeAddress();
    const web = new WebPort(tasmotaSite({ version: '8.5.0', image: 'release-lite' }));
    // Firefox is told to go to the mirror's port wherever it would go to port 80.
    await web.open({ host: moved, port: scene.mirror.port });
    try {
      await view.type('Where it runs', moved);
      await view.click('button', 'Check');
      await scene.browser.answerPrompt('deny');
      await view.see(`${notAllowedToLook} ${moved}.`);
      await view.see('Probably flashed');
      expect(web.heard).toEqual([]);

      await view.click('button', 'Check');
      await scene.browser.answerPrompt('allow');
      await view.waitFor('heading', 'Flashed');
      await view.see(`Open http://${moved}/`);
      await view.type('Where it runs', device.address);
      await view.click('button', 'Check');
      await view.see(new RegExp(`(Something|Nothing) .*${device.address}`));
      await view.see(`Open http://${moved}/`);
      await view.click('button', 'Start over');
      await view.close();
    } finally {
      await web.close();
    }
  });
});

describeIn('chromium', 'permissions in chromium', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene('chromium', { grantPermissions: false });
  });
  afterAll(() => scene.close());

  it('goes on by itself when the mirror is allowed', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    const view = await scene.openPage();
    await getInfo(view, device);
    await view.type('Firmware', nasUrl());
    await view.click('button', 'Fetch firmware');
    await view.see(nasNotAllowed());
    await view.waitFor('button', 'Flash', { state: 'disabled' });
    expect(nas.requests).toEqual([]);

    await scene.browser.grantOrigin('http://nas.test/*');
    await flashIsPossible(view);
    expect(await view.alert()).toBe('');
    await scene.browser.revokeOrigin('http://nas.test/*');
    await view.close();
  });

  it('goes on without the popup, which the question closes', async () => {
    const popup = await scene.browser.openPopup();
    await getInfo(popup, await scene.device({ profile: '3.6.0', unlocked: true }));
    await popup.type('Firmware', nasUrl());
    await popup.click('button', 'Fetch firmware');
    await popup.closed();
    await scene.browser.grantOrigin('http://nas.test/*');
    await nas.waitUntil(({ requests }) => requests.some(({ target }) => target.includes('?')));
    // The extension opens the popup itself, but only in a window with the focus, and a headless one has none.
    const again = await scene.browser.openPopup();
    await flashIsPossible(again);
    await again.close();
    await scene.browser.revokeOrigin('http://nas.test/*');
  });

  it('goes on by itself when the device is allowed', async () => {
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    await scene.browser.revokeOrigin('http://*:8081/*');
    const view = await scene.openPage();
    await askInfo(view, device.address);
    await view.see(`${notAllowed} ${device.address}.`);
    expect(device.heard).toEqual([]);

    await scene.browser.grantOrigin('http://*:8081/*');
    await view.see('Firmware version');
    expect(await view.read('Address')).toBe(device.address);
    await view.close();
  });
});

/** A page for the test that shows the rules that are in force. The extension itself has no use for it. */
const rulesPage = {
  'rules.html':
    '<!doctype html><title>Rules</title><output aria-label="Rules"></output><script src="rules.js"></script>',
  'rules.js': `setInterval(async () => {
    const rules = await (globalThis.browser ?? globalThis.chrome).declarativeNetRequest.getSessionRules();
    document.querySelector('output').textContent = rules.length + ' ' + JSON.stringify(rules);
  }, 50);`,
};

describe.each(browserKinds)('the name that mirrors are asked for in %s', (kind) => {
  const extensionDir = mkdtempSync(join(tmpdir(), 'rules-'));
  let scene: Scene;
  let view: View;
  let rules: View;
  beforeAll(async () => {
    cpSync(`dist/${kind}`, extensionDir, { recursive: true });
    for (const [name, text] of Object.entries(rulesPage)) writeFileSync(join(extensionDir, name), text);
    scene = await setScene(kind, { extensionDir });
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    rules = await scene.browser.openTab('rules.html');
    view = await scene.openPage();
    await getInfo(view, device);
    await flashIsPossible(view);
    await view.click('button', /^Log/);
  });
  afterAll(async () => {
    await scene.close();
    rmSync(extensionDir, { recursive: true, force: true });
  });

  async function fetchFirmware(firmware: string): Promise<void> {
    await view.type('Firmware', firmware);
    await view.waitFor('button', 'Flash', { state: 'disabled' });
    await view.click('button', 'Fetch firmware');
  }

  const untested = async () => (await view.readAll('list', 'Checks on the mirror')).join('\n');
  const hostsOfProbes = () =>
    nas.requests.filter(({ target }) => target.includes('?')).map(({ headers }) => headers.get('host'));

  it('is the device’s own in the check, and the mirror’s in the download', async () => {
    await fetchFirmware(nasUrl());
    await flashIsPossible(view);
    await view.see(`Mirror, Name dl.itead.cn: passed. nas.test:${nas.port} gives out the file`);
    expect(await untested()).not.toContain('Name dl.itead.cn');
    expect(hostsOfProbes()).toEqual(Array(3).fill('dl.itead.cn'));
    const others = nas.requests.filter(({ target }) => !target.includes('?'));
    expect(new Set(others.map(({ headers }) => headers.get('host')))).toEqual(
      new Set([`nas.test:${nas.port}`]),
    );
    await rules.see(/^0 \[\]$/);
  });

  it('leaves no rule behind, though the background is stopped in the middle of the check', async () => {
    nas.breakPath(`/${file}`, { kind: 'slow', number: 1500, after: 1, times: 1 });
    await fetchFirmware(defaultFile);
    await flashIsPossible(view);
    await fetchFirmware(nasUrl());
    await nas.waitUntil(({ requests }) => requests.some(({ target }) => target.includes('?')));
    await rules.see(/^1 .*"dl\.itead\.cn"/);
    await scene.browser.stopBackground();
    await view.reload();
    await flashIsPossible(view);
    await rules.see(/^0 \[\]$/);
  });

  // Chromium needs no permission for the name.
  if (kind !== 'firefox') return;

  it('is not known where Firefox may not use it, and the check says so', async () => {
    const allowed = 'https://dl.itead.cn/*';
    await scene.browser.revokeOrigin(allowed);
    await fetchFirmware(defaultFile);
    await flashIsPossible(view);
    expect(await untested()).toContain(`${defaultMirror} is said to answer to that name (`);
    await fetchFirmware(nasUrl());
    await flashIsPossible(view);
    const says = await untested();
    expect(says).toContain('Warning: Name dl.itead.cn This device may ask every server for dl.itead.cn');
    expect(says).toContain(
      `Whether nas.test:${nas.port} answers to that name could not be tested in this browser.`,
    );
    expect(hostsOfProbes()).toEqual(Array(3).fill(`nas.test:${nas.port}`));

    await scene.browser.grantOrigin(allowed);
    nas.requests.length = 0;
    await fetchFirmware(defaultFile);
    await flashIsPossible(view);
    await fetchFirmware(nasUrl());
    await flashIsPossible(view);
    expect(await untested()).not.toContain('Name dl.itead.cn');
    expect(hostsOfProbes()).toEqual(Array(3).fill('dl.itead.cn'));
  });
});
