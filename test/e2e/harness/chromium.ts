import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import puppeteer, {
  type Browser,
  type CDPSession,
  type KeyInput,
  type Page as Tab,
  type Target,
} from 'puppeteer-core';
import { requireBrowser } from '../../../scripts/browsers.ts';
import { chromiumAdmin, isNetworkNoise } from './chromium-admin.ts';
import { emulate } from './chromium-medium.ts';
import { environmentAt, makeProfile, removeProfile } from './profile.ts';
import type { Surface } from './surface.ts';
import type {
  BareBrowser,
  BrowserOptions,
  ColorScheme,
  ExtensionBrowser,
  ExtensionOptions,
  View,
} from './types.ts';
import { patience, until } from './until.ts';
import { loaded, viewOf } from './view.ts';

/** The tabs compete for the front; whoever brings one there needlessly closes the popup. */
interface Front {
  tab: Tab | undefined;
}

function hostRules({ mapHosts, port80, port443 }: BrowserOptions): string {
  return mapHosts
    .flatMap((name) => [
      ...(port80 === undefined ? [] : [`MAP ${name}:80 127.0.0.1:${port80}`]),
      ...(port443 === undefined ? [] : [`MAP ${name}:443 127.0.0.1:${port443}`]),
      `MAP ${name} 127.0.0.1`,
    ])
    .join(', ');
}

function flags(options: BrowserOptions): string[] {
  return [
    '--disable-component-update',
    '--disable-gpu',
    '--in-process-gpu',
    // One more process, kept ready for a page that does not come.
    '--disable-features=SpareRendererForSitePerProcess',
    // A container may give Chromium too little shared memory.
    '--disable-dev-shm-usage',
    '--disable-quic',
    '--no-default-browser-check',
    // Without a screen Chromium thinks of one of 800 × 600 px, on which a popup is cut shorter than on any real one.
    '--window-size=1280,1000',
    '--screen-info={1600x1200}',
    ...(options.mapHosts.length > 0 ? [`--host-resolver-rules=${hostRules(options)}`] : []),
    ...(options.port443 === undefined ? [] : ['--ignore-certificate-errors']),
    // Chromium refuses to make a sandbox for root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

const isKey = (key: string): key is KeyInput => key.length > 0;

function surfaceOf(tab: Tab, front: Front | undefined): Surface {
  const activate = async () => {
    if (!front || front.tab === tab) return;
    await tab.bringToFront();
    front.tab = tab;
  };
  const keyInput = (key: string): KeyInput => {
    if (!isKey(key)) throw new Error('A key needs a name.');
    return key;
  };
  return {
    async evaluate(expression) {
      const value: unknown = await tab.evaluate(expression);
      return String(value);
    },
    activate,
    click: (x, y) => unlessClosed(() => tab.mouse.click(x, y)),
    twoClicks: (first, second, gap) =>
      unlessClosed(async () => {
        await tab.mouse.click(first.x, first.y);
        await setTimeout(gap);
        await tab.mouse.move(second.x, second.y);
        const clickCount = first.x === second.x && first.y === second.y ? 2 : 1;
        await tab.mouse.down({ clickCount });
        await tab.mouse.up({ clickCount });
      }),
    async choose(x, y, { steps }) {
      // In the open list the steps on the way are not choices of their own: only Enter is.
      await tab.mouse.click(x, y);
      for (let step = Math.abs(steps); step > 0; step -= 1) {
        await tab.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
      }
      await tab.keyboard.press('Enter');
    },
    async press(key, held) {
      for (const modifier of held) await tab.keyboard.down(modifier);
      await tab.keyboard.press(keyInput(key));
      for (const modifier of held) await tab.keyboard.up(modifier);
    },
    async keyDown(key, times) {
      // Pressed while it is down, it counts as repeated by the keyboard.
      for (let come = 0; come < times; come += 1) await tab.keyboard.down(keyInput(key));
    },
    keyUp: (key) => tab.keyboard.up(keyInput(key)),
    keys: (text) => tab.keyboard.type(text),
    screenshot: () => tab.screenshot(),
    setColorScheme: (scheme) => emulate(tab, 'prefers-color-scheme', scheme),
    setPreference: (preference, on) =>
      preference === 'reduced-motion'
        ? emulate(tab, 'prefers-reduced-motion', on ? 'reduce' : 'no-preference')
        : emulate(tab, 'forced-colors', on ? 'active' : 'none'),
    setViewport: (width, height) => tab.setViewport({ width, height }),
    async reload() {
      await tab.reload();
    },
    isOpen: async () => !tab.isClosed(),
    async close() {
      if (front?.tab === tab) front.tab = undefined;
      if (!tab.isClosed()) await tab.close();
    },
  };
}

/** A click that closes the popup takes the page away before the button is let go. */
async function unlessClosed(click: () => Promise<void>): Promise<void> {
  try {
    await click();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'TargetCloseError')) throw error;
  }
}

