import { createServer } from 'node:net';
import { mirrorFaults } from '../simulator/mirror-faults.ts';
import { type BareBrowser, type BrowserKind, type BrowserOptions, start } from './harness/launch.ts';

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
  /** Keeps it for the next scene. */
  keep(): void;
}

/**
 * Browsers that wait for another scene: to start one costs more than most stories, and the files of tests that
 * share a process come one after the other. What they learned is in the extension, and that is taken out.
 */
const kept = new Map<BrowserKind, KeptBrowser>();

/** A browser that nobody else uses: one that was kept, or a new one. */
export async function takeBrowser(kind: BrowserKind, home: string | undefined): Promise<KeptBrowser> {
  const waiting = home === undefined ? kept.get(kind) : undefined;
  if (waiting !== undefined) {
    kept.delete(kind);
    return waiting;
  }
  const port80 = await freePort();
  const port443 = await freePort();
  const options: BrowserOptions = { mapHosts, port80, port443, ...(home === undefined ? {} : { home }) };
  const browser = await start(kind, options);
  const taken: KeptBrowser = { browser, port80, port443, keep: () => void kept.set(kind, taken) };
  return taken;
}

let ports = 0;

/**
 * A port that nobody listens on. Not one that the system would give away: it must still be free for the next scene,
 * and other test runs are at work on this machine.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 16_384 + ((process.pid * 8 + ports) % 16_384);
    ports += 1;
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.on('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
