import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../scripts/build.ts';
import { type BrowserKind, launch, type View } from '../e2e/harness/launch.ts';
import { stepwise } from '../e2e/stepwise.ts';
import { SimulatedMirror } from '../simulator/mirror.ts';
import type { Measured } from './measure.ts';
import { startSilentNetwork } from './network-cases.ts';
import { table } from './table.ts';

const loads = 8;

/** How long a page of 520,192 bytes from a web server takes in this browser, without and with a scan of 254 silent addresses. */
export async function measureBesideScan(kind: BrowserKind, image: Uint8Array): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-scan-'));
  const silent = await startSilentNetwork();
  const mirror = new SimulatedMirror({
    port: 0,
    sidecars: true,
    files: { '/image.bin': Buffer.from(image) },
  });
  await mirror.start();
  try {
    await build(kind, folder);
    const browser = await launch(kind, { extensionDir: folder, mapHosts: [], grantPermissions: true });
    try {
      await browser.grantOrigin('http://127.0.0.1/*');
      const page = stepwise(await browser.openTab('popup/index.html'));
      const list = await browser.openTab('popup/devices.html');
      await page.type('Firmware', mirror.url('/image.bin'));
      const alone = await timesOf(page, 'the mirror is asked alone');
      await list.type('Network', silent.range);
      await list.click('button', 'Find');
      const beside = await timesOf(page, 'beside a scan of 254 silent addresses');
      await list.click('button', 'Cancel the search');
      return table([alone, beside]);
    } finally {
      await browser.close();
    }
  } finally {
    silent.stop();
    await mirror.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Fetches and checks the firmware again and again, as a page that loads. */
async function timesOf(page: View, name: string): Promise<Measured> {
  const times: number[] = [];
  for (let count = 0; count < loads; count += 1) {
    const started = performance.now();
    await page.click('button', 'Fetch firmware');
    await page.waitFor('button', 'Fetch firmware', { state: 'enabled' });
    times.push(performance.now() - started);
  }
  const sorted = times.toSorted((one, other) => one - other);
  return {
    name,
    median: sorted[Math.floor(sorted.length / 2)] ?? 0,
    fastest: sorted[0] ?? 0,
    slowest: sorted.at(-1) ?? 0,
  };
}
