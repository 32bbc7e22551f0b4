import { wholeSentence } from '../../core/assurance.ts';
import { text } from '../../core/text.ts';
import { ended } from '../journal/events-of.ts';
import type { FlashPlan } from '../run/device-run.ts';
import { withDoubt } from '../run/doubts.ts';
import type { Outcome } from '../run/outcome.ts';
import { isSamePlan } from '../run/preflight.ts';
import { withWorse } from '../several/flash-list.ts';
import { outcomeOfReport } from '../this-computer/verdict.ts';
import type { StateContext } from './run-context.ts';

/** A flash is watched for five minutes that count, and a computer may sleep in between; in milliseconds. */
const longestWatch = 600_000;

interface Ended {
  readonly plan: FlashPlan;
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  readonly outcome: Outcome;
}

/**
 * Takes what devices have reported after their flash had ended: a person stopped watching, or the device was thought
 * to have left. Only what is worse than what was known counts.
 */
export function takeLateReports(context: StateContext): void {
  context.passTime();
  const { runs, doubts } = context.state();
  // All others are among the doubts.
  const unchanged = runs.flatMap(({ flash }) =>
    flash.stage === 'ended' && flash.outcome.leaves === 'as-it-was' ? [flash] : [],
  );
  for (const flash of [...doubts, ...unchanged]) {
    const worse = worseThan(flash, context);
    if (worse !== null) take(context, flash, worse);
  }
}

function worseThan({ plan, at, outcome }: Ended, { environment }: StateContext): Outcome | null {
  // New firmware that has answered is a proof; no report that comes late is one against it.
  if (outcome.kind === 'do-not-restart' || (outcome.kind === 'flashed' && !outcome.mayDownload)) return null;
  const verdict = environment.localMirror?.verdictOn(plan, at - longestWatch) ?? null;
  if (verdict?.kind !== 'failed') return null;
  const reported = outcomeOfReport(verdict.error);
  const isWorse = outcome.leaves !== 'in-doubt' || reported.kind === 'do-not-restart';
  return isWorse ? reported : null;
}

function take(context: StateContext, { plan, at }: Ended, worse: Outcome): void {
  const { list } = context.state();
  if (list !== null) context.change({ list: withWorse(list, plan.address.host, at, worse) });
  context.change({ doubts: withDoubt(context.state().doubts, plan, worse, at) });
  const run = context
    .state()
    .runs.find(({ flash }) => flash.stage === 'ended' && flash.at === at && isSamePlan(flash.plan, plan));
  if (run === undefined || run.flash.stage !== 'ended') return;
  const own = context.runContext(run);
  own.change({ flash: { ...run.flash, outcome: worse } });
  const told = text('flash_log_ended', '{title}. {sentence}', {
    title: worse.title,
    sentence: wholeSentence(worse),
  });
  own.note(ended(context.environment.clock.now(), worse.kind, told));
}
