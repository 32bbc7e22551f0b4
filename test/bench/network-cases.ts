import { spawnSync } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { systemClock } from '../../src/core/clock.ts';
import { scan, scanLimits } from '../../src/finding/scan.ts';
import { createEngine } from '../../src/flash/engine.ts';
import { askForInfo } from '../../src/flash/finding/ask-for-info.ts';
import { emptyState } from '../../src/flash/state.ts';
import { watchTimings } from '../../src/flash/watch/advance-watch.ts';
import { createDeviceQueue } from '../../src/zeroconf/client/client.ts';
import { parseAddress } from '../../src/zeroconf/device/address.ts';
import type { Fault } from '../simulator/faults.ts';
import { SimulatedSonoff } from '../simulator/sonoff.ts';
import type { Case } from './image-cases.ts';
import { measure } from './measure.ts';
import { table } from './table.ts';

/** A network of this machine that nothing else uses. */
const network = `127.${100 + (process.pid % 100)}.7`;
const hosts = Array.from({ length: 254 }, (_, n) => `${network}.${n + 1}`);

/** So many devices at the first addresses of the network, and how to stop them. */
async function startDevices(count: number, faults: readonly Fault[] = []): Promise<() => Promise<unknown>> {
  const devices = hosts.slice(0, count).map(
    (host, n) =>
      new SimulatedSonoff({
        ...{ profile: '3.6.0', host, port: 8081, deviceid: `1000${String(n).padStart(6, '0')}` },
        ...{ spacingMs: 0, faults },
      }),
  );
  await Promise.all(devices.map((device) => device.start()));
  return () => Promise.all(devices.map((device) => device.stop()));
}

/** The scan of a network of refusing addresses, beside `nmap` where that is installed. */
export async function measureScan(): Promise<string> {
  const stop = await startDevices(5);
  const rounds = { rounds: 5, runs: 1 };
  const measured = await measure([{ name: 'a scan of 254 addresses by info', run: scanAll }], rounds);
  // Afterwards, not in turn: a device that is still busy with the one resets the connection of the other.
  if (spawnSync('nmap', ['--version']).status === 0) {
    const nmap = ['-n', '-Pn', '-T4', '-p', '8081', `${network}.1-254`];
    const run = () => spawnSync('nmap', nmap).status;
    measured.push(...(await measure([{ name: 'the same by nmap -p 8081', run }], rounds)));
  }
  await stop();
  return table(measured);
}

async function scanAll(): Promise<void> {
  const tools = { fetch, clock: systemClock, queue: createDeviceQueue(systemClock), timeout: 5_000 };
  let devices = 0;
  await scan({
    hosts,
    ask: async (host, signal) => {
      const address = parseAddress(host);
      return address.ok ? askForInfo(address.value, tools, signal) : { kind: 'refused' };
    },
    clock: systemClock,
    signal: new AbortController().signal,
    limits: scanLimits.firefox,
    onFound: ({ finding }) => {
      if (finding.kind === 'device') devices += 1;
    },
    onProgress: () => {},
  });
  if (devices !== 5) throw new Error(`${devices} devices found`);
}

/** Info for many devices against Info for one. */
export async function measureMany(): Promise<string> {
  // As long as real ones take in a fair Wi-Fi.
  const stop = await startDevices(32, [{ kind: 'slow', number: 250 }]);
  const infoFor = (count: number): Case => ({
    name: count === 1 ? 'Info for one device' : `Info for ${count} devices`,
    run: async () => {
      const engine = createEngine(environment, emptyState);
      engine.several.info(hosts.slice(0, count));
      await engine.settled();
    },
  });
  const measured = await measure([1, 8, 32].map(infoFor), { rounds: 3, runs: 1 });
  await stop();
  return table(measured);
}

const environment: Parameters<typeof createEngine>[0] = {
  fetch,
  clock: systemClock,
  watchTimings,
  save: async () => {},
  mayReachDevice: async () => true,
  mayReachMirror: async () => true,
  mayReachTasmota: async () => false,
  withDeviceHost: (_url, work) => work('unavailable'),
  hostKnownFrom: async () => null,
  timeouts: async () => ({ info: 5_000, ota_unlock: 150_000 }),
  releases: async () => null,
  remember: async () => {},
};

/** A network in which every address takes a connection and never answers. */
export async function startSilentNetwork(): Promise<{ readonly range: string; stop(): void }> {
  const sockets = new Set<Socket>();
  const servers = await Promise.all(hosts.map((host) => listen(host, sockets)));
  return {
    range: `${network}.0/24`,
    stop() {
      for (const server of servers) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function listen(host: string, sockets: Set<Socket>): Promise<Server> {
  const server = createServer((socket) => sockets.add(socket.on('error', () => {})));
  return new Promise((ready) => server.listen(8081, host, () => ready(server)));
}
