import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { downloadAsDevice } from '../../../src/local-mirror/probe/device-download.ts';
import { type ProbeReport, reportOn } from '../../../src/local-mirror/probe/probe-report.ts';
import { parseDownloadUrl } from '../../../src/mirror/url/url-rules.ts';
import { type ServerName, serverKinds } from '../../servers/server-kinds.ts';
import { startServer, whyNotInstalled } from '../../servers/start-server.ts';
import { SimulatedMirror } from '../../simulator/mirror.ts';
import { type MirrorFaultKind, mirrorFaults } from '../../simulator/mirror-faults.ts';
import { deviceFinishes } from '../mirror/device-finishes.ts';
import { aLocalMirror, digest, image } from './mirror-desk.ts';

const file = 'tasmota-lite.bin';
const quick = { wholeMs: 4000, partMs: 700, reconnectMs: 10 };

async function probe(address: string, signal = new AbortController().signal): Promise<ProbeReport> {
  const url = parseDownloadUrl(address);
  if (!url.ok) throw new Error(url.failure.sentence);
  return reportOn(
    url.value.href,
    url.value.file,
    await downloadAsDevice(url.value, systemClock, signal, quick),
  );
}

/** The questions that were answered by `fail`. */
const failures = ({ checks }: ProbeReport) =>
  checks.flatMap(({ id, answer }) => (answer === 'fail' ? [id] : []));

async function aBrokenMirror(kind: MirrorFaultKind | null): Promise<SimulatedMirror> {
  const mirror = new SimulatedMirror({ files: { [`/${file}`]: image } });
  await mirror.start();
  onTestFinished(() => mirror.stop());
  if (kind !== null) mirror.breakPath(`/${file}`, { kind });
  return mirror;
}

describe('probe and the simulated 3.6.0 device agree about', () => {
  let root = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'mirror-root-'));
    writeFileSync(join(root, file), image);
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  const names = Object.keys(serverKinds).filter((name): name is ServerName => name in serverKinds);
  for (const name of names) {
    const missing = whyNotInstalled(name);
    it.skipIf(missing !== null)(missing ?? name, async () => {
      const server = await startServer(name, root);
      onTestFinished(() => server.stop());
      const url = `${server.origin}/${file}`;
      const report = await probe(url);
      expect([failures(report), report.ok]).toEqual([failures(report), await deviceFinishes(url, image)]);
    });
  }

  it('the local mirror', async () => {
    const { url } = await aLocalMirror();
    const report = await probe(url);
    expect(report).toMatchObject({ ok: true, connections: 1, requests: 115, sha256: digest });
    expect(report.headerBytes).toBeLessThan(512);
    expect(report.statusLine).toBe('HTTP/1.1 206 Partial Content');
    expect(await deviceFinishes(url, image)).toBe(true);
  });

  /** Only a matter of time, which the device here has less of. */
  const ofTime: readonly string[] = ['slow', 'trickle'];
  const faults = Object.keys(mirrorFaults).filter((kind): kind is MirrorFaultKind => kind in mirrorFaults);
  it.each(faults.filter((kind) => !ofTime.includes(kind)))('a mirror with the fault %s', async (kind) => {
    const mirror = await aBrokenMirror(kind);
    const url = mirror.url(`/${file}`);
    const report = await probe(url);
    mirror.breakPath(`/${file}`, { kind });
    expect([failures(report), report.ok]).toEqual([failures(report), await deviceFinishes(url, image)]);
  });
});

describe('probe', () => {
  it('asks byte for byte as the firmware does', async () => {
    const mirror = await aBrokenMirror(null);
    await probe(mirror.url(`/${file}`));
    const [first, second] = mirror.requests;
    expect(first?.raw).toMatch(
      new RegExp(
        `^GET /${file}\\?deviceid=\\d{10}&ts=\\d{1,10}&sign=[0-9a-f]{64} HTTP/1\\.1\r\nHost: dl\\.itead\\.cn\r\n` +
          'Range: bytes=0-4095\r\nUser-Agent: itead-device\r\n\r\n$',
      ),
    );
    expect(second?.raw).toContain('\r\nRange: bytes=4096-8191\r\n');
    expect(mirror.requests.at(-1)?.raw).toContain('\r\nRange: bytes=466944-469839\r\n');
    expect(new Set(mirror.requests.map(({ connection }) => connection)).size).toBe(1);
  });

  it.each([
    ['lower-case', 'header-names'],
    ['http-1.0', 'status-line'],
    ['other-phrase', 'status-line'],
    ['many-headers', 'header-size'],
    ['closes-each', 'keep-alive'],
    ['short-body', 'parts'],
    ['changes', 'same-file'],
  ] as const)('sees what a browser cannot: %s', async (kind, check) => {
    const mirror = await aBrokenMirror(kind);
    expect(failures(await probe(mirror.url(`/${file}`)))).toContain(check);
  });

  it('fails a file that must not be flashed, however well it is served', async () => {
    const mirror = await aBrokenMirror(null);
    mirror.files.set('/other.bin', new Uint8Array(10_000).fill(7));
    const report = await probe(mirror.url('/other.bin'));
    expect([report.ok, failures(report)]).toEqual([false, ['image']]);
  });

  it('fails where nobody answers', async () => {
    const mirror = await aBrokenMirror(null);
    const url = mirror.url(`/${file}`);
    await mirror.stop();
    const report = await probe(url);
    expect([report.ok, failures(report), report.requests]).toEqual([false, ['reach'], 0]);
  });

  it('stops when it is told to', async () => {
    const mirror = await aBrokenMirror('slow');
    const cut = new AbortController();
    const probing = probe(mirror.url(`/${file}`), cut.signal);
    await mirror.waitUntil(({ requests }) => requests.length > 0);
    cut.abort();
    expect(failures(await probing)).toContain('reach');
  });
});
