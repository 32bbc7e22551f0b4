import { gravest } from '../../../src/core/check.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { createDigest } from '../../../src/firmware/digest.ts';
import { download } from '../../../src/mirror/fetch/download.ts';
import type { DownloadProblem } from '../../../src/mirror/fetch/download-failures.ts';
import { takeSlices } from '../../../src/mirror/fetch/slices.ts';
import { buildDeviceQuery } from '../../../src/mirror/probe/device-query.ts';
import { type MirrorReport, probe } from '../../../src/mirror/probe/probe.ts';
import { readWholeFile } from '../../../src/mirror/probe/whole-file.ts';
import { createFetchWithHost } from '../../servers/fetch-with-host.ts';
import { sha256hex } from './image.ts';
import { urlOf } from './raw-mirror.ts';

/** What the extension makes of a file on a mirror: why it could not be fetched, or the bytes and the report. */
export type WholeCheck =
  | { readonly problem: DownloadProblem }
  | { readonly problem: null; readonly bytes: Uint8Array; readonly report: MirrorReport };

/** Fetches a file and asks its mirror all that the extension asks before a flash, with the device's `Host`. */
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
  const probed = await probe({ ...common, image, ...asDevice });
  const wholeFile = {
    ...{ size: image.size, digest: image.digest, createDigest, deviceQuery: buildDeviceQuery() },
    ...{ fetch: host.fetch, stallMs: timeoutMs },
  };
  const checks = [...probed.checks];
  if (probed.answer !== 'fail') checks.push(await readWholeFile({ ...common, ...wholeFile }));
  const report = { ...probed, checks, answer: gravest(checks) };
  host.close();
  return { problem: null, bytes, report };
}
