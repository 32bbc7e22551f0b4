import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { browserKinds, type ExtensionBrowser, launch } from './harness/launch.ts';
import { namespaceObstacle, openNetwork } from './harness/namespace.ts';
import { writeSampleExtension } from './harness/sample-extension.ts';

const noNamespace = namespaceObstacle();

/** The harness proves on a sample that it can do what the tests of the real extension ask of it. */
describe.each(browserKinds)('the harness in %s', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'harness-'));
  const extensionDir = join(folder, 'extension');
  const server = createServer((request, response) => response.end(`hello from ${request.headers.host}`));
  const web = { port: 0 };
  let browser: ExtensionBrowser;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address && typeof address === 'object') web.port = address.port;
    writeSampleExtension(extensionDir, kind);
    browser = await launch(kind, {
      extensionDir,
      mapHosts: ['device.test', 'mirror.test'],
      port80: web.port,
      grantPermissions: true,
      colorScheme: 'dark',
    });
  });

  afterAll(async () => {
    await browser?.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    await browser.revokeOrigin('http://device.test/*');
  });

  // To Chromium's debugger a popup is one tab more; to Firefox's it is another world.
  const places = kind === 'chromium' ? (['tab'] as const) : (['tab', 'popup'] as const);
  describe.each(places)('a %s', (place) => {
    const open = () => (place === 'tab' ? browser.openTab('page.html') : browser.openPopup());

    it('is read as a person reads it', async () => {
      const view = await open();
      expect(await view.text()).toContain('You typed');
      expect(await view.text()).not.toContain('Nobody');
      expect(await view.read('Progress')).toBe('40');
      expect(await view.read(/^Starts/)).toMatch(/^\d+$/);
      expect(await view.read('Mirror')).toBe('First');
      expect(await view.options('Mirror')).toEqual(['First', 'Second', 'Third', 'Fourth']);
      expect(await view.readAll('button', /^Ask/)).toEqual(['Ask for permission']);
      expect(await view.alert()).toBe('');
      await view.waitFor('button', 'Comes later', { state: 'enabled' });
      await expect(view.see('Nobody', 100)).rejects.toThrow('is not to be seen');
      await expect(view.waitFor('button', 'Nothing', { timeout: 100 })).rejects.toThrow('is not visible');
      await view.close();
      await view.closed();
    });

    it('takes text, replaces it, and is walked through by keyboard', async () => {
      const view = await open();
      await view.type('Address', '192.168.1.104');
      await view.type('Address', '[fd00::2] é');
      expect(await view.read('Typed')).toBe('[fd00::2] é');
      expect(await view.focused()).toEqual({ role: 'textbox', name: 'Address' });
      await view.press('Tab');
      expect(await view.focused()).toEqual({ role: 'combobox', name: 'Mirror' });
      await view.press('Shift+Tab');
      expect(await view.focused()).toEqual({ role: 'textbox', name: 'Address' });
      await view.type('Address', '');
      expect(await view.read('Typed')).toBe('');
      await view.close();
    });

    it('has its select chosen from, in one choice', async () => {
      const view = await open();
      await view.choose('Mirror', 'Third');
      expect(await view.read('Mirror')).toBe('Third');
      expect(await view.read('Choices made')).toBe('1');
      await view.choose('Mirror', /^F.*t$/);
      expect(await view.read('Mirror')).toBe('First');
      expect(await view.read('Choices made')).toBe('2');
      await view.close();
    });

    it('is clicked by a person, who may grant permissions', async () => {
      const view = await open();
      await view.type('Address', `http://device.test:${web.port}/`);
      await view.click('button', 'Fetch');
      await view.see('not allowed: TypeError');
      await view.click('button', /^Ask/);
      await view.see('granted');
      await view.click('button', 'Fetch');
      await view.see(`allowed: hello from device.test:${web.port}`);
      // Port 80 leads to the same server.
      await view.type('Address', 'http://device.test/');
      await view.click('button', 'Fetch');
      await view.see(/allowed: hello from device\.test$/);
      await view.close();
    });

    it('asks for permissions in a choice as well', async () => {
      const view = await open();
      await view.choose('Mirror', 'Fourth');
      await view.see('granted');
      await view.close();
    });

    it('finds the background started anew after it was stopped', async () => {
      const view = await open();
      await view.click('button', 'Ping');
      await view.see('pong');
      const before = Number(await view.read(/^Starts/));
      await browser.stopBackground();
      expect(await browser.isBackgroundRunning()).toBe(false);
      expect(Number(await view.read(/^Starts/))).toBe(before);
      await view.click('button', 'Ping');
      await view.see(`Starts of the background\n${before + 1}`.replace('\n', ' '));
      expect(await browser.isBackgroundRunning()).toBe(true);
      await view.close();
    });

    it('is photographed, in the light and in the dark', async () => {
      const view = await open();
      const light = join(folder, `${place}-light.png`);
      const dark = join(folder, `${place}-dark.png`);
      expect(await view.text()).toContain('Sample in the dark');
      await view.setColorScheme('light');
      await view.screenshot(light);
      await view.setColorScheme('dark');
      await view.screenshot(dark);
      expect(readFileSync(light).subarray(1, 4).toString()).toBe('PNG');
      expect(readFileSync(light).equals(readFileSync(dark))).toBe(false);
      expect((await view.size()).width).toBe(360);
      await view.close();
    });

    it('is judged by axe', async () => {
      const view = await open();
      expect(await view.axe()).toEqual([]);
      await view.close();
    });
  });

  it('opens the popup that is the popup: it goes when a tab is used', async () => {
    const tab = await browser.openTab('page.html');
    const popup = await browser.openPopup();
    expect(await (await browser.openPopup()).isOpen()).toBe(true);
    await tab.click('button', 'Ping');
    await popup.closed();
    await tab.close();
  });

  it('finds the tab that the extension opens', async () => {
    const popup = await browser.openPopup();
    await popup.click('button', 'Open in a tab');
    const tab = await browser.waitForTab('page.html?tab');
    await tab.setViewport(1000, 700);
    expect((await tab.size()).width).toBe(1000);
    await tab.see('Sample');
    await tab.reload();
    await tab.see('Sample');
    await tab.close();
  });

  it('gives and takes permissions without a click', async () => {
    const view = await browser.openTab('page.html');
    await view.type('Address', `http://device.test:${web.port}/`);
    await browser.grantOrigin('http://device.test/*');
    await view.click('button', 'Fetch');
    await view.see(/^(?!.*not allowed).*allowed: hello/);
    await browser.revokeOrigin('http://device.test/*');
    await view.click('button', 'Fetch');
    await view.see('not allowed: TypeError');
    await view.close();
  });

  it.skipIf(noNamespace !== null)(`reaches a private address (${noNamespace ?? 'as root'})`, async () => {
    const namespace = openNetwork(`harness-${kind}`);
    try {
      const program = `require('http').createServer((q, a) => a.end('hello from ' + q.headers.host))
        .listen(8081, () => console.log('listening'))`;
      await namespace.run(['-e', program], /^listening/);
      await browser.grantOrigin(`http://${namespace.there}/*`);
      const view = await browser.openTab('page.html');
      await view.type('Address', `http://${namespace.there}:8081/`);
      await view.click('button', 'Fetch');
      await view.see(`hello from ${namespace.there}:8081`);
      await view.close();
    } finally {
      await namespace.close();
    }
  });

  it('hears of errors', async () => {
    // Last, because errors stay.
    expect(await browser.errors()).toEqual([]);
    const view = await browser.openTab('page.html');
    await view.click('button', 'Fail');
    await expect.poll(async () => (await browser.errors()).join('\n')).toContain('thrown by the page');
    await expect.poll(async () => (await browser.errors()).join('\n')).toContain('handed to the console');
    await view.close();
  });
});
