import * as v from 'valibot';
import { assurances } from '../../core/assurance.ts';
import { textSchema } from '../../core/text-schema.ts';
import { relaySchema } from './relay.ts';

/** What a person can do with a device besides flashing it. */
const toolNames = ['identify', 'signal', 'wifi', 'startup', 'pulse'] as const;

export type ToolName = (typeof toolNames)[number];

const failureSchema = v.strictObject({
  kind: v.string(),
  sentence: textSchema,
  action: textSchema,
  assurance: v.exactOptional(v.picklist(assurances)),
  trouble: v.exactOptional(v.string()),
});

/** How far something has come that ends with a `Value`; as `Step`, with what is stored of it read strictly. */
function stepOf<Value>(value: v.GenericSchema<unknown, Value>) {
  return v.variant('state', [
    v.strictObject({ state: v.literal('working'), since: v.number() }),
    v.strictObject({ state: v.literal('done'), at: v.number(), value }),
    v.strictObject({ state: v.literal('failed'), at: v.number(), failure: failureSchema }),
  ]);
}

/** What came of it, and what to do next. */
const reportSchema = v.strictObject({ sentence: textSchema, action: v.nullable(textSchema) });

export type ToolReport = v.InferOutput<typeof reportSchema>;

const toolStateSchema = v.strictObject({
  tool: v.picklist(toolNames),
  deviceid: v.nullable(v.string()),
  refusesId: v.boolean(),
  step: stepOf(reportSchema),
  /** How a relay stood that was clicked and has not been put back yet; null when none has to be. */
  owed: v.nullable(relaySchema),
});

/** The last tool that was used on a device, and what came of it. */
export type ToolState = v.InferOutput<typeof toolStateSchema>;

/** By the address of the device. */
export const toolStatesSchema = v.fallback(v.record(v.string(), toolStateSchema), {});

export type ToolStates = Readonly<Record<string, ToolState>>;

const rawReplySchema = v.strictObject({
  status: v.number(),
  statusText: v.string(),
  headers: v.pipe(v.array(v.pipe(v.tuple([v.string(), v.string()]), v.readonly())), v.readonly()),
  body: v.string(),
  cut: v.boolean(),
  ms: v.number(),
});

const handRequestSchema = v.strictObject({
  host: v.string(),
  command: v.string(),
  /** As it was sent, but without passwords. */
  body: v.string(),
  step: stepOf(rawReplySchema),
});

/** A request that a person sent by hand, and the raw reply. */
export type HandRequest = v.InferOutput<typeof handRequestSchema>;

/** The last ones in order, by a key of no meaning. */
export const handRequestsSchema = v.fallback(v.record(v.string(), handRequestSchema), {});

export type HandRequests = Readonly<Record<string, HandRequest>>;