/** A popup is a page without a window of its own to stand in a tab strip. */
async function isPopup(session: CDPSession, target: Target): Promise<boolean> {
  const tab = await target.asPage();
  const own = await tab.createCDPSession();
  const { targetInfo } = await own.send('Target.getTargetInfo');
  await own.detach();
  return session.send('Browser.getWindowForTarget', { targetId: targetInfo.targetId }).then(
    () => false,
    () => true,
  );
}

/** Starts Chromium. */
export async function startChromium(options: BrowserOptions): Promise<BareBrowser> {
  const { home } = options;
  const profile = home === undefined ? makeProfile() : join(home, '.config', 'chromium');
  const browser: Browser = await puppeteer.launch({
    executablePath: requireBrowser('chromium'),
    // A pipe, not a port: the browser ends when this process does, however it ends.
    pipe: true,
    enableExtensions: true,
    headless: !options.headed,
    // A hidden scrollbar takes its room in a popup twice.
    ignoreDefaultArgs: ['--hide-scrollbars'],
    defaultViewport: null,
    userDataDir: profile,
    env: environmentAt(home),
    args: flags(options),
  });
  return {
    install: (extension) => install(browser, extension, options.colorScheme),
    async close() {
      await browser.close();
      if (home === undefined) removeProfile(profile);
    },
  };
}

async function install(
  browser: Browser,
  { extensionDir, grantPermissions }: ExtensionOptions,
  colorScheme: ColorScheme | undefined,
): Promise<ExtensionBrowser> {
  const id = await browser.installExtension(extensionDir);
  const baseUrl = `chrome-extension://${id}`;
  const session = await browser.target().createCDPSession();
  const admin = await chromiumAdmin(browser, id);
  if (grantPermissions) await admin.acceptPrompts();
  const front: Front = { tab: undefined };
  const problems: string[] = [];
  const watched = new WeakSet<Tab>();

  async function watch(tab: Tab): Promise<void> {
    if (watched.has(tab)) return;
    watched.add(tab);
    tab.on('pageerror', (error) => problems.push(`page: ${String(error)}`));
    tab.on('console', (message) => {
      if (message.type() === 'error' && !isNetworkNoise(message.text())) {
        problems.push(`page: ${message.text()}`);
      }
    });
    if (colorScheme) await emulate(tab, 'prefers-color-scheme', colorScheme);
  }

  async function tabView(tab: Tab, urlPart: string): Promise<View> {
    await watch(tab);
    return viewOf(await loaded(surfaceOf(tab, front), urlPart));
  }

  async function findPopup(): Promise<Tab | undefined> {
    for (const target of browser.targets()) {
      if (target.type() !== 'page' || !target.url().startsWith(baseUrl)) continue;
      // A target may close while it is being asked.
      if (await isPopup(session, target).catch(() => false)) return target.asPage();
    }
    return undefined;
  }

  async function waitForPopup(timeout: number = patience): Promise<View> {
    const popup = await until(findPopup, () => 'No popup opens', timeout);
    await watch(popup);
    return viewOf(await loaded(surfaceOf(popup, undefined), baseUrl));
  }

  return {
    kind: 'chromium',
    version: await browser.version(),
    baseUrl,

    async openTab(path, viewport = { width: 360, height: 600 }) {
      const tab = await browser.newPage();
      front.tab = tab;
      await watch(tab);
      await tab.setViewport(viewport);
      await tab.goto(`${baseUrl}/${path}`);
      return tabView(tab, path);
    },

    async waitForTab(urlPart, timeout = patience) {
      const tab = await until(
        async () => {
          for (const target of browser.targets()) {
            if (target.type() !== 'page' || !target.url().includes(urlPart)) continue;
            if (!(await isPopup(session, target).catch(() => true))) return target.asPage();
          }
          return undefined;
        },
        () => `No tab opens ${urlPart}`,
        timeout,
      );
      // The extension has brought it to the front, whatever was there.
      front.tab = undefined;
      return tabView(tab, urlPart);
    },

    async openPopup() {
      if (!(await findPopup())) await admin.clickToolbarButton();
      return waitForPopup();
    },

    waitForPopup,
    grantOrigin: (pattern) => admin.grant(pattern),
    revokeOrigin: (pattern) => admin.revoke(pattern),
    answerPrompt: () =>
      Promise.reject(new Error('Headless Chromium shows its prompts to nobody: there is no way to answer.')),
    exemptFromHttpsOnly: () => Promise.reject(new Error('Chromium makes no such exceptions.')),
    stopBackground: () => admin.stopWorker(),
    async reloadExtension() {
      front.tab = undefined;
      await admin.reload();
    },
    isBackgroundRunning: () => admin.isWorkerRunning(),
    errors: async () => [...problems, ...(await admin.errors())],

    async close() {
      await Promise.all([session.detach(), admin.close()]);
      // Its tabs and its popup go with it.
      await browser.uninstallExtension(id);
    },
  };
}
