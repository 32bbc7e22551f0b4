import { systemClock } from '../../../src/clock.ts';
import { download } from '../../../src/mirror/download.ts';
import type { DownloadProblem } from '../../../src/mirror/download-failures.ts';
import { type MirrorReport, probe } from '../../../src/mirror/probe.ts';
import { takeSlices } from '../../../src/mirror/slices.ts';
import { createFetchWithHost } from '../../servers/fetch-with-host.ts';
import { sha256hex } from './image.ts';
import { urlOf } from './raw-mirror.ts';

/** What the extension makes of a file on a mirror: why it could not be fetched, or the bytes and the report. */
export type WholeCheck =
  | { readonly problem: DownloadProblem }
  | { readonly problem: null; readonly bytes: Uint8Array; readonly report: MirrorReport };

/** Fetches a file and asks its mirror about it with the device's `Host`, as the extension does. */
export async function checkWhole(address: string, timeoutMs = 10_000): Promise<WholeCheck> {
  const url = urlOf(address);
  const common = { url, clock: systemClock, signal: new AbortController().signal };
  const downloaded = await download({ ...common, fetch, stallMs: timeoutMs });
  if (!downloaded.ok) return { problem: downloaded.failure.kind };
  const { bytes, etag } = downloaded.value;
  const image = {
    size: bytes.length,
    digest: await sha256hex(bytes),
    slices: await takeSlices(bytes, sha256hex),
    etag,
  };
  const host = createFetchWithHost('dl.itead.cn');
  const asDevice = { hostOverride: 'active', hostRequired: true, fetch: host.fetch, timeoutMs } as const;
  const report = await probe({ ...common, image, ...asDevice });
  host.close();
  return { problem: null, bytes, report };
}
