import { launchChromium } from './chromium.ts';
import { launchFirefox } from './firefox.ts';
import type { BrowserKind, ExtensionBrowser, LaunchOptions } from './types.ts';

export type {
  Announced,
  Box,
  BrowserKind,
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

/** Starts a browser with an empty profile and the extension in it. Close it, whatever happens. */
export function launch(browser: BrowserKind, options: LaunchOptions): Promise<ExtensionBrowser> {
  return browser === 'chromium' ? launchChromium(options) : launchFirefox(options);
}
