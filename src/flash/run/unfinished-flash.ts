import * as v from 'valibot';
import { parseDownloadUrl } from '../../mirror/url/url-rules.ts';
import { longestDownload } from '../../zeroconf/client/longest-download.ts';
import { parseAddress } from '../../zeroconf/device/address.ts';
import type { FlashList } from '../several/flash-list.ts';
import { lastingList, readLastingList } from '../several/stored-list.ts';
import { emptyState, type FlashState } from '../state.ts';
import { type DeviceRun, type Flash, type FlashPlan, isFlashing, noRun } from './device-run.ts';
import type { Doubt } from './doubts.ts';
import { outcomeSchema, storedText } from './stored-outcome.ts';

const planSchema = v.object({
  host: v.string(),
  deviceid: v.nullable(v.string()),
  idIsTyped: v.exactOptional(v.literal(true)),
  fwVersion: v.nullable(v.string()),
  url: v.string(),
  digest: v.string(),
  title: storedText,
});

/** A flash that is under way. */
const outSchema = v.object({ at: v.number(), plan: planSchema });

const doubtSchema = v.object({
  plan: planSchema,
  at: v.number(),
  outcome: outcomeSchema,
  held: v.boolean(),
  lasted: v.number(),
  seenAt: v.number(),
});

/** What can be read of a record, part by part: a damaged one must not take the warning about another device away. */
const recordSchema = v.object({
  version: v.literal(3),
  flashes: v.array(v.unknown()),
  doubts: v.array(v.unknown()),
  /** Not there where no list of devices was being flashed. */
  list: v.optional(v.unknown()),
});

/** As it was written when there was one run for all devices, with one flash or null. */
const version2Schema = v.object({
  version: v.literal(2),
  flash: v.unknown(),
  doubts: v.array(v.unknown()),
});

/** An update of the extension must not forget a device in doubt. */
const migratedSchema = v.union([
  recordSchema,
  v.pipe(
    version2Schema,
    v.transform(({ flash, doubts }) => ({ flashes: flash === null ? [] : [flash], doubts, list: undefined })),
  ),
]);

/**
 * What has to outlive the browser: flashes that may have reached their devices, and what earlier ones left in doubt.
 * The runs themselves are gone when the browser is closed or the extension updated, and with them the warning not to
 * cut a device's power, and the knowledge that it has been asked already.
 */
export interface UnfinishedFlash {
  readonly version: 3;
  readonly flashes: readonly v.InferOutput<typeof outSchema>[];
  readonly doubts: readonly v.InferOutput<typeof doubtSchema>[];
  readonly list?: FlashList;
}

/** What of `state` has to outlive the browser, or null. How far a hold has come is not in it: it begins anew. */
export function unfinishedFlashOf({
  runs,
  doubts,
  list,
}: Pick<FlashState, 'runs' | 'doubts' | 'list'>): UnfinishedFlash | null {
  const flashes = runs.flatMap(({ flash }) => {
    if (!isFlashing(flash) || flash.stage === 'checking') return [];
    return [{ at: flash.stage === 'requested' ? flash.at : flash.watch.since, plan: written(flash.plan) }];
  });
  const lasting = lastingList(list);
  if (flashes.length === 0 && doubts.length === 0 && lasting === null) return null;
  return {
    version: 3,
    flashes,
    doubts: doubts.map(({ plan, at, outcome, holdLeft, lasted, seenAt }) => ({
      plan: written(plan),
      at,
      outcome: { ...outcome, steps: [...outcome.steps] },
      held: holdLeft > 0,
      lasted,
      seenAt,
    })),
    ...(lasting === null ? {} : { list: lasting }),
  };
}

/** What an earlier browser session left: the state that takes it up, null when there is none. */
export interface LeftOver {
  readonly state: FlashState | null;
  /** Whether there is more that could not be read. */
  readonly damaged: boolean;
}

/** Reads `stored`, where an earlier browser session left what has to outlive it; undefined where it left nothing. */
export function readUnfinishedFlash(stored: unknown): LeftOver {
  const parsed = v.safeParse(migratedSchema, stored);
  if (!parsed.success) return { state: null, damaged: stored !== undefined };
  const doubts = parsed.output.doubts.flatMap(readDoubt);
  const out = parsed.output.flashes.flatMap(readFlash);
  const list = readLastingList(parsed.output.list);
  const damaged =
    out.length < parsed.output.flashes.length ||
    doubts.length < parsed.output.doubts.length ||
    (list === null && parsed.output.list !== undefined);
  const last = doubts.at(-1);
  const runs = out.length > 0 ? out : last === undefined ? [] : [runWith(shown(last), last.plan)];
  const shownOne = runs.at(-1);
  if (shownOne === undefined && list === null) return { state: null, damaged };
  return { state: { ...emptyState, runs, shown: shownOne?.address.host ?? null, doubts, list }, damaged };
}

function readFlash(stored: unknown): DeviceRun[] {
  const parsed = v.safeParse(outSchema, stored);
  const plan = parsed.success ? read(parsed.output.plan) : null;
  if (!parsed.success || plan === null) return [];
  return [runWith({ stage: 'requested', plan, at: parsed.output.at }, plan)];
}

function readDoubt(stored: unknown): Doubt[] {
  const parsed = v.safeParse(doubtSchema, stored);
  if (!parsed.success) return [];
  const { plan: text, held, ...rest } = parsed.output;
  const plan = read(text);
  return plan === null ? [] : [{ ...rest, plan, holdLeft: held ? longestDownload.ms : 0 }];
}

/** The flash that shows how an earlier one of this device ended; it has to be asked for Info before another. */
export function shown({ plan, at, outcome }: Doubt): Flash {
  return { stage: 'ended', plan, at, outcome, seenSince: false };
}

function runWith(flash: Flash, { address }: FlashPlan): DeviceRun {
  return { ...noRun, address, flash };
}

function written({ address, url, ...rest }: FlashPlan): v.InferOutput<typeof planSchema> {
  return { ...rest, host: address.host, url: url.href };
}

function read({ host, url: href, ...rest }: v.InferOutput<typeof planSchema>): FlashPlan | null {
  const address = parseAddress(host);
  const url = parseDownloadUrl(href);
  return address.ok && url.ok ? { ...rest, address: address.value, url: url.value } : null;
}
