import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import { downloadAsDevice } from '../../../src/local-mirror/probe/device-download.ts';
import { type ProbeReport, reportOn } from '../../../src/local-mirror/probe/probe-report.ts';
import { parseDownloadUrl } from '../../../src/mirror/url/url-rules.ts';
import { buildImage } from '../../images/esp8266-image.ts';
import { type ServerName, serverKinds } from '../../servers/server-kinds.ts';
import { startServer, whyNotInstalled } from '../../servers/start-server.ts';
import { SimulatedMirror } from '../../simulator/mirror.ts';
import { type MirrorFault, type MirrorFaultKind, mirrorFaults } from '../../simulator/mirror-faults.ts';
import { deviceFinishes } from '../mirror/device-finishes.ts';
import { aLocalMirror, digest, image } from './mirror-desk.ts';

const file = 'tasmota-lite.bin';
const quick = { wholeMs: 4000, partMs: 700, connectMs: 700, reconnectMs: 10 };

/** Any reconnect makes the test take too long. */
const patient = { wholeMs: 180_000, partMs: 30_000, connectMs: 10_000, reconnectMs: 60_000 };

async function probe(
  address: string,
  signal = new AbortController().signal,
  times = quick,
): Promise<ProbeReport> {
  const url = parseDownloadUrl(address);
  if (!url.ok) throw new Error(inEnglish(url.failure.sentence));
  return reportOn(
    url.value.href,
    url.value.file,
    await downloadAsDevice(url.value, systemClock, signal, times),
  );
}

/** The questions that were answered by `fail`. */
const failures = ({ checks }: ProbeReport) =>
  checks.flatMap(({ id, answer }) => (answer === 'fail' ? [id] : []));

async function aBrokenMirror(fault: MirrorFault | null, served = image): Promise<SimulatedMirror> {
  const mirror = new SimulatedMirror({ files: { [`/${file}`]: served } });
  await mirror.start();
  onTestFinished(() => mirror.stop());
  if (fault !== null) mirror.breakPath(`/${file}`, fault);
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

  /** Probe and device have 180 s both: what is slower than that is a test below. */
  const inTime: Partial<Record<MirrorFaultKind, number>> = { slow: 10, trickle: 200_000 };
  const faults = Object.keys(mirrorFaults).filter((kind): kind is MirrorFaultKind => kind in mirrorFaults);
  it.each(faults)('a mirror with the fault %s', async (kind) => {
    const number = inTime[kind];
    const fault = { kind, ...(number === undefined ? {} : { number }) };
    const served = number === undefined ? image : buildImage();
    const mirror = await aBrokenMirror(fault, served);
    const url = mirror.url(`/${file}`);
    const report = await probe(url);
    mirror.breakPath(`/${file}`, fault);
    if (number !== undefined) expect(report.ok).toBe(true);
    expect([failures(report), report.ok]).toEqual([failures(report), await deviceFinishes(url, served)]);
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
    const mirror = await aBrokenMirror({ kind });
    expect(failures(await probe(mirror.url(`/${file}`)))).toContain(check);
  });

  it('fails a file that must not be flashed, however well it is served', async () => {
    const mirror = await aBrokenMirror(null);
    mirror.files.set('/other.bin', new Uint8Array(10_000).fill(7));
    const report = await probe(mirror.url('/other.bin'));
    expect([report.ok, failures(report)]).toEqual([false, ['image']]);
  });

  it('says at once where nobody listens, and waits for no reconnect', async () => {
    const mirror = await aBrokenMirror(null);
    const url = mirror.url(`/${file}`);
    await mirror.stop();
    const report = await probe(url, undefined, patient);
    expect([report.ok, failures(report), report.requests]).toEqual([false, ['reach'], 0]);
    expect(report.checks[0]?.sentence).toBe('Nobody listens at this address and port.');
  });

  it('says at once that a name is unknown', async () => {
    // RFC 6761: nobody has it.
    const report = await probe(`http://nobody.invalid/${file}`, undefined, patient);
    expect([report.ok, failures(report), report.connections]).toEqual([false, ['reach'], 1]);
    expect(report.checks[0]?.sentence).toBe('No server of this name can be found.');
  });

  it('gives up a file that is not complete when the time of the device is over', async () => {
    const mirror = await aBrokenMirror({ kind: 'slow', number: 50 });
    const report = await probe(mirror.url(`/${file}`), undefined, { ...quick, wholeMs: 200 });
    expect([report.ok, failures(report)]).toEqual([false, ['reach']]);
    expect(report.checks[0]?.sentence).toContain('not complete after 180 seconds');
  });

  it('stops when it is told to', async () => {
    const mirror = await aBrokenMirror({ kind: 'slow' });
    const cut = new AbortController();
    const probing = probe(mirror.url(`/${file}`), cut.signal);
    await mirror.waitUntil(({ requests }) => requests.length > 0);
    cut.abort();
    expect(failures(await probing)).toContain('reach');
  });
});
