import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  Browser,
  computeExecutablePath,
  detectBrowserPlatform,
  install,
  resolveBuildId,
} from '@puppeteer/browsers';
import { wordsOf } from '../src/core/error-words.ts';

/** The browsers that the extension is made for. */
export type BrowserKind = 'chromium' | 'firefox';

interface Whereabouts {
  /** The environment variable with which a person names another one. */
  readonly variable: string;
  /** Names to look for on the PATH, the likeliest first. */
  readonly commands: readonly string[];
  /** Where installers put it when they leave the PATH alone. */
  readonly places: readonly string[];
  readonly debianPackage: string;
  /** What @puppeteer/browsers calls it, and which of its builds we take. */
  readonly download: { readonly browser: Browser; readonly tag: string };
}

const home = process.env.HOME ?? '';
const programFolders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
  .map((name) => process.env[name])
  .filter((folder) => folder !== undefined);

const inPrograms = (...path: string[]) => programFolders.map((folder) => join(folder, ...path));

const inApplications = (app: string, executable: string) =>
  ['/Applications', join(home, 'Applications')].map((folder) =>
    join(folder, `${app}.app`, 'Contents', 'MacOS', executable),
  );

const browsers: Record<BrowserKind, Whereabouts> = {
  chromium: {
    variable: 'CHROMIUM',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
    places: [
      ...inApplications('Chromium', 'Chromium'),
      ...inApplications('Google Chrome', 'Google Chrome'),
      ...inPrograms('Chromium', 'Application', 'chrome.exe'),
      ...inPrograms('Google', 'Chrome', 'Application', 'chrome.exe'),
    ],
    debianPackage: 'chromium',
    // Chrome for Testing: the branded Chrome has no build to download that takes unpacked extensions.
    download: { browser: Browser.CHROME, tag: 'stable' },
  },
  firefox: {
    variable: 'FIREFOX',
    commands: ['firefox', 'firefox-esr'],
    places: [...inApplications('Firefox', 'firefox'), ...inPrograms('Mozilla Firefox', 'firefox.exe')],
    debianPackage: 'firefox-esr',
    download: { browser: Browser.FIREFOX, tag: 'esr' },
  },
};

/** Where a browser that is downloaded goes: no further than `rm -r node_modules` reaches. */
const cacheDir = fileURLToPath(new URL('../node_modules/.cache/browsers', import.meta.url));

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(command: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const endings = process.platform === 'win32' ? ['.exe'] : [''];
  return folders
    .flatMap((folder) => endings.map((ending) => join(folder, command + ending)))
    .find(isExecutable);
}

/**
 * Finds a browser on this machine.
 *
 * @returns its executable, or null
 * @throws if the person has named one that is not there: to take another one silently would not be what was asked
 */
export function findBrowser(kind: BrowserKind): string | null {
  const { variable, commands, places } = browsers[kind];
  const named = process.env[variable];
  if (named) {
    const file = isExecutable(named) ? named : onPath(named);
    if (!file) throw new Error(`${variable} names ${named}, which is no program.`);
    return file;
  }
  for (const command of commands) {
    const file = onPath(command);
    if (file) return file;
  }
  return places.find(isExecutable) ?? downloaded(kind);
}

/** Like `findBrowser`, for those who cannot do without. */
export function requireBrowser(kind: BrowserKind): string {
  const file = findBrowser(kind);
  if (file) return file;
  throw new Error(missing(kind));
}

/**
 * Finds a browser, or gets one where nobody can mind: from Debian's packages as root on Debian, else by download in CI.
 *
 * @param say takes a line for the person who waits
 * @throws with what to install, and how, where that is for the person to decide
 */
export async function ensureBrowser(
  kind: BrowserKind,
  say: (line: string) => void = console.log,
): Promise<string> {
  const found = findBrowser(kind);
  if (found) return found;
  if (mayInstallPackages()) installPackages(kind, say);
  const installed = findBrowser(kind);
  if (installed) return installed;
  if (process.env.CI) return download(kind, say);
  throw new Error(missing(kind));
}

function missing(kind: BrowserKind): string {
  const { variable, debianPackage, download: build } = browsers[kind];
  return [
    `There is no ${kind} on this machine; the extension is tried in it. One of these helps:`,
    `  apt-get install ${debianPackage}    (Debian)`,
    `  npx browsers install ${build.browser}@${build.tag} --path ${cacheDir}`,
    `  ${variable}=/path/to/${kind}    before the command, where it lies in an unusual place`,
  ].join('\n');
}

/** What an earlier `download` has left. The layout is that of @puppeteer/browsers: name, then platform-build. */
function downloaded(kind: BrowserKind): string | null {
  const { browser } = browsers[kind].download;
  const folder = join(cacheDir, browser);
  if (!existsSync(folder)) return null;
  const files = readdirSync(folder).flatMap((name) => {
    const buildId = name.slice(name.indexOf('-') + 1);
    return computeExecutablePath({ browser, buildId, cacheDir });
  });
  return files.find(isExecutable) ?? null;
}

function mayInstallPackages(): boolean {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get') !== undefined;
}

function installPackages(kind: BrowserKind, say: (line: string) => void): void {
  // A browser without a font draws no text, and screenshots of it show nothing.
  const packages = [browsers[kind].debianPackage, 'fonts-dejavu-core'];
  say(`There is no ${kind} to try the extension in. Installing ${packages.join(' and ')} with apt-get …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  } catch (error) {
    // Ubuntu, for one, has a chromium package that only points to a snap: there is still the download.
    say(`apt-get did not manage: ${wordsOf(error)}`);
  }
}

async function download(kind: BrowserKind, say: (line: string) => void): Promise<string> {
  const { browser, tag } = browsers[kind].download;
  const platform = detectBrowserPlatform();
  try {
    if (!platform) throw new Error('nobody builds it for this system');
    const buildId = await resolveBuildId(browser, platform, tag);
    say(`Downloading ${browser} ${buildId} into ${cacheDir} …`);
    const { executablePath } = await install({ browser, buildId, cacheDir, platform });
    return executablePath;
  } catch (error) {
    const reason = wordsOf(error);
    throw new Error(`${missing(kind)}\nIt could not be downloaded: ${reason}`);
  }
}
