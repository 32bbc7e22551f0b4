import type { Check } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import { within } from '../../core/wait.ts';
import { progressed } from '../journal/events-of.ts';
import type { FlashPlan } from '../run/device-run.ts';
import { nothingSent, type Outcome } from '../run/outcome.ts';
import type { FetchedImage } from '../source/firmware-source.ts';
import { fetchesAlready, flashedByReport, outcomeOfReport } from '../this-computer/verdict.ts';
import type { Conclusion, Watch } from '../watch/advance-watch.ts';
import type { RunContext } from './run-context.ts';
import type { SourceContext } from './source-context.ts';

/** Tells the program which device is to come, where it serves the image; the reason not to flash, or null. */
export async function announced({ environment }: RunContext, plan: FlashPlan): Promise<Outcome | null> {
  const { localMirror } = environment;
  if (!localMirror) return null;
  if (localMirror.isFetching(plan)) return fetchesAlready;
  const trouble = await localMirror.expect(plan);
  if (trouble) return nothingSent(trouble.sentence, trouble.action, trouble.trouble);
  // Only now may be known what the program knows.
  return localMirror.isFetching(plan) ? fetchesAlready : null;
}

/**
 * What the device's own report makes of a watch that has come to `conclusion`, or has not yet; null where it changes
 * nothing. What is worse counts at once; a success counts only when the device has left as well, and new firmware
 * that answers needs no other proof.
 */
export function endByReport(
  context: RunContext,
  plan: FlashPlan,
  { since }: Pick<Watch, 'since'>,
  conclusion: Conclusion | null,
): Outcome | null {
  const verdict = context.environment.localMirror?.verdictOn(plan, since) ?? null;
  if (verdict === null || conclusion === 'tasmota') return null;
  if (verdict.kind === 'whole') return conclusion === 'gone' ? flashedByReport : null;
  const { sentence } = outcomeOfReport(verdict.error);
  context.note(
    progressed(
      context.environment.clock.now(),
      text('flash_log_reported', 'To the local mirror: {sentence}', { sentence }),
    ),
  );
  return outcomeOfReport(verdict.error);
}

/** Waits for `ms` milliseconds, or until the device has reported that the flash has failed. */
export async function rest(
  context: RunContext,
  plan: FlashPlan,
  { since }: Pick<Watch, 'since'>,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  const { clock, localMirror } = context.environment;
  if (!localMirror) return clock.sleep(ms, signal);
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const failed = async () => {
    while (!either.aborted && localMirror.verdictOn(plan, since)?.kind !== 'failed')
      await localMirror.changed(either);
  };
  try {
    await Promise.race([clock.sleep(ms, either), failed()]);
    signal.throwIfAborted();
  } finally {
    over.abort();
  }
}

/** A person waits for it; on a mirror that is slower than this, the browser's own look has to do. In milliseconds. */
const rawTakes = 30_000;

/** What the program sees when it asks the mirror of `image` for all of it; null where there is none, or in vain. */
export async function rawChecksOf(
  { environment }: SourceContext,
  image: FetchedImage,
  signal: AbortSignal,
): Promise<readonly Check[] | null> {
  const { clock, localMirror } = environment;
  if (!localMirror) return null;
  const answered = await within({ ms: rawTakes, clock, signal }, (over) =>
    localMirror.probe(image.url.href, over),
  );
  return answered.kind === 'done' ? answered.value : null;
}
