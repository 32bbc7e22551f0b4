import { createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { type Found, scan, scanLimits } from '../../../src/finding/scan.ts';
import { askForInfo, type ScannedInfo } from '../../../src/flash/finding/ask-for-info.ts';
import { createDeviceQueue } from '../../../src/zeroconf/client/client.ts';
import { parseAddress } from '../../../src/zeroconf/device/address.ts';
import type { SonoffOptions } from '../../simulator/sonoff.ts';
import { aDevice } from '../simulator/desk.ts';

/** A network that no other test uses at the same time. */
const network = `127.${10 + (process.pid % 200)}.${1 + (Date.now() % 250)}`;

const requests: string[] = [];
/** Whatever listens in the network listens on `port`, which stands for 8081. */
const client = (port: number) => ({
  fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(String(input));
    requests.push(`${init?.method} ${url.hostname}:${url.port}${url.pathname} ${init?.body}`);
    url.port = String(port);
    return fetch(url, init);
  },
  clock: systemClock,
  queue: createDeviceQueue(systemClock),
  timeout: 5000,
});

async function listenOn(port: number, host: string, welcome: (socket: Socket) => void) {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => {}));
    welcome(socket);
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of open) socket.destroy();
  });
}

it.runIf(process.platform === 'linux')(
  'finds five devices among refusing, silent and other addresses',
  async () => {
    const { port } = await aDevice({ host: `${network}.10` });
    const at = (n: number, options: Partial<SonoffOptions> = {}) =>
      aDevice({ host: `${network}.${n}`, port, ...options });
    for (const n of [11, 12, 13, 14]) await at(n);
    await at(20, { profile: 'not-diy' });
    await at(21, { profile: 'not-diy-401' });
    await listenOn(port, `${network}.30`, (socket) => {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<br>');
    });
    for (const n of [40, 41]) await listenOn(port, `${network}.${n}`, () => {});
    const found: Found<ScannedInfo, never>[] = [];
    const tools = client(port);
    await scan<ScannedInfo, never>({
      hosts: Array.from({ length: 60 }, (_, n) => `${network}.${n + 1}`),
      ask: async (host, signal) => {
        const address = parseAddress(host);
        if (!address.ok) throw new Error(host);
        return askForInfo(address.value, tools, signal);
      },
      clock: systemClock,
      signal: new AbortController().signal,
      limits: { ...scanLimits.chromium, timeout: 1_500 },
      onFound: (one) => found.push(one),
      onProgress: () => {},
    });
    const hostsOf = (kind: string) =>
      found
        .filter(({ finding }) => finding.kind === kind)
        .map(({ host }) => Number(host.split('.')[3]))
        .toSorted((one, other) => one - other);
    expect(hostsOf('device')).toEqual([10, 11, 12, 13, 14]);
    expect(hostsOf('not-in-diy-mode')).toEqual([20, 21]);
    expect(hostsOf('other')).toEqual([30]);
    expect(hostsOf('silent')).toEqual([40, 41]);
    expect(hostsOf('refused')).toHaveLength(50);
    const versions = found.flatMap(({ finding }) =>
      finding.kind === 'device' ? [finding.info?.fwVersion] : [],
    );
    expect(versions).toEqual(Array.from({ length: 5 }, () => '3.6.0'));
    // One request for each address, and it is always the same one.
    expect(requests).toHaveLength(60);
    const shapes = new Set(requests.map((request) => request.replace(/127[\d.]+/, 'HOST')));
    expect([...shapes]).toEqual(['POST HOST:8081/zeroconf/info {"data":{}}']);
  },
);
