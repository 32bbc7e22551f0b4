import * as v from 'valibot';
import { leavings, outcomeKinds } from './outcome.ts';
import { emptyRun, type Run } from './run.ts';

/*
 * `storage.session` holds only what this very build wrote, since the browser empties it when the extension is
 * updated, reloaded or switched off. But a disk can be full and a browser can be killed, so what the engine and the
 * pages rely on is looked at before it is believed.
 */

const { looseObject: object, nullable, array, string, number, boolean, literal, picklist } = v;

const failure = object({ kind: string(), sentence: string(), action: string() });
const check = object({
  id: string(),
  title: string(),
  answer: picklist(['pass', 'warn', 'fail', 'unknown']),
  sentence: string(),
});
const progress = nullable(object({ received: number(), total: nullable(number()) }));
const address = object({ host: string() });
const url = object({ href: string(), origin: string(), host: string(), path: string(), file: string() });

function step<Schema extends v.GenericSchema>(value: Schema) {
  return v.variant('state', [
    object({ state: literal('idle') }),
    object({ state: literal('working'), since: number(), progress }),
    object({ state: literal('done'), at: number(), value }),
    object({ state: literal('failed'), at: number(), failure }),
  ]);
}

const deviceStep = step(
  object({
    deviceid: nullable(string()),
    refusesId: boolean(),
    fwVersion: nullable(string()),
    otaUnlock: nullable(boolean()),
    other: object({}),
  }),
);

/** A fetched image, and what a mirror answered, as steps. */
export const imageStep = step(
  object({
    url,
    report: object({
      title: string(),
      digest: string(),
      size: number(),
      answer: picklist(['pass', 'warn', 'fail', 'unknown']),
      checks: array(check),
    }),
    slices: array(object({ start: number(), digest: string() })),
    etag: nullable(string()),
  }),
);
export const mirrorStep = step(object({ url: string(), digest: string(), checks: array(check) }));

/** What a mirror lists, as a step. */
export const listingStep = step(array(object({ file: string(), refused: nullable(string()) })));

const deed = object({
  address,
  deviceid: nullable(string()),
  fwVersion: nullable(string()),
  url,
  digest: string(),
  title: string(),
});
const outcome = object({
  kind: picklist(outcomeKinds),
  leaves: picklist(leavings),
  mayDownload: boolean(),
  title: string(),
  sentence: string(),
  steps: array(string()),
});
const watch = object({
  since: number(),
  accepted: boolean(),
  watched: number(),
  goneFor: number(),
  misses: number(),
});

const flash = v.variant('stage', [
  object({ stage: literal('idle') }),
  object({ stage: literal('checking'), deed }),
  object({ stage: literal('requested'), deed, at: number() }),
  object({ stage: picklist(['downloading', 'restarting']), deed, watch }),
  object({ stage: literal('ended'), deed, at: number(), outcome, seenSince: boolean() }),
]);

const run = object({
  version: literal(emptyRun.version),
  address: nullable(address),
  typedId: string(),
  device: deviceStep,
  unlock: step(v.null()),
  firmware: nullable(url),
  image: imageStep,
  mirror: mirrorStep,
  flash,
  doubts: array(
    object({ deed, at: number(), outcome, holdLeft: number(), lasted: number(), seenAt: number() }),
  ),
  journal: array(object({ at: number(), text: string() })),
});
const stored = v.custom<Run>((value) => v.is(run, value));

/** The run that lies in `value`, or null when that is damaged or nothing. */
export function readStoredRun(value: unknown): Run | null {
  const parsed = v.safeParse(stored, value);
  return parsed.success ? parsed.output : null;
}
