import { gravest } from '../check.ts';
import { createDigest } from '../firmware/digest.ts';
import { buildDeviceQuery } from '../mirror/device-query.ts';
import { readWholeFile } from '../mirror/whole-file.ts';
import type { Bench } from './bench.ts';
import { probeMirror } from './image-work.ts';
import type { FetchedImage } from './run.ts';

/**
 * Asks the mirror of `image` for everything that the device will ask it: three ranges and, if they are right, the
 * whole file. What the mirror answers goes into the run as one report.
 */
export async function probeWholeFile(bench: Bench, image: FetchedImage, signal: AbortSignal): Promise<void> {
  const { world } = bench;
  await probeMirror(bench, image, signal);
  const { mirror } = bench.run();
  if (signal.aborted || mirror.state !== 'done' || mirror.value.answer === 'fail') return;
  const working = { state: 'working', since: world.clock.now(), progress: null } as const;
  bench.change({ mirror: working });
  try {
    const check = await world.withDeviceHost(image.url.href, () =>
      readWholeFile({
        url: image.url,
        size: image.report.size,
        digest: image.report.digest,
        createDigest,
        deviceQuery: buildDeviceQuery(),
        fetch: world.fetch,
        clock: world.clock,
        signal,
      }),
    );
    if (signal.aborted) return;
    bench.note(`mirror: ${check.title}: ${check.answer}. ${check.sentence}`);
    const checks = [...mirror.value.checks, check];
    const value = { ...mirror.value, checks, answer: gravest(checks) };
    bench.change({ mirror: { state: 'done', at: world.clock.now(), value } });
  } finally {
    // Stopped or broken: nobody is asking any more, and nobody but us may say so.
    if (bench.run().mirror === working) bench.change({ mirror: { state: 'idle' } });
  }
}
