import { createProfile, Browser as Known, launch as start } from '@puppeteer/browsers';
import * as v from 'valibot';
import { requireBrowser } from '../../../scripts/browsers.ts';
import { type Bidi, connectBidi } from './bidi.ts';
import { environmentAt, makeProfile, removeProfile } from './profile.ts';
import type { BrowserOptions } from './types.ts';

const Session = v.object({ capabilities: v.looseObject({ browserVersion: v.string() }) });

const WebDriverReady = /^WebDriver BiDi listening on (ws:\/\/.*)$/;

/** A running Firefox, spoken to by WebDriver BiDi. */
export interface FirefoxProcess {
  readonly bidi: Bidi;
  readonly version: string;
  close(): Promise<void>;
}

/**
 * What a test needs besides the preferences that @puppeteer/browsers sets (no telemetry, no updates, no
 * remote settings).
 */
function preferences({ mapHosts, port80, port443, colorScheme }: BrowserOptions) {
  return {
    'network.dns.localDomains': mapHosts.join(','),
    // A resolver of its own would not ask the machine, and has never heard of the mapped names.
    'network.trr.mode': 5,
    'network.socket.forcePort': [
      ...(port80 === undefined ? [] : [`80=${port80}`]),
      ...(port443 === undefined ? [] : [`443=${port443}`]),
    ].join(';'),
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
    'browser.aboutwelcome.enabled': false,
    'dom.ipc.processPrelaunch.enabled': false,
    'dom.ipc.processCount': 1,
    ...(colorScheme === undefined ? {} : { 'ui.systemUsesDarkTheme': colorScheme === 'dark' ? 1 : 0 }),
  };
}

/** Starts Firefox with a profile of its own. */
export async function startFirefoxProcess(options: BrowserOptions): Promise<FirefoxProcess> {
  const executablePath = requireBrowser('firefox');
  const profile = makeProfile();
  await createProfile(Known.FIREFOX, { path: profile, preferences: preferences(options) });
  const firefox = start({
    executablePath,
    env: environmentAt(options.home),
    args: [
      ...(options.headed ? [] : ['--headless']),
      '--remote-debugging-port=0',
      // Without it, BiDi neither opens moz-extension pages nor reaches the chrome scope.
      '--remote-allow-system-access',
      '--no-remote',
      '--profile',
      profile,
      'about:blank',
    ],
  });

  async function close(bidi?: Bidi): Promise<void> {
    // Firefox may hang up before it has answered.
    await bidi?.send('browser.close', {}).catch(() => undefined);
    bidi?.close();
    await firefox.close();
    removeProfile(profile);
  }

  let bidi: Bidi | undefined;
  try {
    bidi = await connectBidi(`${await firefox.waitForLineOutput(WebDriverReady, 60_000)}/session`);
    const { capabilities } = v.parse(
      Session,
      await bidi.send('session.new', {
        capabilities: { alwaysMatch: { acceptInsecureCerts: options.port443 !== undefined } },
      }),
    );
    const connected = bidi;
    return {
      bidi: connected,
      version: `Firefox/${capabilities.browserVersion}`,
      close: () => close(connected),
    };
  } catch (error) {
    await close(bidi);
    throw error;
  }
}
