import * as v from 'valibot';
import { assurances } from '../../core/assurance.ts';
import { wordingSchema } from '../../core/text-schema.ts';
import { emptyRun, type Run } from './run.ts';
import { outcomeSchema } from './stored-outcome.ts';

/*
 * `storage.session` holds only what this very build wrote, since the browser empties it when the extension is
 * updated, reloaded or switched off. But a disk can be full and a browser can be killed, so what the engine and the
 * pages rely on is looked at before it is believed.
 */

const failure = v.looseObject({
  kind: v.string(),
  sentence: wordingSchema,
  assurance: v.exactOptional(v.picklist(assurances)),
  action: wordingSchema,
});
const check = v.looseObject({
  id: v.string(),
  title: wordingSchema,
  answer: v.picklist(['pass', 'warn', 'fail', 'unknown']),
  sentence: wordingSchema,
  action: v.optional(wordingSchema),
});
const progress = v.nullable(v.looseObject({ received: v.number(), total: v.nullable(v.number()) }));
const address = v.looseObject({ host: v.string() });
const url = v.looseObject({
  href: v.string(),
  origin: v.string(),
  host: v.string(),
  path: v.string(),
  file: v.string(),
});

function step<Schema extends v.GenericSchema>(value: Schema) {
  return v.variant('state', [
    v.looseObject({ state: v.literal('idle') }),
    v.looseObject({ state: v.literal('working'), since: v.number(), progress }),
    v.looseObject({ state: v.literal('done'), at: v.number(), value }),
    v.looseObject({ state: v.literal('failed'), at: v.number(), failure }),
  ]);
}

const deviceStep = step(
  v.looseObject({
    deviceid: v.nullable(v.string()),
    refusesId: v.boolean(),
    fwVersion: v.nullable(v.string()),
    otaUnlock: v.nullable(v.boolean()),
    other: v.looseObject({}),
  }),
);

/** A fetched image, and what a mirror answered, as steps. */
export const imageStep = step(
  v.looseObject({
    url,
    report: v.looseObject({
      title: v.string(),
      digest: v.string(),
      size: v.number(),
      answer: v.picklist(['pass', 'warn', 'fail', 'unknown']),
      checks: v.array(check),
    }),
    slices: v.array(v.looseObject({ start: v.number(), digest: v.string() })),
    etag: v.nullable(v.string()),
  }),
);
export const mirrorStep = step(
  v.looseObject({ url: v.string(), digest: v.string(), checks: v.array(check) }),
);

/** What a mirror lists, as a step. */
export const listingStep = step(
  v.array(v.looseObject({ file: v.string(), refused: v.nullable(v.string()) })),
);

const plan = v.looseObject({
  address,
  deviceid: v.nullable(v.string()),
  fwVersion: v.nullable(v.string()),
  url,
  digest: v.string(),
  title: v.string(),
});
const watch = v.looseObject({
  since: v.number(),
  accepted: v.boolean(),
  watched: v.number(),
  goneFor: v.number(),
  misses: v.number(),
});

const flash = v.variant('stage', [
  v.looseObject({ stage: v.literal('idle') }),
  v.looseObject({ stage: v.literal('checking'), plan }),
  v.looseObject({ stage: v.literal('requested'), plan, at: v.number() }),
  v.looseObject({ stage: v.picklist(['downloading', 'restarting']), plan, watch }),
  v.looseObject({
    stage: v.literal('ended'),
    plan,
    at: v.number(),
    outcome: outcomeSchema,
    seenSince: v.boolean(),
  }),
]);

const run = v.looseObject({
  version: v.literal(emptyRun.version),
  address: v.nullable(address),
  typedId: v.string(),
  device: deviceStep,
  unlock: step(v.null()),
  firmware: v.nullable(url),
  image: imageStep,
  mirror: mirrorStep,
  flash,
  doubts: v.array(
    v.looseObject({
      plan,
      at: v.number(),
      outcome: outcomeSchema,
      holdLeft: v.number(),
      lasted: v.number(),
      seenAt: v.number(),
    }),
  ),
  journal: v.array(v.looseObject({ at: v.number(), text: v.string() })),
});
const stored = v.custom<Run>((value) => v.is(run, value));

/** The run that lies in `value`, or null when that is damaged or nothing. */
export function readStoredRun(value: unknown): Run | null {
  const parsed = v.safeParse(stored, value);
  return parsed.success ? parsed.output : null;
}
