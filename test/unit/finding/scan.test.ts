import { expect, it } from 'vitest';
import { createHalfOpen, scanLimits } from '../../../src/finding/scan.ts';
import { device, Network, refuses, unreachable } from './a-network.ts';

const hosts = Array.from({ length: 254 }, (_, n) => `192.168.1.${n + 1}`);
const numberOf = (host: string) => Number(host.split('.')[3]);
const devices = [3, 77, 150, 151, 250];
/** Five devices among others that do `else`. */
const withFive = (rest: 'silent' | typeof refuses) => (host: string) =>
  devices.includes(numberOf(host)) ? device(host) : rest;

it('finds every device among those that refuse, without a pause', async () => {
  const network = new Network(withFive(refuses));
  const took = await network.scan(hosts);
  expect(
    network.found.filter(({ finding }) => finding.kind === 'device').map(({ host }) => numberOf(host)),
  ).toEqual(devices);
  expect(took).toBeLessThan(1500);
  expect(network.atOnce).toBe(32);
  expect(network.asked.map(({ host }) => host)).toEqual(hosts);
  expect(network.progress.map(({ kind }) => kind)).not.toContain('pausing');
  expect(network.progress[0]).toMatchObject({ kind: 'asking', asked: 0, of: 254 });
  expect(network.progress.at(-1)).toMatchObject({ kind: 'asking', asked: 254, of: 254 });
});

it('tells of a device as soon as it has answered, and of each address once', async () => {
  const network = new Network(withFive('silent'));
  await network.scan(hosts);
  expect(network.found.find(({ host }) => host === '192.168.1.3')).toMatchObject({ at: 250 });
  expect(network.found.map(({ host }) => host).toSorted()).toEqual(hosts.toSorted());
});

it('gives every address 1.5 s, also where its request goes on regardless', async () => {
  const slow = new Network((host) => device(host, numberOf(host) === 1 ? 1490 : 1510));
  await slow.scan(hosts.slice(0, 2));
  expect(slow.found.map(({ finding }) => finding.kind)).toEqual(['device', 'silent']);
  const deaf = new Network(() => refuses);
  const took = await deaf.scan(hosts.slice(0, 64), { ask: () => new Promise(() => {}) });
  expect(took).toBe(3000);
});

it('pauses in Chromium after 150 that stay silent, for as long as their connections may last', async () => {
  const network = new Network(withFive('silent'));
  const took = await network.scan(hosts);
  const pauses = network.progress.filter(({ kind }) => kind === 'pausing');
  const silentBefore = network.found.filter(
    ({ at, finding }) => at <= (pauses[0]?.at ?? 0) && finding.kind === 'silent',
  );
  expect(pauses).toMatchObject([{ ms: 130_000 }]);
  expect(silentBefore).toHaveLength(150);
  // Three of them are asked once more.
  expect(network.asked).toHaveLength(254 + 3);
  expect(took).toBeGreaterThan(130_000);
  expect(network.found.filter(({ finding }) => finding.kind === 'device')).toHaveLength(5);
});

it('goes on as soon as the connections have ended', async () => {
  const network = new Network(withFive(unreachable));
  const took = await network.scan(hosts);
  const at = network.progress.findIndex(({ kind }) => kind === 'pausing');
  const [pausing, next] = network.progress.slice(at);
  expect((next?.at ?? 0) - (pausing?.at ?? 0)).toBe(3000);
  expect(next).toMatchObject({ kind: 'asking', asked: pausing?.asked });
  expect(took).toBeLessThan(20_000);
});

it('does not pause where nothing is left to be asked, and not in Firefox', async () => {
  const few = new Network(() => 'silent');
  await few.scan(hosts.slice(0, 150));
  const firefox = new Network(withFive('silent'));
  expect(await firefox.scan(hosts, { limits: scanLimits.firefox })).toBeLessThan(14_000);
  for (const { progress } of [few, firefox])
    expect(progress.map(({ kind }) => kind)).not.toContain('pausing');
});

