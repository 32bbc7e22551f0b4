import type { Failure } from '../failure.ts';
import { createDigest } from '../firmware/digest.ts';
import { examine } from '../firmware/report.ts';
import { download, noMirrorPermission } from '../mirror/download.ts';
import { isOnOwnNetwork } from '../mirror/own-network.ts';
import { probe } from '../mirror/probe.ts';
import { fetchSidecar } from '../mirror/sidecar.ts';
import { takeSlices } from '../mirror/slices.ts';
import type { DownloadUrl } from '../mirror/url-rules.ts';
import { quirksOf } from '../zeroconf/quirks.ts';
import type { Bench } from './bench.ts';
import type { FetchedImage } from './run.ts';

/** How often the progress of a download is shown, in milliseconds. */
const progressInterval = 100;

/** Fetches the image, looks into it, and asks the mirror what the device will ask; every result goes into the run. */
export async function fetchImage(bench: Bench, url: DownloadUrl, signal: AbortSignal): Promise<void> {
  const { world } = bench;
  const fail = (failure: Failure) =>
    bench.change({ image: { state: 'failed', at: world.clock.now(), failure } });

  const allowed = await world.mayReachMirror(url.href);
  if (signal.aborted) return;
  if (!allowed) return fail(noMirrorPermission(url));
  const digest = await createDigest();
  let shown = world.clock.elapsed();
  const since = world.clock.now();
  const [downloaded, sidecar, releases] = await Promise.all([
    download({
      url,
      fetch: world.fetch,
      clock: world.clock,
      signal,
      onChunk: (chunk) => digest.update(chunk),
      onProgress: (progress) => {
        if (signal.aborted) return;
        const now = world.clock.elapsed();
        if (now - shown < progressInterval && progress.received !== progress.total) return;
        shown = now;
        bench.change({ image: { state: 'working', since, progress } });
      },
    }),
    fetchSidecar({ url, fetch: world.fetch, clock: world.clock, signal }),
    // A second opinion; without it the image's own checks decide.
    world.releases(signal).catch(() => null),
  ]);
  if (signal.aborted) return;
  if (!downloaded.ok) {
    const { failure } = downloaded;
    bench.note(`GET ${url.href} → ${failure.sentence}${failure.detail ? ` ${failure.detail}` : ''}`);
    return fail(failure);
  }
  const { bytes, etag } = downloaded.value;
  const report = examine(bytes, {
    digest: digest.hex(),
    name: url.file,
    sidecar,
    releases,
    isFromInternet: !isOnOwnNetwork(url),
  });
  bench.note(`GET ${url.href} → ${bytes.length} bytes, sha256 ${report.digest}, ${report.title}`);
  const slices = await takeSlices(bytes, async (slice) => {
    const sliceDigest = await createDigest();
    sliceDigest.update(slice);
    return sliceDigest.hex();
  });
  if (signal.aborted) return;
  const image: FetchedImage = { url, report, slices, etag };
  bench.change({ image: { state: 'done', at: world.clock.now(), value: image } });
  if (report.answer !== 'fail') await probeMirror(bench, image, signal);
}

/** Asks the mirror of `image` for three ranges, as the device will. */
export async function probeMirror(bench: Bench, image: FetchedImage, signal: AbortSignal): Promise<void> {
  const { world } = bench;
  const { device } = bench.run();
  const fwVersion = device.state === 'done' ? device.value.fwVersion : null;
  const working = { state: 'working', since: world.clock.now(), progress: null } as const;
  bench.change({ mirror: working });
  try {
    const hostKnownFrom = await world.hostKnownFrom(image.url.href);
    const report = await world.withDeviceHost(image.url.href, (hostOverride) =>
      probe({
        url: image.url,
        image: {
          size: image.report.size,
          digest: image.report.digest,
          slices: image.slices,
          etag: image.etag,
        },
        fetch: world.fetch,
        hostOverride,
        hostKnownFrom,
        hostRequired: quirksOf(fwVersion).hostBug !== 'no-host',
        clock: world.clock,
        signal,
      }),
    );
    if (signal.aborted) return;
    for (const check of report.checks)
      bench.note(`mirror: ${check.title}: ${check.answer}. ${check.sentence}`);
    bench.change({ mirror: { state: 'done', at: world.clock.now(), value: report } });
  } finally {
    // Stopped or broken: nobody is asking any more, and nobody but us may say so.
    if (bench.run().mirror === working) bench.change({ mirror: { state: 'idle' } });
  }
}
