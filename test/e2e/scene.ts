import { resolve } from 'node:path';
import { buildImage } from '../images/esp8266-image.ts';
import { type SimulatedGithub, startGithub } from '../servers/simulated-github.ts';
import { SimulatedMirror } from '../simulator/mirror.ts';
import { SimulatedSonoff } from '../simulator/sonoff.ts';
import type { SonoffOptions } from '../simulator/sonoff-options.ts';
import { allBrowsers, type BrowserKind, type ExtensionBrowser, type View } from './harness/launch.ts';
import { defaultMirror, keepBrowser, onFreePort, startBrowser, takeBrowser } from './kept-browsers.ts';
import { stepwise } from './stepwise.ts';

export { defaultMirror };

/** The file on the mirror that the extension chooses by itself. */
export const defaultFile = 'tasmota-latest-lite.bin';

/** A good image of the size that real lite builds have. */
export const goodImage = buildImage({ size: 486_256, version: '8.5.0' });

export interface SceneOptions {
  readonly extensionDir?: string;
  readonly grantPermissions?: boolean;
  readonly httpsOnly?: boolean;
  /** A home of its own, which the caller removes. */
  readonly home?: string;
}

/** One browser with the extension, the default mirror on this machine, and as many devices as a test wants. */
export interface Scene {
  readonly browser: ExtensionBrowser;
  readonly mirror: SimulatedMirror;
  /** Knows the good image as an official one. */
  readonly github: SimulatedGithub;
  /** Starts a device on an address of its own; it is stopped with the scene. */
  device(
    options: Omit<SonoffOptions, 'host' | 'port'> & { readonly host?: string },
  ): Promise<SimulatedSonoff>;
  /** An address on this machine where nothing listens. */
  freeAddress(): string;
  /** Opens the page in a new tab. */
  openPage(): Promise<View>;
  close(): Promise<void>;
}

/** Under a name that no file of a test claims to be, so that other images are unknown and not forged. */
const official = [{ tag: 'v8.5.0', name: 'tasmotalite.bin', bytes: goodImage }];

async function serveDefault(port: number): Promise<SimulatedMirror> {
  const mirror = new SimulatedMirror({ port, sidecars: true, files: { [`/${defaultFile}`]: goodImage } });
  await mirror.start();
  return mirror;
}

/** Sets a scene for one test file in one browser. */
export async function setScene(kind: BrowserKind, options: SceneOptions = {}): Promise<Scene> {
  const { home } = options;
  const waiting = home === undefined ? takeBrowser(kind) : undefined;
  const on = <Listening>(port: number | undefined, listen: (port: number) => Promise<Listening>) =>
    port === undefined ? onFreePort(listen) : listen(port);
  const mirror = await on(waiting?.port80, serveDefault);
  const github = await on(waiting?.port443, (port) => startGithub(official, port));
  const ports = { port80: mirror.port, port443: github.port };
  const bare =
    waiting?.browser ?? (await startBrowser(kind, { ...ports, ...(home === undefined ? {} : { home }) }));
  const installed = await bare.install({
    extensionDir: resolve(options.extensionDir ?? `dist/${kind}`),
    grantPermissions: options.grantPermissions ?? true,
    httpsOnly: options.httpsOnly ?? false,
  });
  // What has a home of its own is nobody else's.
  const browser = home === undefined ? installed : { ...installed, close: bare.close };
  const devices: SimulatedSonoff[] = [];
  let addresses = 0;
  // Every device wants port 8081 of an address of its own, and other test runs may be at work on this machine.
  const { pid } = process;
  const block = `127.${64 + ((pid >> 7) % 128)}.${(pid % 128) * 2 + allBrowsers.indexOf(kind)}`;
  const freeAddress = () => {
    addresses += 1;
    return `${block}.${addresses}`;
  };
  return {
    // Its pages know the steps, and where in them a thing is.
    browser: {
      ...browser,
      openTab: async (path, viewport) => stepwise(await browser.openTab(path, viewport)),
      openPopup: async () => stepwise(await browser.openPopup()),
      waitForPopup: async (timeout) => stepwise(await browser.waitForPopup(timeout)),
      waitForTab: async (urlPart, timeout) => stepwise(await browser.waitForTab(urlPart, timeout)),
    },
    mirror,
    github,
    freeAddress,
    async device(wanted) {
      const device = new SimulatedSonoff({
        // Three minutes of the device's patience become one: a busy machine must not outlast it.
        timeScale: 0.3,
        rebootMs: 150,
        // What is known of a device goes with its id, so no two may share one.
        deviceid: `1000a1b2${(0xc3 + devices.length).toString(16)}`,
        hosts: { [defaultMirror]: `127.0.0.1:${mirror.port}` },
        host: freeAddress(),
        port: 8081,
        ...wanted,
      });
      await device.start();
      devices.push(device);
      return device;
    },
    openPage: async () => stepwise(await browser.openTab('popup/index.html')),
    async close() {
      await browser.close();
      await Promise.all([mirror.stop(), github.stop(), ...devices.map((device) => device.stop())]);
      if (home === undefined) keepBrowser(kind, { browser: bare, ...ports });
    },
  };
}
