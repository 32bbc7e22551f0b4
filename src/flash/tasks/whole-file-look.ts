import { gravest } from '../../core/check.ts';
import { createDigest } from '../../firmware/digest.ts';
import { buildDeviceQuery } from '../../mirror/probe/device-query.ts';
import { readWholeFile } from '../../mirror/probe/whole-file.ts';
import type { FetchedImage } from '../source/firmware-source.ts';
import { mirrorCheckEvent, probeMirror } from './image-tasks.ts';
import type { SourceContext } from './source-context.ts';

/**
 * Asks the mirror of `image` for everything that the device will ask it: three ranges and, if they are right, the
 * whole file. What the mirror answers goes into the source as one report.
 */
export async function probeWholeFile(
  context: SourceContext,
  image: FetchedImage,
  signal: AbortSignal,
): Promise<void> {
  const { environment } = context;
  // The whole file is read below: asking for it byte by byte before that would take as long again.
  await probeMirror(context, image, signal, 'quick');
  const { mirror } = context.source();
  if (signal.aborted || mirror.state !== 'done' || mirror.value.answer === 'fail') return;
  const working = { state: 'working', since: environment.clock.now(), progress: null } as const;
  context.change({ mirror: working });
  try {
    const check = await environment.withDeviceHost(image.url.href, () =>
      readWholeFile({
        url: image.url,
        size: image.report.size,
        digest: image.report.digest,
        createDigest,
        deviceQuery: buildDeviceQuery(),
        fetch: environment.fetch,
        clock: environment.clock,
        signal,
      }),
    );
    if (signal.aborted) return;
    context.note(mirrorCheckEvent(environment.clock.now(), check));
    const checks = [...mirror.value.checks, check];
    const value = { ...mirror.value, checks, answer: gravest(checks) };
    context.change({ mirror: { state: 'done', at: environment.clock.now(), value } });
  } finally {
    // Stopped or broken: nobody is asking any more, and nobody but us may say so.
    if (context.source().mirror === working) context.change({ mirror: { state: 'idle' } });
  }
}
