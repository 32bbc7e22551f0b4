import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/check.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { inEnglish } from '../../../src/core/render-text.ts';
import { fetchListing } from '../../../src/mirror/fetch/index-page.ts';
import {
  type RunningServer,
  type ServerName,
  startServer,
  whyNotInstalled,
} from '../../servers/start-server.ts';
import { imageOf } from './image.ts';
import { checkWhole } from './whole-check.ts';

/** What each server gets; checks that are not named pass. Source: images-and-servers, D4, and the headers seen. */
interface Expected {
  readonly download: 'ok' | 'redirect';
  readonly checks?: Readonly<Record<string, Answer>>;
}

const notTested = (...ids: string[]) =>
  Object.fromEntries(ids.map((id) => [`mirror-${id}`, 'unknown' as const]));
const noParts = notTested(
  'content-range',
  'length',
  'bytes',
  'encoding',
  'unchanged',
  'header-size',
  'speed',
);

const table: Readonly<Record<ServerName, Expected>> = {
  nginx: { download: 'ok' },
  'nginx-gzip': { download: 'ok' },
  'nginx-keepalive-1': { download: 'ok', checks: { 'mirror-keep-alive': 'fail' } },
  'nginx-keepalive-2': { download: 'ok', checks: { 'mirror-keep-alive': 'warn' } },
  'nginx-name-based': {
    download: 'ok',
    checks: { 'mirror-host': 'fail', 'mirror-range': 'unknown', ...noParts },
  },
  'nginx-other-name-redirects': {
    download: 'ok',
    checks: {
      'mirror-host': 'fail',
      'mirror-redirect': 'fail',
      'mirror-range': 'unknown',
      ...noParts,
      ...notTested('keep-alive', 'connection'),
    },
  },
  'nginx-other-name-dropped': {
    download: 'ok',
    checks: {
      'mirror-range': 'fail',
      ...noParts,
      ...notTested('host', 'redirect', 'keep-alive', 'connection'),
    },
  },
  'nginx-redirect': { download: 'redirect' },
  lighttpd: { download: 'ok' },
  busybox: { download: 'ok', checks: { 'mirror-keep-alive': 'fail', 'mirror-connection': 'unknown' } },
  webfs: { download: 'ok' },
  'mini-httpd': {
    download: 'ok',
    checks: { 'mirror-range': 'fail', 'mirror-keep-alive': 'fail', 'mirror-connection': 'fail', ...noParts },
  },
  python: {
    download: 'ok',
    checks: {
      'mirror-range': 'fail',
      'mirror-keep-alive': 'unknown',
      'mirror-connection': 'fail',
      ...noParts,
    },
  },
};

const image = imageOf(469_840);
const noListing: readonly string[] = ['busybox', 'nginx-redirect'];
let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'mirror-root-'));
  for (const name of ['tasmota-lite.bin', 'tasmota-minimal.bin', 'a&b.bin'])
    writeFileSync(join(root, name), image);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const names: readonly ServerName[] = Object.keys(table).filter((name): name is ServerName => name in table);

describe.each(names)('%s', (name) => {
  const missing = whyNotInstalled(name);
  if (missing !== null) {
    it.skip(missing, () => {});
    return;
  }
  const { download: got, checks } = table[name];
  let server: RunningServer | null = null;
  beforeAll(async () => {
    server = await startServer(name, root);
  });
  afterAll(() => server?.stop());
  const signal = new AbortController().signal;
  const context = () => ({ clock: systemClock, signal });
  const origin = () => server?.origin ?? '';

  it('is judged as it deserves', async () => {
    const checked = await checkWhole(`${origin()}/tasmota-lite.bin`);
    expect(checked.problem ?? 'ok').toBe(got);
    if (checked.problem !== null) return;
    const { bytes, report } = checked;
    expect(Buffer.compare(bytes, image)).toBe(0);
    const notPassed = report.checks
      .filter(({ answer }) => answer !== 'pass')
      .map(({ id, answer }) => [id, answer]);
    expect(Object.fromEntries(notPassed)).toEqual(checks ?? {});
    expect(report.requests).toBeLessThanOrEqual(3);
  });

  it.skipIf(noListing.includes(name))('lists its images', async () => {
    const listed = await fetchListing({ fetch, base: `${origin()}/`, ...context() });
    if (!listed.ok) throw new Error(inEnglish(listed.failure.sentence));
    const files = listed.value.map(({ file, refused }) => [decodeURIComponent(file), refused !== null]);
    expect(files.toSorted()).toEqual([
      ['a&b.bin', false],
      ['tasmota-lite.bin', false],
      ['tasmota-minimal.bin', true],
    ]);
  });
});
