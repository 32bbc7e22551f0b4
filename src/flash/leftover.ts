import * as v from 'valibot';
import { parseDownloadUrl } from '../mirror/url-rules.ts';
import { parseAddress } from '../zeroconf/address.ts';
import { emptyRun, type Flash, type Run } from './run.ts';

const outcomeSchema = v.object({
  kind: v.picklist(['flashed', 'probably-flashed', 'not-flashed', 'do-not-restart', 'unknown']),
  leaves: v.literal('in-doubt'),
  title: v.string(),
  sentence: v.string(),
  steps: v.array(v.string()),
});

const leftoverSchema = v.object({
  version: v.literal(1),
  at: v.number(),
  host: v.string(),
  deviceid: v.nullable(v.string()),
  url: v.string(),
  digest: v.string(),
  title: v.string(),
  /** How it ended; null while it is under way. */
  outcome: v.nullable(outcomeSchema),
});

/**
 * What has to outlive the browser: a flash that may have reached the device, and one that left it in doubt. The
 * run itself is gone when the browser is closed or the extension updated, and with it the warning not to cut the
 * device's power, and the knowledge that it has been asked already.
 */
export type Leftover = v.InferOutput<typeof leftoverSchema>;

/** What of `run` has to outlive the browser, or null. */
export function leftoverOf({ flash }: Run): Leftover | null {
  if (flash.stage === 'idle' || flash.stage === 'checking') return null;
  const { address, deviceid, url, digest, title } = flash.deed;
  const deed = { version: 1, host: address.host, deviceid, url: url.href, digest, title } as const;
  if (flash.stage !== 'ended') {
    return { ...deed, at: flash.stage === 'requested' ? flash.at : flash.watch.since, outcome: null };
  }
  const { kind, leaves, steps, sentence, title: heading } = flash.outcome;
  if (leaves !== 'in-doubt') return null;
  return { ...deed, at: flash.at, outcome: { kind, leaves, title: heading, sentence, steps: [...steps] } };
}

/** How long a leftover says something about the device, in milliseconds. */
const goodFor = 24 * 3_600_000;

/** The run that takes up what an earlier browser session left in `stored`, or null when that is nothing. */
export function runOfLeftover(stored: unknown, now: number): Run | null {
  const parsed = v.safeParse(leftoverSchema, stored);
  if (!parsed.success || now - parsed.output.at > goodFor) return null;
  const { at, host, deviceid, url: href, digest, title, outcome } = parsed.output;
  const address = parseAddress(host);
  const url = parseDownloadUrl(href);
  if (!address.ok || !url.ok) return null;
  const deed = { address: address.value, deviceid, url: url.value, digest, title };
  const flash: Flash =
    outcome === null ? { stage: 'requested', deed, at } : { stage: 'ended', deed, at, outcome };
  return { ...emptyRun, address: address.value, flash, inDoubt: outcome !== null };
}
