import * as v from 'valibot';
import { mirrorFaults } from '../simulator/mirror-faults.ts';
import {
  allBrowsers,
  type BareBrowser,
  type BrowserKind,
  type BrowserOptions,
  start,
} from './harness/launch.ts';

/** The host of the mirror that the extension chooses by itself. */
export const defaultMirror = 'sonoff-ota.aelius.com';

/** A name as long as people have them. */
export const longName = 'a-mirror-with-a-very-long-name-of-its-own.test';

/** All names that lead to this machine, in every browser. */
const mapHosts = [
  defaultMirror,
  'api.github.com',
  ...['sonoff.test', 'nas.test', 'wrong.test', 'ewelink_1000a1b2c3.local', longName],
  ...['none', ...Object.keys(mirrorFaults)].map((fault) => `${fault}.test`),
];

/** A running browser, and the ports of this machine where it finds what has a name. */
export interface KeptBrowser {
  readonly browser: BareBrowser;
  readonly port80: number;
  readonly port443: number;
}

/**
 * Browsers that wait for another scene: to start one costs more than most stories, and the files of tests that
 * share a process come one after the other. What they learned is in the extension, and that is taken out.
 */
const kept = new Map<BrowserKind, KeptBrowser[]>(allBrowsers.map((kind) => [kind, []]));

/** A browser that was kept and that nobody else uses; undefined if there is none. */
export function takeBrowser(kind: BrowserKind): KeptBrowser | undefined {
  return kept.get(kind)?.pop();
}

/** Keeps a browser for another scene. Nobody may listen on its ports any more. */
export function keepBrowser(kind: BrowserKind, browser: KeptBrowser): void {
  kept.get(kind)?.push(browser);
}

/** Starts a browser to which all the names lead to these ports of this machine. */
export function startBrowser(
  kind: BrowserKind,
  options: Omit<BrowserOptions, 'mapHosts'>,
): Promise<BareBrowser> {
  return start(kind, { mapHosts, ...options });
}

const addressInUse = v.object({ code: v.literal('EADDRINUSE') });

/**
 * Has `listen` listen on a port that nobody else uses. Not on one that the system gives away: it must still be
 * free for the next scene, and other test runs are at work on this machine.
 */
export async function onFreePort<Listening>(
  listen: (port: number) => Promise<Listening>,
): Promise<Listening> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await listen(16_384 + ((process.pid * 32 + tried) % 16_384));
    } catch (error) {
      if (!v.is(addressInUse, error)) throw error;
    }
  }
}
