import * as v from 'valibot';
import type { ShownRun } from '../run/device-run.ts';
import { type OutcomeKind, outcomeKinds } from '../run/outcome.ts';
import { type FlashState, journalOf } from '../state.ts';
import { eventSchema, type JournalEvent, momentSchema } from './events.ts';
import { redactionOf } from './redaction.ts';

/** What is kept of a run. All of it may be shown to others: what tells about a home was taken out before. */
export interface RunRecord {
  readonly version: 1;
  /** Milliseconds since the epoch; also what tells one run from another. */
  readonly began: number;
  readonly ended: number;
  readonly host: string;
  readonly fwVersion: string | null;
  readonly url: string;
  readonly digest: string;
  /** How the last flash of the run ended. */
  readonly outcome: OutcomeKind;
  readonly events: readonly JournalEvent[];
}

/** A record that comes from storage. */
export const recordSchema: v.GenericSchema<RunRecord> = v.strictObject({
  version: v.literal(1),
  began: momentSchema,
  ended: momentSchema,
  host: v.string(),
  fwVersion: v.nullable(v.string()),
  url: v.string(),
  digest: v.string(),
  outcome: v.picklist(outcomeKinds),
  events: v.array(eventSchema),
});

/** What a run shares with those of other devices. */
export type Shared = Pick<FlashState, 'source' | 'doubts'>;

/** The record of `run`; null while no flash of it has ended. */
export function recordOf(run: ShownRun, { source, doubts }: Shared): RunRecord | null {
  if (run.flash.stage !== 'ended') return null;
  const { plan, at, outcome } = run.flash;
  const events = journalOf(run, source);
  const redaction = redactionOf(events, secretsOf(run, doubts));
  return {
    version: 1,
    began: run.journal[0]?.at ?? at,
    ended: at,
    host: redaction.words(plan.address.host),
    fwVersion: plan.fwVersion,
    url: redaction.words(plan.url.href),
    digest: plan.digest,
    outcome: outcome.kind,
    events: events.map(redaction.event),
  };
}

/** The ids of devices that a run knows, which need not stand under their name in its journal. */
export function secretsOf({ typedId, device, flash }: ShownRun, doubts: Shared['doubts']): readonly string[] {
  const plans = [...(flash.stage === 'idle' ? [] : [flash.plan]), ...doubts.map(({ plan }) => plan)];
  const told = device.state === 'done' ? [device.value.deviceid] : [];
  return [typedId, ...told, ...plans.map(({ deviceid }) => deviceid)].flatMap((id) => (id ? [id] : []));
}
