import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerName, serverKinds } from '../servers/server-kinds.ts';
import { startServer, whyNotInstalled } from '../servers/start-server.ts';
import { SimulatedMirror } from '../simulator/mirror.ts';
import type { MirrorFaultKind } from '../simulator/mirror-faults.ts';
import { SimulatedSonoff } from '../simulator/sonoff.ts';
import { browserKinds, type View } from './harness/launch.ts';
import { until } from './harness/until.ts';
import { goodImage, type Scene, setScene } from './scene.ts';
import { shareOf } from './shares.ts';
import { getInfo } from './steps.ts';

const file = 'tasmota-lite.bin';
const digest = createHash('sha256').update(goodImage).digest('hex');

/** `pass` and `fail` promise something; with an open question or a warning nothing is promised. */
type Verdict = 'pass' | 'open' | 'fail';

/** What the extension says of each server (images-and-servers, D4), and what the device makes of it. */
const servers: Readonly<Record<ServerName, readonly [verdict: Verdict | RegExp, finishes: boolean]>> = {
  nginx: ['pass', true],
  'nginx-gzip': ['pass', true],
  'nginx-keepalive-1': ['fail', false],
  // Whether the download's own connections count depends on which of them the browser uses again.
  'nginx-keepalive-2': [/open|fail/, false],
  'nginx-name-based': ['fail', false],
  'nginx-other-name-redirects': ['fail', false],
  'nginx-other-name-dropped': ['fail', false],
  'nginx-redirect': ['fail', false],
  lighttpd: ['pass', true],
  busybox: ['fail', false],
  webfs: ['pass', true],
  'mini-httpd': ['fail', false],
  python: ['fail', false],
};
const serverNames = Object.keys(serverKinds).filter((name): name is ServerName => name in serverKinds);

/** Faults that a browser cannot see; the report must not say that all is well. */
const unseen: readonly MirrorFaultKind[] = ['lower-case', 'http-1.0', 'other-phrase', 'sends-more'];
/**
 * Faults in how a mirror speaks HTTP, which each browser reads in its own way. How the others are told is in
 * bad-input.test.ts, and that probe and device agree about each in test/unit/mirror/servers-against-device.test.ts.
 */
const faults: readonly MirrorFaultKind[] = [...unseen, 'chunked', 'many-headers', 'closes-each'];

/** Whether a simulated 3.6.0 device ends up with the image. Its 180 seconds last eleven. */
async function deviceFinishes(downloadUrl: string): Promise<boolean> {
  const device = new SimulatedSonoff({
    profile: '3.6.0',
    port: 0,
    timeScale: 0.06,
    spacingMs: 0,
    rebootMs: 10,
    unlocked: true,
  });
  await device.start();
  await fetch(`http://127.0.0.1:${device.port}/zeroconf/ota_flash`, {
    method: 'POST',
    body: JSON.stringify({ data: { downloadUrl, sha256sum: digest } }),
  }).catch(() => null);
  const { state } = await device.waitUntil(
    ({ became }) => !['downloading', 'restarting'].includes(became.state),
    { timeoutMs: 60_000 },
  );
  await device.stop();
  return state === 'tasmota';
}

/** The device does not care which browser is looking. */
const experiences = new Map<string, Promise<boolean>>();
function experienceWith(name: string, url: string): Promise<boolean> {
  const known = experiences.get(name) ?? deviceFinishes(url);
  experiences.set(name, known);
  return known;
}

const root = mkdtempSync(join(tmpdir(), 'mirror-root-'));
const mirror = new SimulatedMirror();
const pathFor = (fault: string, who: string) => `/${fault}/${who}/${file}`;

beforeAll(async () => {
  writeFileSync(join(root, file), goodImage);
  await mirror.start();
  for (const fault of ['none', ...faults]) {
    for (const who of ['device', ...browserKinds]) mirror.files.set(pathFor(fault, who), goodImage);
  }
  for (const kind of faults) {
    // Each of them finds the fault fresh: some begin with the n-th request.
    for (const who of ['device', ...browserKinds]) mirror.breakPath(pathFor(kind, who), { kind });
  }
});
afterAll(async () => {
  await mirror.stop();
  rmSync(root, { recursive: true, force: true });
});

