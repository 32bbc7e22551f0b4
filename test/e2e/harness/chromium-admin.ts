import type { Browser, CDPSession } from 'puppeteer-core';
import * as v from 'valibot';
import { until } from './until.ts';

/** What is done to the extension from outside its pages: what a person does in the browser's own interface. */
export interface ChromiumAdmin {
  clickToolbarButton(): Promise<void>;
  acceptPrompts(): Promise<void>;
  grant(pattern: string): Promise<void>;
  revoke(pattern: string): Promise<void>;
  stopWorker(): Promise<void>;
  reload(): Promise<void>;
  isWorkerRunning(): Promise<boolean>;
  errors(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const State = v.object({ state: v.string() });

const ExtensionInfo = v.object({
  runtimeErrors: v.array(v.looseObject({ message: v.string(), severity: v.string() })),
  manifestErrors: v.array(v.looseObject({ message: v.string() })),
});

/** Chromium notes every request that fails; that is the network's doing, not an error of the extension. */
export const isNetworkNoise = (message: string): boolean =>
  message.startsWith('Failed to load resource') || message.includes('has been blocked by CORS policy');

/**
 * Opens chrome://extensions, whose private interface can do what the extension's owner can.
 *
 * The worker is never attached to: a debugger would keep it alive.
 */
export async function chromiumAdmin(browser: Browser, id: string): Promise<ChromiumAdmin> {
  const [first] = await browser.pages();
  const page = first ?? (await browser.newPage());
  if (!page.url().startsWith('chrome://extensions')) await page.goto('chrome://extensions');
  const session = await page.createCDPSession();
  const root = await browser.target().createCDPSession();
  const worker = await watchWorker(session);

  async function callPrivate(method: string, ...args: unknown[]): Promise<unknown> {
    return page.evaluate(`new Promise((resolve, reject) => {
      chrome.developerPrivate.${method}(...${JSON.stringify(args)}, (value) => {
        const { lastError } = chrome.runtime;
        if (lastError) reject(new Error(lastError.message));
        else resolve(value);
      });
    })`);
  }

  const allow = (pattern: string) => callPrivate('addHostPermission', id, pattern);

  return {
    async clickToolbarButton() {
      const { targetInfos } = await root.send('Target.getTargets', { filter: [{ type: 'tab' }] });
      const tab = targetInfos.find((target) => target.url.startsWith('chrome://extensions'));
      if (!tab) throw new Error('The tab with chrome://extensions is gone.');
      await root.send('Extensions.triggerAction', { id, targetId: tab.targetId });
    },

    /** What is allowed here is granted without a prompt once the extension asks for it, and not before. */
    async acceptPrompts() {
      await allow('http://*/*');
      await allow('https://*/*');
    },

    async grant(pattern) {
      await allow(pattern);
      // A page of the extension in which nothing runs can still ask for what has just been allowed.
      const helper = await browser.newPage();
      const helperSession = await helper.createCDPSession();
      await helper.goto(`chrome-extension://${id}/manifest.json`);
      const { result, exceptionDetails } = await helperSession.send('Runtime.evaluate', {
        expression: `chrome.permissions.request({ origins: [${JSON.stringify(pattern)}] })`,
        userGesture: true,
        awaitPromise: true,
        returnByValue: true,
      });
      await helper.close();
      if (result.value !== true) {
        throw new Error(
          `${pattern} was not granted: ${exceptionDetails?.exception?.description ?? 'refused'}`,
        );
      }
    },

    async revoke(pattern) {
      await callPrivate('removeHostPermission', id, pattern);
    },

    async stopWorker() {
      if (!worker.isRunning()) return;
      const before = worker.stops();
      await session.send('ServiceWorker.stopAllWorkers');
      // Not its state: a page that sends a message at once has it running again before anyone looks.
      await until(
        async () => worker.stops() > before || undefined,
        () => 'The service worker does not stop',
      );
    },

    async reload() {
      // Without it Chromium does not take up again what lies unpacked.
      await callPrivate('updateProfileConfiguration', { inDeveloperMode: true });
      await callPrivate('reload', id, { failQuietly: true });
      // Until it is on again, its pages are refused.
      await until(
        async () =>
          v.parse(State, await callPrivate('getExtensionInfo', id)).state === 'ENABLED' || undefined,
        () => 'The extension is not on again',
      );
    },

    isWorkerRunning: async () => worker.isRunning(),

    async errors() {
      const info = v.parse(ExtensionInfo, await callPrivate('getExtensionInfo', id));
      return [
        ...worker.errors.filter((message) => !isNetworkNoise(message)).map((message) => `worker: ${message}`),
        ...info.manifestErrors.map((error) => `manifest: ${error.message}`),
        ...info.runtimeErrors
          .filter((error) => error.severity === 'ERROR')
          .map((error) => `extension: ${error.message}`),
      ].filter((message) => !isNetworkNoise(message));
    },

    async close() {
      await Promise.all([session.detach(), root.detach()]);
    },
  };
}

async function watchWorker(session: CDPSession) {
  const running = new Map<string, boolean>();
  const errors: string[] = [];
  let stops = 0;
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const { versionId, runningStatus } of versions) {
      const runs = runningStatus !== 'stopped';
      if (running.get(versionId) && !runs) stops += 1;
      running.set(versionId, runs);
    }
  });
  session.on('ServiceWorker.workerErrorReported', ({ errorMessage }) =>
    errors.push(errorMessage.errorMessage),
  );
  await session.send('ServiceWorker.enable');
  return { errors, stops: () => stops, isRunning: () => [...running.values()].some(Boolean) };
}
