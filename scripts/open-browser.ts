import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as v from 'valibot';
import { cmd, type Runner, type Running } from 'web-ext';
import type { BrowserKind } from './browsers.ts';

/** A browser with the extension that a person sits in front of. */
export interface OpenBrowser {
  /** Resolves when the person has closed it. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly kind: BrowserKind;
  readonly executable: string;
  /** The built extension, by its absolute path. */
  readonly extensionDir: string;
  /** The page to show, as a path inside the extension. */
  readonly page: string;
}

/** Opens a browser with an empty profile through web-ext, with the extension loaded and one of its pages shown. */
export async function openBrowser(options: OpenOptions): Promise<OpenBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'sonoff-start-'));
  const removeProfile = () => rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  let running: Running;
  try {
    running = await run(options, profile);
  } catch (error) {
    await removeProfile();
    throw error;
  }
  const closed = new Promise<void>((settle) => running.registerCleanup(settle)).then(removeProfile);
  const close = async () => {
    await running.exit();
    await closed;
  };
  try {
    await showPage[options.kind](running, options);
  } catch (error) {
    await close();
    throw error;
  }
  return { closed, close };
}

/** Starts web-ext without the handlers by which it would end this whole process at Ctrl-C, tidied up or not. */
async function run({ kind, executable, extensionDir }: OpenOptions, profile: string): Promise<Running> {
  const before = process.listeners('SIGINT');
  const common = {
    sourceDir: extensionDir,
    artifactsDir: profile,
    noReload: true,
    noInput: true,
    keepProfileChanges: true,
  };
  const running = await cmd.run(
    kind === 'chromium'
      ? {
          ...common,
          target: ['chromium'],
          chromiumBinary: executable,
          chromiumProfile: profile,
          // Chromium refuses to make a sandbox for root.
          args: ['--no-default-browser-check', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
        }
      : {
          ...common,
          target: ['firefox-desktop'],
          firefox: executable,
          firefoxProfile: profile,
          pref: { 'browser.aboutwelcome.enabled': false, 'browser.shell.checkDefaultBrowser': false },
        },
  );
  for (const listener of process.listeners('SIGINT')) {
    if (!before.includes(listener)) process.off('SIGINT', listener);
  }
  return running;
}

/** A page cannot be opened at the start: until the extension is loaded, a browser shows an error in its place. */
const showPage: Record<BrowserKind, (running: Running, options: OpenOptions) => Promise<void>> = {
  chromium: showInChromium,
  firefox: showInFirefox,
};

const targetsSchema = v.object({
  targetInfos: v.array(v.looseObject({ type: v.string(), url: v.string(), targetId: v.string() })),
});

async function showInChromium(running: Running, { page }: OpenOptions): Promise<void> {
  const { cdp } = runnerOf(running);
  if (!cdp) throw new Error('Chromium has closed again.');
  const targets = async () =>
    v.parse(targetsSchema, await cdp.sendCommand('Target.getTargets', {})).targetInfos;
  const worker = await soon('Chromium did not load the extension', async () =>
    (await targets()).find(({ type, url }) => type === 'service_worker' && url.endsWith('/background.js')),
  );
  const blank = (await targets()).find(({ type, url }) => type === 'page' && url === 'about:blank');
  await cdp.sendCommand('Target.createTarget', { url: new URL(page, worker.url).href });
  if (blank) await cdp.sendCommand('Target.closeTarget', { targetId: blank.targetId });
}

const tabsSchema = v.object({ tabs: v.array(v.looseObject({ actor: v.string(), selected: v.boolean() })) });

const addonsSchema = v.object({
  addons: v.array(
    v.looseObject({ temporarilyInstalled: v.optional(v.boolean()), manifestURL: v.nullish(v.string()) }),
  ),
});

async function showInFirefox(running: Running, { page }: OpenOptions): Promise<void> {
  const { remoteFirefox } = runnerOf(running);
  if (!remoteFirefox) throw new Error('Firefox has closed again.');
  const { client } = remoteFirefox;
  // Where an add-on's pages are differs from profile to profile.
  const manifest = await soon('Firefox did not load the extension', async () => {
    const { addons } = v.parse(addonsSchema, await client.request('listAddons'));
    return addons.find(({ temporarilyInstalled }) => temporarilyInstalled)?.manifestURL ?? undefined;
  });
  const tab = await soon('Firefox did not open a window', async () =>
    v.parse(tabsSchema, await client.request('listTabs')).tabs.find(({ selected }) => selected),
  );
  const url = new URL(page, manifest).href;
  await client.request({ to: tab.actor, type: 'navigateTo', url, waitForLoad: false });
}

function runnerOf({ extensionRunners: [runner] }: Running): Runner {
  if (!runner) throw new Error('web-ext has started no browser.');
  return runner;
}

async function soon<T>(complaint: string, ask: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await wait(100);
  }
  throw new Error(`${complaint} within 10 s.`);
}
