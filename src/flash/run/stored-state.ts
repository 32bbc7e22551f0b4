import * as v from 'valibot';
import { textSchema } from '../../core/text-schema.ts';
import { eventSchema } from '../journal/events.ts';
import type { FlashList } from '../several/flash-list.ts';
import { listSchema } from '../several/stored-list.ts';
import type { FirmwareSource } from '../source/firmware-source.ts';
import { emptyState, type FlashState, runAt } from '../state.ts';
import type { DeviceRun } from './device-run.ts';
import type { Doubt } from './doubts.ts';
import { outcomeSchema } from './stored-outcome.ts';
import { deviceStep, imageStep, mirrorStep, step, urlShape } from './stored-steps.ts';
import { readUnfinishedFlash } from './unfinished-flash.ts';
import { isSame } from './whose.ts';

const address = v.looseObject({ host: v.string() });
const plan = v.looseObject({
  address,
  deviceid: v.nullable(v.string()),
  idIsTyped: v.exactOptional(v.literal(true)),
  fwVersion: v.nullable(v.string()),
  url: urlShape,
  digest: v.string(),
  title: textSchema,
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

const seenShape = v.looseObject({
  kind: v.picklist(['tasmota', 'esphome', 'other', 'nothing']),
  says: textSchema,
  remark: v.nullable(textSchema),
  trouble: v.exactOptional(v.string()),
  proves: v.boolean(),
});

const runShape = v.looseObject({
  address,
  typedId: v.string(),
  device: deviceStep,
  unlock: step(v.null()),
  flash,
  proof: v.nullable(v.looseObject({ address, look: step(seenShape) })),
  journal: v.array(eventSchema),
});
const sourceShape = v.looseObject({
  firmware: v.nullable(urlShape),
  image: imageStep,
  mirror: mirrorStep,
  journal: v.array(eventSchema),
});
const doubtShape = v.looseObject({
  plan,
  at: v.number(),
  outcome: outcomeSchema,
  holdLeft: v.number(),
  lasted: v.number(),
  seenAt: v.number(),
});
const stateParts = {
  version: v.literal(emptyState.version),
  shown: v.nullable(v.string()),
};
const stateShape = v.looseObject({
  ...stateParts,
  runs: v.array(runShape),
  source: sourceShape,
  doubts: v.array(doubtShape),
  list: v.nullable(listSchema),
  sentTo: v.array(v.string()),
});
/** The same with any of its parts damaged. */
const remainsShape = v.looseObject({
  ...stateParts,
  runs: v.array(v.unknown()),
  source: v.unknown(),
  doubts: v.array(v.unknown()),
  list: v.optional(v.unknown(), null),
  sentTo: v.fallback(v.array(v.string()), []),
});

const stateSchema = v.custom<FlashState>((value) => v.is(stateShape, value));
const runSchema = v.custom<DeviceRun>((value) => v.is(runShape, value));
const sourceSchema = v.custom<FirmwareSource>((value) => v.is(sourceShape, value));
const keptListSchema = v.custom<FlashList | null>((value) => v.is(v.nullable(listSchema), value));
const doubtSchema = v.custom<Doubt>((value) => v.is(doubtShape, value));

/** What could be read, and whether there is more that could not. */
export interface ReadState {
  readonly state: FlashState;
  readonly damaged: boolean;
}

/**
 * Reads the state from `session`, where this session of the browser wrote it, and from `local`, where what has to
 * outlive it was written before; each is undefined where nothing was written. What is unreadable damages only itself,
 * and what of it a device must not be robbed of is taken from `local`.
 */
export function readStoredState(session: unknown, local: unknown): ReadState {
  const left = readUnfinishedFlash(local);
  const kept = left.state ?? emptyState;
  if (session === undefined) return { state: kept, damaged: left.damaged };
  const whole = v.safeParse(stateSchema, session);
  if (whole.success) return { state: whole.output, damaged: false };
  const remains = v.safeParse(remainsShape, session);
  if (!remains.success) return { state: kept, damaged: true };
  const { shown, list, sentTo } = remains.output;
  const source = withoutDamagedEvents(remains.output.source);
  const state: FlashState = {
    version: emptyState.version,
    runs: readAll(runSchema, remains.output.runs.map(withoutDamagedEvents)),
    shown,
    source: v.is(sourceSchema, source) ? source : emptyState.source,
    doubts: readAll(doubtSchema, remains.output.doubts),
    list: v.is(keptListSchema, list) ? list : kept.list,
    sentTo,
  };
  return { state: completed(state, kept), damaged: true };
}

/** A log that cannot be read must not take with it what it is the log of. */
function withoutDamagedEvents(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null) return stored;
  const journal = 'journal' in stored && Array.isArray(stored.journal) ? stored.journal : [];
  return { ...stored, journal: readAll(eventSchema, journal) };
}

/** `state`, of which something is lost, with what `kept` knows of it. */
function completed(state: FlashState, kept: FlashState): FlashState {
  const runs = [...state.runs, ...kept.runs.filter(({ address }) => runAt(state, address.host) === null)];
  const isKept = ({ plan }: Doubt) => kept.doubts.some((doubt) => isSame(doubt.plan, plan));
  const whole = {
    ...state,
    runs,
    doubts: [...state.doubts.filter((doubt) => !isKept(doubt)), ...kept.doubts],
  };
  const { shown } = state;
  return shown !== null && runAt(whole, shown) !== null ? whole : { ...whole, shown: kept.shown };
}

function readAll<Value>(schema: v.GenericSchema<unknown, Value>, stored: readonly unknown[]): Value[] {
  return stored.flatMap((one) => {
    const read = v.safeParse(schema, one);
    return read.success ? [read.output] : [];
  });
}
