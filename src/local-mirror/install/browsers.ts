import { configFolder, dataFolder, type Environment, pathsOf } from './environment.ts';

/** Chromium refuses the manifests of Firefox and the other way round (Bug 1361459): each family has its own. */
export type Family = 'chromium' | 'firefox';

/** One place in which a browser looks for native messaging hosts. */
export interface Place {
  readonly browser: string;
  readonly family: Family;
  /** The folders that the browser itself makes when it first runs: one of them is enough. */
  readonly signs: readonly string[];
  /** The folder for manifests, or on Windows the registry key above the host's own. */
  readonly folder: string;
}

interface ChromiumBrowser {
  readonly browser: string;
  readonly linux: string;
  readonly darwin: string;
  /** Below the local application data. */
  readonly windows: string;
  /** Below HKCU\Software. Brave and Vivaldi read Chrome's. */
  readonly key: string;
}

const chromiums: readonly ChromiumBrowser[] = [
  {
    browser: 'Google Chrome',
    linux: 'google-chrome',
    darwin: 'Google/Chrome',
    windows: 'Google\\Chrome\\User Data',
    key: 'Google\\Chrome',
  },
  {
    browser: 'Chromium',
    linux: 'chromium',
    darwin: 'Chromium',
    windows: 'Chromium\\User Data',
    key: 'Chromium',
  },
  {
    browser: 'Microsoft Edge',
    linux: 'microsoft-edge',
    darwin: 'Microsoft Edge',
    windows: 'Microsoft\\Edge\\User Data',
    key: 'Microsoft\\Edge',
  },
  {
    browser: 'Brave',
    linux: 'BraveSoftware/Brave-Browser',
    darwin: 'BraveSoftware/Brave-Browser',
    windows: 'BraveSoftware\\Brave-Browser\\User Data',
    key: 'Google\\Chrome',
  },
  {
    browser: 'Vivaldi',
    linux: 'vivaldi',
    darwin: 'Vivaldi',
    windows: 'Vivaldi\\User Data',
    key: 'Google\\Chrome',
  },
];

const inChromium = 'NativeMessagingHosts';
const inFirefox = 'native-messaging-hosts';

/** Every place in which a browser of this system would look. */
export function placesOf(environment: Environment): Place[] {
  const { platform, home } = environment;
  const { join } = pathsOf(environment);
  const config = configFolder(environment);
  if (platform === 'win32') {
    const key = (name: string) => `HKCU\\Software\\${name}\\NativeMessagingHosts`;
    const firefox = { signs: [join(config, 'Mozilla', 'Firefox')], folder: key('Mozilla') };
    return [
      ...chromiums.map(({ browser, windows, key: name }) => ({
        ...{ browser, family: 'chromium' as const },
        ...{ signs: [join(dataFolder(environment), windows)], folder: key(name) },
      })),
      { browser: 'Firefox', family: 'firefox', ...firefox },
    ];
  }
  const chromiumPlaces = chromiums.map(({ browser, linux, darwin }): Place => {
    const profile = join(config, platform === 'darwin' ? darwin : linux);
    return { browser, family: 'chromium', signs: [profile], folder: join(profile, inChromium) };
  });
  const old = join(home, '.mozilla');
  const fresh = join(config, 'mozilla');
  // Firefox 147 and later keep profiles in ~/.config/mozilla, and which folder they then read depends on what else is
  // there. A ~/.mozilla without profiles leads them nowhere (tried with 153), so both get a manifest.
  const firefoxPlaces =
    platform === 'darwin'
      ? [{ signs: [join(config, 'Firefox')], folder: join(config, 'Mozilla', inChromium) }]
      : [
          { signs: [old, fresh, join(home, 'snap', 'firefox')], folder: join(old, inFirefox) },
          { signs: [fresh], folder: join(fresh, inFirefox) },
        ];
  return [
    ...chromiumPlaces,
    ...firefoxPlaces.map((place): Place => ({ browser: 'Firefox', family: 'firefox', ...place })),
  ];
}

/** Where a Chromium that was given a `--user-data-dir` looks. On Windows it looks where all others do. */
export function placeOfUserData(environment: Environment, folder: string): Place | null {
  if (environment.platform === 'win32') return null;
  const hosts = pathsOf(environment).join(folder, inChromium);
  return { browser: `Chromium with ${folder}`, family: 'chromium', signs: [folder], folder: hosts };
}

/** A browser that is packed so that it cannot start a program, or asks first. */
export interface Confined {
  readonly browser: string;
  readonly packing: 'snap' | 'flatpak';
  /** Whether it manages all the same, once its person has said yes. */
  readonly asksOnce: boolean;
}

const flatpaks: readonly (readonly [string, string])[] = [
  ['org.mozilla.firefox', 'Firefox'],
  ['org.chromium.Chromium', 'Chromium'],
  ['com.google.Chrome', 'Google Chrome'],
  ['com.microsoft.Edge', 'Microsoft Edge'],
  ['com.brave.Browser', 'Brave'],
  ['com.vivaldi.Vivaldi', 'Vivaldi'],
];

const snaps: readonly (readonly [string, string])[] = [
  ['firefox', 'Firefox'],
  ['chromium', 'Chromium'],
  ['brave', 'Brave'],
];

/** The packed browsers that are there, by the folders that they keep in the home. */
export function confinedIn({ platform, home, exists }: Environment): Confined[] {
  if (platform !== 'linux') return [];
  return [
    ...snaps.flatMap(([name, browser]): Confined[] =>
      exists(`${home}/snap/${name}`) ? [{ browser, packing: 'snap', asksOnce: name === 'firefox' }] : [],
    ),
    ...flatpaks.flatMap(([name, browser]): Confined[] =>
      exists(`${home}/.var/app/${name}`) ? [{ browser, packing: 'flatpak', asksOnce: false }] : [],
    ),
  ];
}
