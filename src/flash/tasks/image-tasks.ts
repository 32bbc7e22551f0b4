import { lessAssured, wholeSentence } from '../../core/assurance.ts';
import type { Answer, Check } from '../../core/check.ts';
import type { Failure } from '../../core/result.ts';
import { type Text, text } from '../../core/text.ts';
import { createDigest } from '../../firmware/digest.ts';
import { examine } from '../../firmware/report.ts';
import { fetchSidecar } from '../../mirror/fetch/digest-file.ts';
import { download, noMirrorPermission } from '../../mirror/fetch/download.ts';
import { takeSlices } from '../../mirror/fetch/slices.ts';
import { probe } from '../../mirror/probe/probe.ts';
import { isOnOwnNetwork } from '../../mirror/url/own-network.ts';
import type { DownloadUrl } from '../../mirror/url/url-rules.ts';
import { quirksOf } from '../../zeroconf/device/quirks.ts';
import type { ProgressEvent } from '../journal/events.ts';
import { eventsOfGet, progressed } from '../journal/events-of.ts';
import type { FetchedImage } from '../source/firmware-source.ts';
import { withRawChecks } from '../this-computer/raw-checks.ts';
import { rawChecksOf } from './local-mirror-tasks.ts';
import type { SourceContext } from './source-context.ts';

/** How often the progress of a download is shown, in milliseconds. */
const progressInterval = 100;

/** Fetches the image, looks into it, and asks the mirror what the device will ask; every result goes into the source. */
export async function fetchImage(
  context: SourceContext,
  url: DownloadUrl,
  signal: AbortSignal,
): Promise<void> {
  const { environment } = context;
  const fail = (failure: Failure) => {
    // An earlier flash may have changed a device, and nobody knows which one is thought of here.
    const told = context.isTouched() ? lessAssured(failure) : failure;
    context.change({ image: { state: 'failed', at: environment.clock.now(), failure: told } });
  };

  const allowed = await environment.mayReachMirror(url.href);
  if (signal.aborted) return;
  if (!allowed) return fail(noMirrorPermission(url));
  const digest = await createDigest();
  let shown = environment.clock.elapsed();
  const since = environment.clock.now();
  const began = shown;
  const spent = () => environment.clock.elapsed() - began;
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
      ...eventsOfGet({ url: url.href, at: since, ms: spent(), fault: failure.detail ?? failure.kind }),
      progressed(
        environment.clock.now(),
        text('flash_log_not_fetched', '{sentence}', { sentence: wholeSentence(failure) }),
      ),
    );
    return fail(failure);
  }
  const { bytes, etag, status } = downloaded.value;
  const report = examine(bytes, {
    digest: digest.hex(),
    name: url.file,
    sidecar,
    releases,
    isFromInternet: !isOnOwnNetwork(url),
  });
  context.note(
    ...eventsOfGet({ url: url.href, at: since, ms: spent(), came: { status, bytes: bytes.length } }),
    progressed(
      environment.clock.now(),
      text('flash_log_image', 'The file is {title}, SHA-256 {digest}.', {
        title: report.title,
        digest: report.digest,
      }),
    ),
  );
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

/**
 * Asks the mirror of `image` for three ranges, as the device will; and, where the local mirror is there and it need
 * not be `quick`, has that ask for the whole file byte by byte.
 */
export async function probeMirror(
  context: SourceContext,
  image: FetchedImage,
  signal: AbortSignal,
  depth: 'as-the-device' | 'quick' = 'as-the-device',
): Promise<void> {
  const { environment } = context;
  const working = { state: 'working', since: environment.clock.now(), progress: null } as const;
  context.change({ mirror: working });
  try {
    const hostKnownFrom = await environment.hostKnownFrom(image.url.href);
    const raw = depth === 'quick' ? null : rawChecksOf(context, image, signal);
    const seen = await environment.withDeviceHost(image.url.href, (hostOverride) =>
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
        hostRequired: quirksOf(context.fwVersion()).hostBug !== 'no-host',
        clock: environment.clock,
        signal,
      }),
    );
    const rawChecks = await raw;
    if (signal.aborted) return;
    const report = rawChecks ? withRawChecks(seen, rawChecks) : seen;
    context.note(...report.checks.map((check) => mirrorCheckEvent(environment.clock.now(), check)));
    context.change({ mirror: { state: 'done', at: environment.clock.now(), value: report } });
  } finally {
    // Stopped or broken: nobody is asking any more, and nobody but us may say so.
    if (context.source().mirror === working) context.change({ mirror: { state: 'idle' } });
  }
}

const answers: Readonly<Record<Answer, Text>> = {
  pass: text('flash_log_pass', 'passed'),
  warn: text('flash_log_warn', 'a warning'),
  fail: text('flash_log_fail', 'failed'),
  unknown: text('flash_log_unknown', 'not known'),
};

/** What the mirror was asked, and what came of it, for the journal. */
export function mirrorCheckEvent(at: number, { title, answer, sentence }: Check): ProgressEvent {
  return progressed(
    at,
    text('flash_log_mirror_check', 'Mirror, {title}: {answer}. {sentence}', {
      title,
      answer: answers[answer],
      sentence,
    }),
  );
}
