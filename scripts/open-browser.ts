import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import * as v from 'valibot';
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

/** Opens a browser with an empty profile and the extension in it, and shows one of the extension's pages. */
export async function openBrowser(options: OpenOptions): Promise<OpenBrowser> {
  const { browser, base } = await launch[options.kind](options);
  const closed = new Promise<void>((settle) => browser.once('disconnected', () => settle()));
  const close = async () => {
    await browser.close();
    await closed;
  };
  try {
    const [tab = await browser.newPage()] = await browser.pages();
    const shown = tab.goto(new URL(options.page, base).href);
    // Firefox never tells that a page of an extension has loaded.
    if (options.kind === 'chromium') await shown;
    else shown.catch(() => {});
  } catch (error) {
    await close();
    throw error;
  }
  return { closed, close };
}

interface Launched {
  readonly browser: Browser;
  /** Where the extension's pages are. */
  readonly base: string;
}

/** For a person: a window of its own size, and Ctrl-C is answered by who called. */
const forAPerson = { headless: false, defaultViewport: null, handleSIGINT: false } as const;

const launch: Record<BrowserKind, (options: OpenOptions) => Promise<Launched>> = {
  chromium: launchChromium,
  firefox: launchFirefox,
};

async function launchChromium({ executable, extensionDir }: OpenOptions): Promise<Launched> {
  const browser = await puppeteer.launch({
    ...forAPerson,
    executablePath: executable,
    pipe: true,
    enableExtensions: true,
    // It speaks of a robot at the controls.
    ignoreDefaultArgs: ['--enable-automation'],
    // Chromium refuses to make a sandbox for root.
    args: ['--no-default-browser-check', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  return { browser, base: `chrome-extension://${await browser.installExtension(extensionDir)}` };
}

const manifestSchema = v.looseObject({
  browser_specific_settings: v.looseObject({ gecko: v.looseObject({ id: v.string() }) }),
});

async function launchFirefox({ executable, extensionDir }: OpenOptions): Promise<Launched> {
  const manifest: unknown = JSON.parse(await readFile(join(extensionDir, 'manifest.json'), 'utf8'));
  const { id } = v.parse(manifestSchema, manifest).browser_specific_settings.gecko;
  // Where an add-on's pages are differs from profile to profile, unless the profile says so.
  const uuid = randomUUID();
  const browser = await puppeteer.launch({
    ...forAPerson,
    browser: 'firefox',
    executablePath: executable,
    // Without it, no page of an extension can be opened from outside.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: { 'extensions.webextensions.uuids': JSON.stringify({ [id]: uuid }) },
  });
  await browser.installExtension(extensionDir);
  return { browser, base: `moz-extension://${uuid}` };
}
