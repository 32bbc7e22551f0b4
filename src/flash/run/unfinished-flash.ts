import * as v from 'valibot';
import { parseDownloadUrl } from '../../mirror/url/url-rules.ts';
import { longestDownload } from '../../zeroconf/client/longest-download.ts';
import { parseAddress } from '../../zeroconf/device/address.ts';
import type { Doubt } from './doubts.ts';
import { emptyRun, type Flash, type FlashPlan, isFlashing, type Run } from './run.ts';
import { outcomeSchema } from './stored-outcome.ts';

const planSchema = v.object({
  host: v.string(),
  deviceid: v.nullable(v.string()),
  fwVersion: v.nullable(v.string()),
  url: v.string(),
  digest: v.string(),
  title: v.string(),
});

/** The flash that is under way; null when none is. */
const outSchema = v.nullable(v.object({ at: v.number(), plan: planSchema }));

const doubtSchema = v.object({
  plan: planSchema,
  at: v.number(),
  outcome: outcomeSchema,
  held: v.boolean(),
  lasted: v.number(),
  seenAt: v.number(),
});

/** What can be read of a record, part by part: a damaged one must not take the warning about another device away. */
const leftSchema = v.object({
  version: v.literal(2),
  flash: v.unknown(),
  doubts: v.array(v.unknown()),
});

/**
 * What has to outlive the browser: a flash that may have reached the device, and what earlier ones left in doubt.
 * The run itself is gone when the browser is closed or the extension updated, and with it the warning not to cut the
 * device's power, and the knowledge that it has been asked already.
 */
export interface UnfinishedFlash {
  readonly version: 2;
  readonly flash: v.InferOutput<typeof outSchema>;
  readonly doubts: readonly v.InferOutput<typeof doubtSchema>[];
}

/** What of `run` has to outlive the browser, or null. How far a hold has come is not in it: it begins anew. */
export function unfinishedFlashOf({ flash, doubts }: Run): UnfinishedFlash | null {
  const isOut = isFlashing(flash) && flash.stage !== 'checking';
  if (!isOut && doubts.length === 0) return null;
  return {
    version: 2,
    flash: isOut
      ? { at: flash.stage === 'requested' ? flash.at : flash.watch.since, plan: written(flash.plan) }
      : null,
    doubts: doubts.map(({ plan, at, outcome, holdLeft, lasted, seenAt }) => ({
      plan: written(plan),
      at,
      outcome: { ...outcome, steps: [...outcome.steps] },
      held: holdLeft > 0,
      lasted,
      seenAt,
    })),
  };
}

/** What an earlier browser session left: the run that takes it up, null when there is none. */
export interface LeftOver {
  readonly run: Run | null;
  /** Whether there is more that could not be read. */
  readonly damaged: boolean;
}

/** Reads `stored`, where an earlier browser session left what has to outlive it; undefined where it left nothing. */
export function readUnfinishedFlash(stored: unknown): LeftOver {
  const parsed = v.safeParse(leftSchema, stored);
  if (!parsed.success) return { run: null, damaged: stored !== undefined };
  const doubts = parsed.output.doubts.flatMap(readDoubt);
  const out = v.safeParse(outSchema, parsed.output.flash);
  const at = out.success ? out.output?.at : undefined;
  const plan = out.success && out.output !== null ? read(out.output.plan) : null;
  const isWhole = out.success && (out.output === null || plan !== null);
  const damaged = !isWhole || doubts.length < parsed.output.doubts.length;
  if (at !== undefined && plan !== null)
    return { run: runWith({ stage: 'requested', plan, at }, plan, doubts), damaged };
  const last = doubts.at(-1);
  return { run: last === undefined ? null : runWith(shown(last), last.plan, doubts), damaged };
}

function readDoubt(stored: unknown): Doubt[] {
  const parsed = v.safeParse(doubtSchema, stored);
  if (!parsed.success) return [];
  const { plan: text, held, ...rest } = parsed.output;
  const plan = read(text);
  return plan === null ? [] : [{ ...rest, plan, holdLeft: held ? longestDownload.ms : 0 }];
}

/** The run that takes up what an earlier browser session left in `stored`, or null when that is nothing. */
export function runOfUnfinishedFlash(stored: unknown): Run | null {
  return readUnfinishedFlash(stored).run;
}

/** The flash that shows how an earlier one of this device ended; it has to be asked for Info before another. */
export function shown({ plan, at, outcome }: Doubt): Flash {
  return { stage: 'ended', plan, at, outcome, seenSince: false };
}

function runWith(flash: Flash, { address }: FlashPlan, doubts: readonly Doubt[]): Run {
  return { ...emptyRun, address, flash, doubts };
}

function written({ address, deviceid, fwVersion, url, digest, title }: FlashPlan) {
  return { host: address.host, deviceid, fwVersion, url: url.href, digest, title };
}

function read({ host, url: href, ...rest }: v.InferOutput<typeof planSchema>): FlashPlan | null {
  const address = parseAddress(host);
  const url = parseDownloadUrl(href);
  return address.ok && url.ok ? { ...rest, address: address.value, url: url.value } : null;
}
