import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { firefoxAdmin } from './firefox-admin.ts';
import { type FirefoxChrome, firefoxChrome, preferNothing } from './firefox-chrome.ts';
import { popupSurface } from './firefox-popup.ts';
import { type FirefoxProcess, startFirefoxProcess } from './firefox-process.ts';
import { type Front, tabSurface, tabs } from './firefox-tab.ts';
import type { BareBrowser, BrowserOptions, ExtensionBrowser, ExtensionOptions, View } from './types.ts';
import { patience, until } from './until.ts';
import { loaded, viewOf } from './view.ts';

const Manifest = v.looseObject({
  browser_specific_settings: v.looseObject({ gecko: v.looseObject({ id: v.string() }) }),
});
const Created = v.object({ context: v.string() });

/** Starts Firefox. */
export async function startFirefox(options: BrowserOptions): Promise<BareBrowser> {
  const firefox = await startFirefoxProcess(options);
  try {
    const chrome = await firefoxChrome(firefox.bidi);
    return { install: (extension) => install(firefox, chrome, extension), close: firefox.close };
  } catch (error) {
    await firefox.close();
    throw error;
  }
}

async function install(
  { bidi, version }: FirefoxProcess,
  chrome: FirefoxChrome,
  { extensionDir, grantPermissions, httpsOnly }: ExtensionOptions,
): Promise<ExtensionBrowser> {
  const manifest: unknown = JSON.parse(readFileSync(join(extensionDir, 'manifest.json'), 'utf8'));
  const addonId = v.parse(Manifest, manifest).browser_specific_settings.gecko.id;
  // A new one each time, so that nothing that an earlier installation has stored is ever found again.
  const uuid = randomUUID();
  const baseUrl = `moz-extension://${uuid}`;
  await chrome.run(`
    Services.prefs.setStringPref('extensions.webextensions.uuids', ${JSON.stringify(JSON.stringify({ [addonId]: uuid }))});
    Services.prefs.setBoolPref('extensions.webextOptionalPermissionPrompts', ${!grantPermissions});
    Services.prefs.setBoolPref('dom.security.https_only_mode', ${httpsOnly === true});
  `);
  // A test that failed may not have taken them back.
  await preferNothing(chrome);
  await bidi.send('webExtension.install', { extensionData: { type: 'path', path: extensionDir } });
  const admin = await firefoxAdmin(chrome, addonId, baseUrl);
  const front: Front = { context: undefined };

  const tabView = async (context: string, urlPart: string): Promise<View> =>
    viewOf(await loaded(tabSurface(bidi, chrome, context, front), urlPart));

  async function waitForPopup(timeout: number = patience): Promise<View> {
    await until(
      async () => (await admin.isPopupOpen()) || undefined,
      () => 'No popup opens',
      timeout,
    );
    return viewOf(await loaded(popupSurface(chrome), baseUrl));
  }

  return {
    kind: 'firefox',
    version,
    baseUrl,

    async openTab(path, viewport = { width: 360, height: 600 }) {
      const { context } = v.parse(Created, await bidi.send('browsingContext.create', { type: 'tab' }));
      front.context = context;
      await bidi.send('browsingContext.setViewport', { context, viewport });
      const url = `${baseUrl}/${path}`;
      // Firefox never tells BiDi that a moz-extension page has loaded, so it is not waited for but looked at.
      await bidi.send('browsingContext.navigate', { context, url, wait: 'none' });
      return tabView(context, url);
    },

    async waitForTab(urlPart, timeout = patience) {
      const { context } = await until(
        async () => (await tabs(bidi)).find((tab) => tab.url.includes(urlPart)),
        () => `No tab opens ${urlPart}`,
        timeout,
      );
      // The extension has brought it to the front, whatever was there.
      front.context = undefined;
      return tabView(context, urlPart);
    },

    async openPopup() {
      // Firefox closes a popup when a tab that has gone gives way to another; a person clicks once more.
      for (let clicks = 0; clicks < 5; clicks += 1) {
        if (!(await admin.isPopupOpen())) await admin.clickToolbarButton();
        const view = await waitForPopup(patience / 5).catch(() => null);
        if (view !== null) return view;
      }
      throw new Error('No popup opens');
    },

    waitForPopup,
    grantOrigin: admin.grant,
    revokeOrigin: admin.revoke,
    answerPrompt: admin.answerPrompt,
    exemptFromHttpsOnly: admin.exemptFromHttpsOnly,
    stopBackground: admin.stopBackground,
    async reloadExtension() {
      front.context = undefined;
      await admin.reload();
    },
    isBackgroundRunning: admin.isBackgroundRunning,
    errors: admin.errors,
    async close() {
      // Its tabs and its popup go with it.
      await bidi.send('webExtension.uninstall', { extension: addonId });
    },
  };
}
