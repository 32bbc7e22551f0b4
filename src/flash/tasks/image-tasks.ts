import { lessAssured, wholeSentence } from '../../core/assurance.ts';
import type { Failure } from '../../core/result.ts';
import { createDigest } from '../../firmware/digest.ts';
import { examine } from '../../firmware/report.ts';
import { fetchSidecar } from '../../mirror/fetch/digest-file.ts';
import { download, noMirrorPermission } from '../../mirror/fetch/download.ts';
import { takeSlices } from '../../mirror/fetch/slices.ts';
import { probe } from '../../mirror/probe/probe.ts';
import { isOnOwnNetwork } from '../../mirror/url/own-network.ts';
import type { DownloadUrl } from '../../mirror/url/url-rules.ts';
import { quirksOf } from '../../zeroconf/device/quirks.ts';
import type { FetchedImage } from '../run/run.ts';
import type { RunContext } from './run-context.ts';

/** How often the progress of a download is shown, in milliseconds. */
const progressInterval = 100;

/** Fetches the image, looks into it, and asks the mirror what the device will ask; every result goes into the run. */
export async function fetchImage(context: RunContext, url: DownloadUrl, signal: AbortSignal): Promise<void> {
  const { environment } = context;
  const fail = (failure: Failure) => {
    // An earlier flash may have changed a device, and nobody knows which one is thought of here.
    const isTouched = context.run().doubts.length > 0;
    const told = isTouched ? lessAssured(failure) : failure;
    context.change({ image: { state: 'failed', at: environment.clock.now(), failure: told } });
  };

  const allowed = await environment.mayReachMirror(url.href);
  if (signal.aborted) return;
  if (!allowed) return fail(noMirrorPermission(url));
  const digest = await createDigest();
  let shown = environment.clock.elapsed();
  const since = environment.clock.now();
  const [downloaded, sidecar, releases] = await Promise.all([
    download({
      url,
      fetch: environment.fetch,
      clock: environment.clock,
      signal,
      onChunk: (chunk) => digest.update(chunk),
      onProgress: (progress) => {
        if (signal.aborted) return;
        const now = environment.clock.elapsed();
        if (now - shown < progressInterval && progress.received !== progress.total) return;
        shown = now;
        context.change({ image: { state: 'working', since, progress } });
      },
    }),
    fetchSidecar({ url, fetch: environment.fetch, clock: environment.clock, signal }),
    // A second opinion; without it the image's own checks decide.
    environment.releases(signal).catch(() => null),
  ]);
  if (signal.aborted) return;
  if (!downloaded.ok) {
    const { failure } = downloaded;
    context.note(
      `GET ${url.href} → ${environment.words(wholeSentence(failure))}${failure.detail ? ` ${failure.detail}` : ''}`,
    );
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
  context.note(`GET ${url.href} → ${bytes.length} bytes, sha256 ${report.digest}, ${report.title}`);
  const slices = await takeSlices(bytes, async (slice) => {
    const sliceDigest = await createDigest();
    sliceDigest.update(slice);
    return sliceDigest.hex();
  });
  if (signal.aborted) return;
  const image: FetchedImage = { url, report, slices, etag };
  context.change({ image: { state: 'done', at: environment.clock.now(), value: image } });
  if (report.answer !== 'fail') await probeMirror(context, image, signal);
}

/** Asks the mirror of `image` for three ranges, as the device will. */
export async function probeMirror(
  context: RunContext,
  image: FetchedImage,
  signal: AbortSignal,
): Promise<void> {
  const { environment } = context;
  const { device } = context.run();
  const fwVersion = device.state === 'done' ? device.value.fwVersion : null;
  const working = { state: 'working', since: environment.clock.now(), progress: null } as const;
  context.change({ mirror: working });
  try {
    const hostKnownFrom = await environment.hostKnownFrom(image.url.href);
    const report = await environment.withDeviceHost(image.url.href, (hostOverride) =>
      probe({
        url: image.url,
        image: {
          size: image.report.size,
          digest: image.report.digest,
          slices: image.slices,
          etag: image.etag,
        },
        fetch: environment.fetch,
        hostOverride,
        hostKnownFrom,
        hostRequired: quirksOf(fwVersion).hostBug !== 'no-host',
        clock: environment.clock,
        signal,
      }),
    );
    if (signal.aborted) return;
    for (const check of report.checks)
      context.note(
        `mirror: ${environment.words(check.title)}: ${check.answer}. ${environment.words(check.sentence)}`,
      );
    context.change({ mirror: { state: 'done', at: environment.clock.now(), value: report } });
  } finally {
    // Stopped or broken: nobody is asking any more, and nobody but us may say so.
    if (context.run().mirror === working) context.change({ mirror: { state: 'idle' } });
  }
}
