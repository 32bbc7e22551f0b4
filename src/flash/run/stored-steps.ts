import * as v from 'valibot';
import { assurances } from '../../core/assurance.ts';
import { textSchema } from '../../core/text-schema.ts';

/*
 * `storage.session` holds only what this very build wrote, since the browser empties it when the extension is
 * updated, reloaded or switched off. But a disk can be full and a browser can be killed, so what the engine and the
 * pages rely on is looked at before it is believed.
 */

const failure = v.looseObject({
  kind: v.string(),
  sentence: textSchema,
  assurance: v.exactOptional(v.picklist(assurances)),
  trouble: v.exactOptional(v.string()),
  action: textSchema,
});
const check = v.looseObject({
  id: v.string(),
  title: textSchema,
  answer: v.picklist(['pass', 'warn', 'fail', 'unknown']),
  sentence: textSchema,
  action: v.optional(textSchema),
  trouble: v.exactOptional(v.string()),
});
const progress = v.nullable(v.looseObject({ received: v.number(), total: v.nullable(v.number()) }));
/** A `DownloadUrl`. */
export const urlShape = v.looseObject({
  href: v.string(),
  origin: v.string(),
  host: v.string(),
  path: v.string(),
  file: v.string(),
});

/** A step whose value has the shape `value`. */
export function step<Schema extends v.GenericSchema>(value: Schema) {
  return v.variant('state', [
    v.looseObject({ state: v.literal('idle') }),
    v.looseObject({ state: v.literal('working'), since: v.number(), progress }),
    v.looseObject({ state: v.literal('done'), at: v.number(), value }),
    v.looseObject({ state: v.literal('failed'), at: v.number(), failure }),
  ]);
}

/** What a device told, as a step. */
export const deviceStep = step(
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
    url: urlShape,
    report: v.looseObject({
      title: textSchema,
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
  v.array(v.looseObject({ file: v.string(), refused: v.nullable(textSchema) })),
);
