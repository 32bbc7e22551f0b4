import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
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

it('has no download under way that the same device has begun anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'workplace-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const told: ProgramMessage[] = [];
  const results = new Results(folder);
  const workplace = new Workplace(
    [],
    results,
    new Lifetime(performance.now()),
    (message) => void told.push(message),
  );
  onTestFinished(() => workplace.stop());
  const bytes = buildImage({ size: 65_536 });
  const digest = createHash('sha256').update(bytes).digest('hex');
  workplace.take('tasmota-lite.bin', bytes, digest);
  const served = await workplace.serve(digest, '127.0.0.1');
  const url = served.ok ? served.value.url : '';
  for (const times of [1, 2]) {
    await fetch(url, { headers: { Range: 'bytes=0-4095' } });
    await until(
      async () => told.filter(({ type }) => type === 'begun').length === times || undefined,
      () => JSON.stringify(told),
    );
  }
  const [first, second] = workplace.downloads();
  expect(first?.end).toEqual({ kind: 'silent' });
  expect(second?.end).toBeNull();
  expect(told).toContainEqual(
    expect.objectContaining({ type: 'stalled', download: first?.download, seconds: 180 }),
  );
  await results.written();
});
