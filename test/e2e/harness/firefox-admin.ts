import type { FirefoxChrome } from './firefox-chrome.ts';
import { findPopup } from './firefox-popup.ts';
import { until } from './until.ts';

/** What is done to the add-on from outside its pages: what a person does in the browser's own interface. */
export interface FirefoxAdmin {
  clickToolbarButton(): Promise<void>;
  isPopupOpen(): Promise<boolean>;
  grant(pattern: string): Promise<void>;
  revoke(pattern: string): Promise<void>;
  answerPrompt(answer: 'allow' | 'deny'): Promise<void>;
  exemptFromHttpsOnly(address: string): Promise<void>;
  stopBackground(): Promise<void>;
  reload(): Promise<void>;
  isBackgroundRunning(): Promise<boolean>;
  errors(): Promise<readonly string[]>;
}

/** Reaches the add-on through the browser window's code. */
export async function firefoxAdmin(
  chrome: FirefoxChrome,
  addonId: string,
  baseUrl: string,
): Promise<FirefoxAdmin> {
  const extension = `WebExtensionPolicy.getByID(${JSON.stringify(addonId)}).extension`;
  const { ours, collected } = await collectErrors(chrome, baseUrl);

  const changePermission = (method: 'add' | 'remove', pattern: string) =>
    chrome.run(`
      const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
      const permissions = { origins: [${JSON.stringify(pattern)}], permissions: [], data_collection: [] };
      await ExtensionPermissions.${method}(${JSON.stringify(addonId)}, permissions, ${extension});
    `);

  const isBackgroundRunning = async () =>
    (await chrome.run(`return ${extension}.backgroundState`)) !== 'stopped';

  return {
    async clickToolbarButton() {
      // While any panel of extensions is open, or is still closing, the button does not open another.
      await until(
        async () =>
          (await chrome.run(`
            if (!gUnifiedExtensions.isPanelOpen()) return true;
            document.querySelectorAll('#customizationui-widget-panel, #unified-extensions-panel')
              .forEach((panel) => panel.hidePopup());
            return false;
          `)) === 'true' || undefined,
        () => 'A panel at the toolbar button does not close',
      );
      await chrome.run(`
        const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
        await ExtensionParent.apiManager.global.browserActionFor(${extension}).openPopup(window, false);
      `);
    },

    isPopupOpen: async () =>
      (await chrome.run(`return ${findPopup}?.currentURI.spec.startsWith(${JSON.stringify(baseUrl)}) === true
        && ${findPopup}.closest('panel').state === 'open'`)) === 'true',

    async grant(pattern) {
      await changePermission('add', pattern);
    },

    async revoke(pattern) {
      await changePermission('remove', pattern);
    },

    async answerPrompt(answer) {
      const button = answer === 'allow' ? 'button' : 'secondaryButton';
      await until(
        async () =>
          (await chrome.run(`
            const { panel } = PopupNotifications;
            const prompt = panel.state === 'open' ? panel.firstElementChild : null;
            if (prompt?.id !== 'addon-webext-permissions-notification') return false;
            prompt.${button}.click();
            return true;
          `)) === 'true' || undefined,
        () => 'No permission prompt opens',
      );
      await until(
        async () => (await chrome.run(`return PopupNotifications.panel.state`)) === 'closed' || undefined,
        () => 'The permission prompt does not close',
      );
    },

    async exemptFromHttpsOnly(address) {
      // As the dialog "Exceptions - HTTPS-Only Mode" does with what is typed into it.
      await chrome.run(`
        const principal = Services.scriptSecurityManager
          .createContentPrincipal(Services.io.newURI(${JSON.stringify(address)}), {});
        Services.perms.addFromPrincipal(principal, 'https-only-load-insecure', Services.perms.ALLOW_ACTION);
      `);
    },

    async stopBackground() {
      // As for a crash: a wait for an answer would otherwise only start its idle time anew. The state is
      // noted as it changes, because an event of its own requests' ends may start the page again at once.
      const states = await chrome.run(`
        const extension = ${extension};
        const states = [];
        const watch = { get: () => states.at(-1), set: (state) => states.push(state), configurable: true };
        states.push(extension.backgroundState);
        Object.defineProperty(extension, 'backgroundState', watch);
        await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
        const now = extension.backgroundState;
        Object.defineProperty(extension, 'backgroundState', { value: now, writable: true, configurable: true });
        return states.join(' ');
      `);
      if (!states.split(' ').includes('stopped')) throw new Error(`The event page did not stop: ${states}`);
    },

    async reload() {
      await chrome.run(`
        const { AddonManager } = ChromeUtils.importESModule('resource://gre/modules/AddonManager.sys.mjs');
        await (await AddonManager.getAddonByID(${JSON.stringify(addonId)})).reload();
      `);
    },

    isBackgroundRunning,
    errors: async () => [...(await ours()), ...(await collected())],
  };
}

/** Errors come from two places: what a script throws, and what it hands to `console.error`. */
async function collectErrors(chrome: FirefoxChrome, baseUrl: string) {
  // Console calls are known only in the process where they are made.
  const script = `
    const storage = Cc['@mozilla.org/consoleAPI-storage;1'].getService(Ci.nsIConsoleAPIStorage);
    const principal = Cc['@mozilla.org/systemprincipal;1'].createInstance(Ci.nsIPrincipal);
    storage.addLogEventListener((subject) => {
      const { level, filename, arguments: words } = subject.wrappedJSObject;
      if (level !== 'error' || !String(filename).startsWith(${JSON.stringify(baseUrl)})) return;
      sendAsyncMessage('harness:console', words.map(String).join(' '));
    }, principal);
  `;
  await chrome.run(`
    window.harnessErrors = [];
    Services.ppmm.addMessageListener('harness:console', ({ data }) => window.harnessErrors.push(data));
    Services.ppmm.loadProcessScript(
      'data:application/javascript;charset=utf-8,' + encodeURIComponent(${JSON.stringify(script)}), true);
  `);
  const parse = (json: string): string[] => JSON.parse(json);
  return {
    collected: async () => parse(await chrome.run(`return JSON.stringify(window.harnessErrors)`)),
    ours: async () =>
      parse(
        await chrome.run(`
          return JSON.stringify(Services.console.getMessageArray()
            .filter((message) => message instanceof Ci.nsIScriptError
              && !(message.flags & Ci.nsIScriptError.warningFlag)
              && (message.sourceName.startsWith(${JSON.stringify(baseUrl)})
                || message.errorMessage.includes(${JSON.stringify(baseUrl)})))
            .map((message) => message.errorMessage));
        `),
      ),
  };
}
