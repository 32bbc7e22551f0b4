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

/** Those for which tests are written once and run in each. */
export const allBrowsers: readonly BrowserKind[] = ['chromium', 'firefox'];

/** Those to be tested now: both, or the one that is named in `E2E_BROWSER`. */
export const browserKinds: readonly BrowserKind[] = allBrowsers.filter(
  (kind) => (process.env.E2E_BROWSER ?? kind) === kind,
);

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
