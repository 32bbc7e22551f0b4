import browser from 'webextension-polyfill';
import type { Address } from '../zeroconf/device/address.ts';

/**
 * Chromium matches ports in patterns, Firefox refuses a pattern that has one and without a port means all
 * (measured on Chromium 156 and Firefox 153). Firefox is the one whose extension pages are moz-extension:.
 */
function deviceOrigin({ host }: Address): string {
  const port = isAskedForEachDevice() ? '' : ':8081';
  return `http://${host}${port}/*`;
}

/** The pattern for everything on the host of `url`, whatever the port: as narrow as both browsers allow. */
function mirrorOrigin(url: string): string {
  // In a pattern it would mean every host.
  if (new URL(url).hostname.includes('*')) throw new Error('A mirror has one name.');
  return `http://${new URL(url).hostname}/*`;
}

const hostOverrideOrigin = 'https://dl.itead.cn/*';

function request(origin: string): Promise<boolean> {
  return browser.permissions.request({ origins: [origin] });
}

function has(origin: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [origin] });
}

/**
 * Asks the person for access to the device; true at once where it was granted before. Must be called in the
 * click itself, before anything is awaited. In Chromium a prompt closes the popup.
 */
export function requestDevice(address: Address): Promise<boolean> {
  return request(deviceOrigin(address));
}

/** Asks for all of these devices in one question, with the same conditions as {@link requestDevice}. */
export function requestDevices(addresses: readonly Address[]): Promise<boolean> {
  return browser.permissions.request({ origins: addresses.map(deviceOrigin) });
}

/** Gives up the access to these hosts. Chromium has one for all devices, and keeps it. */
export async function giveBackDevices(hosts: readonly string[]): Promise<void> {
  if (!isAskedForEachDevice() || hosts.length === 0) return;
  await browser.permissions.remove({ origins: hosts.map((host) => `http://${host}/*`) });
}

/** The hosts that were allowed one by one. */
export async function grantedHosts(): Promise<readonly string[]> {
  const { origins = [] } = await browser.permissions.getAll();
  return origins.flatMap((origin) => /^http:\/\/([^*/]+)\/\*$/.exec(origin)?.[1] ?? []);
}

/** Whether this browser wants the person to allow every device by its address. */
export function isAskedForEachDevice(): boolean {
  return location.protocol === 'moz-extension:';
}

/** Asks the person for access to the mirror of `url`, with the same conditions as {@link requestDevice}. */
export function requestMirror(url: string): Promise<boolean> {
  return request(mirrorOrigin(url));
}

/**
 * Asks for the mirror of `url` and, with `hostOverride`, in the same question for what Firefox wants before it
 * sets another `Host`; the same conditions as {@link requestDevice}.
 */
export function requestMirrorTest(url: string, hostOverride: boolean): Promise<boolean> {
  const origins = [mirrorOrigin(url), ...(hostOverride ? [hostOverrideOrigin] : [])];
  return browser.permissions.request({ origins });
}

/**
 * Asks for what answers on port 80 of `url`, a device's own page, with the same conditions as {@link requestDevice}.
 */
export function requestPage(url: string): Promise<boolean> {
  return request(`http://${new URL(url).hostname}/*`);
}

/** Asks for leave to start the local mirror on this computer, with the same conditions as {@link requestDevice}. */
export function requestNativeMessaging(): Promise<boolean> {
  return browser.permissions.request({ permissions: ['nativeMessaging'] });
}

/** GitHub, and the hosts to which it redirects whoever downloads a file of a release. */
const releaseOrigins = [
  'https://github.com/*',
  'https://release-assets.githubusercontent.com/*',
  'https://objects.githubusercontent.com/*',
];

/** Asks for leave to download a file of a release from GitHub, with the same conditions as {@link requestDevice}. */
export function requestReleaseFiles(): Promise<boolean> {
  return browser.permissions.request({ origins: releaseOrigins });
}

/** True when files of releases may be downloaded from GitHub. */
export function mayReachReleaseFiles(): Promise<boolean> {
  return browser.permissions.contains({ origins: releaseOrigins });
}

/** Asks for access to port 80 at `address`, to see what runs there; the same conditions as {@link requestDevice}. */
export function requestProof({ host }: Address): Promise<boolean> {
  return request(`http://${host}/*`);
}

/** True when requests to the device may be sent. */
export function mayReachDevice(address: Address): Promise<boolean> {
  return has(deviceOrigin(address));
}

/** True when requests to the mirror of `url` may be sent. */
export function mayReachMirror(url: string): Promise<boolean> {
  return has(mirrorOrigin(url));
}

/** True when port 80 of the device may be read, where Tasmota would answer after the flash. */
export function mayReachTasmota({ host }: Address): Promise<boolean> {
  return has(`http://${host}/*`);
}

/** True when this browser can be made to send another `Host` to a mirror that may be reached. */
export function mayOverrideHost(): Promise<boolean> {
  return location.protocol === 'moz-extension:' ? has(hostOverrideOrigin) : Promise.resolve(true);
}

/** Calls `changed` whenever a permission is granted or taken back. */
export function onPermissionChange(changed: () => void): void {
  browser.permissions.onAdded.addListener(changed);
  browser.permissions.onRemoved.addListener(changed);
}

/** Calls `granted` whenever the person grants something; `isNative` when that is to start the local mirror. */
export function onPermissionGranted(granted: (isNative: boolean) => void): void {
  browser.permissions.onAdded.addListener(({ permissions }) =>
    granted(permissions?.includes('nativeMessaging') === true),
  );
}
