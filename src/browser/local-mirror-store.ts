import * as v from 'valibot';
import { textSchema } from '../core/text-schema.ts';
import { type ThisComputer, unusedComputer } from '../flash/this-computer/state.ts';
import { downloadSchema } from '../native-messages/answers.ts';
import { createStorageItem } from './storage-item.ts';

const trouble = v.looseObject({ sentence: textSchema, action: textSchema });

const elsewhere = v.variant('from', [
  v.looseObject({ from: v.literal('release') }),
  v.looseObject({ from: v.literal('mirror'), url: v.string(), digest: v.string() }),
]);

/** As with the run, `storage.session` holds only what this very build wrote; the shape tells it from rubbish. */
const shape = v.looseObject({
  connection: v.variant('state', [
    v.looseObject({ state: v.picklist(['off', 'connecting']) }),
    v.looseObject({
      state: v.literal('connected'),
      program: v.string(),
      platform: v.string(),
      outlivesBrowser: v.boolean(),
    }),
    v.looseObject({ state: v.literal('trouble'), trouble }),
  ]),
  handingOver: v.variant('state', [
    v.looseObject({ state: v.literal('idle') }),
    v.looseObject({ state: v.literal('working'), name: v.string() }),
    v.looseObject({ state: v.literal('failed'), trouble, lacksPermission: v.exactOptional(elsewhere) }),
  ]),
  served: v.nullable(
    v.looseObject({
      name: v.string(),
      title: v.string(),
      sha256: v.string(),
      bytes: v.number(),
      url: v.string(),
    }),
  ),
  downloads: v.array(
    v.looseObject({
      ...downloadSchema.entries,
      begunAt: v.nullable(v.number()),
      reached: v.number(),
      silentFor: v.number(),
    }),
  ),
  found: v.array(
    v.looseObject({ deviceId: v.string(), address: v.string(), kind: v.string(), mode: v.string() }),
  ),
});

/** What is known of the local mirror, as it was last written. */
export const thisComputerItem = createStorageItem<ThisComputer>(
  'session',
  'this-computer',
  v.fallback(
    v.custom<ThisComputer>((value) => v.is(shape, value)),
    unusedComputer,
  ),
);