it('never has more than 150 silent ones and those under way, before a pause', async () => {
  const network = new Network((host) => (numberOf(host) % 2 === 0 ? 'silent' : refuses));
  await network.scan([...hosts, ...hosts.map((host) => host.replace('192.168.1', '192.168.2'))]);
  const pause = network.progress.find(({ kind }) => kind === 'pausing');
  const before = network.asked.filter(({ at, host }) => at < (pause?.at ?? 0) && numberOf(host) % 2 === 0);
  expect(before).toHaveLength(150);
});

it('looks at port 80 where 8081 refused, and nowhere else', async () => {
  const network = new Network((host) =>
    numberOf(host) === 2 ? device('x') : numberOf(host) === 3 ? 'silent' : refuses,
  );
  const looked: string[] = [];
  await network.scan(hosts.slice(0, 5), {
    whatRuns: async (host) => {
      looked.push(host);
      await network.clock.sleep(100);
      return numberOf(host) === 4 ? 'Tasmota 15.1.0' : null;
    },
  });
  expect(looked).toEqual(['192.168.1.1', '192.168.1.4', '192.168.1.5']);
  const findings = new Map(network.found.map(({ host, finding }) => [numberOf(host), finding]));
  expect(findings.get(4)).toEqual({ kind: 'refused', runs: 'Tasmota 15.1.0' });
  expect(findings.get(1)).toEqual({ kind: 'refused', runs: null });
  const mute = new Network(() => refuses);
  expect(await mute.scan(hosts.slice(0, 1), { whatRuns: () => new Promise(() => {}) })).toBe(3020);
  expect(mute.found).toMatchObject([{ finding: { kind: 'refused', runs: null } }]);
});

it.each([
  ['while it asks', 700],
  ['while it pauses', 30_000],
])('stops at once when it is cancelled %s', async (_when, ms) => {
  const network = new Network(() => 'silent');
  const cancel = new AbortController();
  const timer = network.time.onTheComputer(ms, () => cancel.abort(new Error('Enough.')));
  await expect(network.scan(hosts, { signal: cancel.signal })).rejects.toThrow('Enough.');
  timer.cancel();
  expect(network.time.awake).toBe(ms);
  const [found, asked] = [network.found.length, network.asked.length];
  await network.time.pass(200_000);
  expect([network.found.length, network.asked.length]).toEqual([found, asked]);
});

it('asks nobody when it is cancelled before', async () => {
  const network = new Network(() => refuses);
  await expect(network.scan(hosts, { signal: AbortSignal.abort(new Error('No.')) })).rejects.toThrow('No.');
  expect(network.asked).toEqual([]);
});

it('remembers what an earlier scan has left open, also one that was cancelled', async () => {
  const network = new Network(() => 'silent');
  const halfOpen = createHalfOpen(network.clock, scanLimits.chromium.longestPause);
  const cancel = new AbortController();
  const timer = network.time.onTheComputer(5_000, () => cancel.abort(new Error('Enough.')));
  await expect(network.scan(hosts, { signal: cancel.signal, halfOpen })).rejects.toThrow('Enough.');
  timer.cancel();
  const begun = network.asked.length;
  expect(halfOpen.count()).toBe(begun);
  await network.scan(hosts.slice(0, 100), { halfOpen });
  const pause = network.progress.find(({ kind }) => kind === 'pausing');
  const before = network.asked.filter(({ at }) => at < (pause?.at ?? 0));
  expect(before).toHaveLength(150);
});

it('forgets what has ended by itself', async () => {
  const network = new Network(() => 'silent');
  const halfOpen = createHalfOpen(network.clock, scanLimits.chromium.longestPause, 150);
  const took = network.scan(hosts.slice(0, 10), { halfOpen });
  expect(await took).toBe(130_000 + 1500);
  expect(halfOpen.count()).toBe(10);
});
