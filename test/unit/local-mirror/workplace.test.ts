import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { Lifetime } from '../../../src/local-mirror/native/lifetime.ts';
import { Results } from '../../../src/local-mirror/native/results.ts';
import { Workplace } from '../../../src/local-mirror/native/workplace.ts';
import type { ProgramMessage } from '../../../src/native-messages/answers.ts';
import { until } from '../../e2e/harness/until.ts';
import { buildImage } from '../../images/esp8266-image.ts';

it('has written down what is expected before it says so: it may be killed the next moment', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'workplace-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const workplace = new Workplace([], new Results(folder), new Lifetime(performance.now()), () => {});
  onTestFinished(() => workplace.stop());
  const bytes = buildImage({ size: 65_536 });
  const digest = createHash('sha256').update(bytes).digest('hex');
  workplace.take('tasmota-lite.bin', bytes, digest);
  await workplace.serve(digest, '127.0.0.1');
  const expected = await workplace.expect('127.0.0.1', digest);
  expect(readdirSync(folder)).toEqual(expected.ok ? [`${expected.value.download}.json`] : []);
  expect(expected.ok).toBe(true);
});

/** An image that is served, and a device that fetches parts of it. */
async function fetching() {
  const folder = mkdtempSync(join(tmpdir(), 'workplace-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const told: ProgramMessage[] = [];
  const results = new Results(folder);
  const lifetime = new Lifetime(performance.now());
  const workplace = new Workplace([], results, lifetime, (message) => void told.push(message));
  onTestFinished(() => workplace.stop());
  const serve = async (size: number) => {
    const bytes = buildImage({ size });
    const digest = createHash('sha256').update(bytes).digest('hex');
    workplace.take('tasmota-lite.bin', bytes, digest);
    const served = await workplace.serve(digest, '127.0.0.1');
    return { digest, url: served.ok ? served.value.url : '' };
  };
  let fetched = 0;
  const fetchPart = async (url: string, part: number) => {
    await fetch(url, { headers: { Range: `bytes=${part * 4096}-${part * 4096 + 4095}` } });
    fetched += 1;
    await until(
      async () => told.filter(({ type }) => type === 'range').length === fetched || undefined,
      () => JSON.stringify(told),
    );
  };
  return { told, results, workplace, serve, fetchPart };
}

it('has one download of a device that begins anew, or begins with another image', async () => {
  const { told, results, workplace, serve, fetchPart } = await fetching();
  const one = await serve(65_536);
  await fetchPart(one.url, 0);
  await fetchPart(one.url, 1);
  await fetchPart(one.url, 0);
  const [first, ...none] = workplace.downloads();
  expect(none).toEqual([]);
  expect(first).toMatchObject({ end: null, parts: '1000000000000000' });
  expect(told.at(-2)).toMatchObject({ type: 'begun', download: { download: first?.download } });

  await fetchPart((await serve(131_072)).url, 0);
  expect(workplace.downloads().map(({ end }) => end)).toEqual([{ kind: 'silent' }, null]);
  const stalled = { type: 'stalled', download: first?.download, seconds: 180 };
  expect(told).toContainEqual(expect.objectContaining(stalled));
  await results.written();
});

it('has written down how far a device is: it may be killed in the middle', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  onTestFinished(() => void vi.useRealTimers());
  const { results, serve, fetchPart } = await fetching();
  const { url } = await serve(65_536);
  for (const part of [0, 1, 2]) {
    await fetchPart(url, part);
    vi.setSystemTime(Date.now() + 1_000);
  }
  await results.written();
  expect((await results.load()).map(({ parts }) => parts)).toEqual(['1110000000000000']);
});
