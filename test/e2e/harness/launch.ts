import { startChromium } from './chromium.ts';
import { startFirefox } from './firefox.ts';
import type { BareBrowser, BrowserKind, BrowserOptions, ExtensionBrowser, LaunchOptions } from './types.ts';

export type {
  Announced,
  BareBrowser,
  Box,
  BrowserKind,
  BrowserOptions,
  ColorScheme,
  ElementState,
  ExtensionBrowser,
  LaunchOptions,
  Point,
  Size,
  View,
  Violation,
  Wanted,
} from './types.ts';

/** Both browsers, for tests that are written once and run in each. */
export const browserKinds: readonly BrowserKind[] = ['chromium', 'firefox'];

/** Starts a browser with an empty profile. Close it, whatever happens. */
export function start(browser: BrowserKind, options: BrowserOptions): Promise<BareBrowser> {
  return browser === 'chromium' ? startChromium(options) : startFirefox(options);
}

/** Starts a browser with an empty profile and the extension in it. Close it, whatever happens. */
export async function launch(browser: BrowserKind, options: LaunchOptions): Promise<ExtensionBrowser> {
  const bare = await start(browser, options);
  try {
    return { ...(await bare.install(options)), close: bare.close };
  } catch (error) {
    await bare.close();
    throw error;
  }
}