describe.each(browserKinds)('what is said of a mirror in %s', (kind) => {
  let scene: Scene;
  let view: View;
  beforeAll(async () => {
    scene = await setScene(kind);
    const device = await scene.device({ profile: '3.6.0', unlocked: true });
    view = await scene.openPage();
    await getInfo(view, device);
    // What is fetched by itself has come, so that nothing moves any more.
    await view.waitFor('button', 'Flash', { state: 'enabled' });
  });
  afterAll(() => scene.close());

  /** Has the firmware fetched and the mirror asked; what is said then. */
  async function verdictOn(url: string): Promise<{ verdict: Verdict; says: string }> {
    const about = `${new URL(url).host} `;
    await view.type('Firmware', url);
    await view.waitFor('button', 'Flash', { state: 'disabled' });
    await view.click('button', 'Fetch firmware');
    const isPossible = async () =>
      (await view.readAll('button', 'Flash')).length === 1 &&
      (await view.waitFor('button', 'Flash', { state: 'enabled', timeout: 0 }).then(
        () => true,
        () => false,
      ));
    const words = async () =>
      [await view.alert(), ...(await view.readAll('list', 'Checks on the mirror'))].join('\n').trim();
    const answer = await until(
      // Only a sentence that names this mirror is about this one; the last one's may still be there.
      async () => {
        if (await isPossible()) return 'possible';
        return (await view.alert()).includes(about) ? 'impossible' : undefined;
      },
      () => `No verdict on ${url}`,
    );
    const says = await words();
    if (answer === 'impossible') return { verdict: 'fail', says };
    return { verdict: says === '' ? 'pass' : 'open', says };
  }

  /** Passes ⇒ it finishes; fails ⇒ it does not. */
  function expectAgreement({ verdict, says }: { verdict: Verdict; says: string }, finishes: boolean) {
    if (verdict === 'pass') expect([finishes, says]).toEqual([true, says]);
    if (verdict === 'fail') expect([finishes, says]).toEqual([false, says]);
    if (verdict === 'open') expect(says).toMatch(/Unknown|Warning/);
  }

  describe('agrees with what the simulated 3.6.0 goes through:', () => {
    for (const name of shareOf(kind, serverNames)) {
      const missing = whyNotInstalled(name);
      it.skipIf(missing !== null)(missing ?? name, async () => {
        const server = await startServer(name, root);
        try {
          const url = `${server.origin}/${file}`;
          const finishes = await experienceWith(name, url);
          const said = await verdictOn(url);
          expectAgreement(said, finishes);
          const [verdict, finished] = servers[name];
          expect(said.verdict, said.says).toMatch(verdict);
          expect(finishes).toBe(finished);
        } finally {
          await server.stop();
        }
      });
    }
  });

  /** The requests that were made as the device makes them: with a query. */
  const probesOf = (fault: string) =>
    mirror.requests.filter(
      ({ path, target }) => path === pathFor(fault, kind) && target.startsWith(`${path}?`),
    );
  const urlOf = (fault: string) => `http://${fault}.test:${mirror.port}${pathFor(fault, kind)}`;

  it('costs a good mirror three requests of 4 KB beside the download', async () => {
    const said = await verdictOn(urlOf('none'));
    expect(said.verdict, said.says).toBe('open');
    expect(await experienceWith('none', mirror.url(pathFor('none', 'device')))).toBe(true);
    const all = mirror.requests.filter(({ path }) => path === pathFor('none', kind));
    expect(all.filter(({ headers }) => !headers.has('range'))).toHaveLength(1);
    expect(probesOf('none')).toHaveLength(3);
    expect(all).toHaveLength(4);
    expect(probesOf('none').map(({ headers }) => headers.get('range'))).toEqual([
      'bytes=0-4095',
      expect.stringMatching(/^bytes=\d+-\d+$/),
      `bytes=${goodImage.length - (goodImage.length % 4096 || 4096)}-${goodImage.length - 1}`,
    ]);
    for (const { headers, status } of probesOf('none')) {
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.get('range') ?? '') ?? [];
      expect(Number(to) - Number(from)).toBeLessThan(4096);
      expect(headers.get('host')).toBe('dl.itead.cn');
      expect(status).toBe(206);
    }
  });

  it.each(faults)('agrees about a mirror with the fault %s', async (fault) => {
    const finishes = await experienceWith(fault, mirror.url(pathFor(fault, 'device')));
    const said = await verdictOn(urlOf(fault));
    expectAgreement(said, finishes);
    if (unseen.includes(fault)) expect(said.verdict).toBe('open');
    else if (!finishes) expect(said.verdict, said.says).toBe('fail');
    expect(probesOf(fault).length).toBeLessThanOrEqual(3);
  });
});
