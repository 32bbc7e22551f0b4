import * as v from 'valibot';
import type { Result } from '../../core/result.ts';
import type { ZeroconfClient } from '../../zeroconf/client/client.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import type { ZeroconfFailure } from '../../zeroconf/errors/zeroconf-failure.ts';

/** A relay and how it stands. `outlet` is null where the device has one relay and no numbers for it. */
export const relaySchema = v.strictObject({
  outlet: v.nullable(v.pipe(v.number(), v.integer())),
  state: v.picklist(['on', 'off']),
});

export type Relay = v.InferOutput<typeof relaySchema>;

const outletsSchema = v.array(
  v.looseObject({ outlet: v.pipe(v.number(), v.integer()), switch: relaySchema.entries.state }),
);

/** The relay that a device speaks of in `info`: its only one, or the first of several; null where it tells of none. */
export function relayOf({ switch: only, hasSwitches, other }: DeviceInfo): Relay | null {
  const outlets = v.safeParse(outletsSchema, other.switches);
  const [first] = hasSwitches && outlets.success ? outlets.output : [];
  if (first !== undefined) return { outlet: first.outlet, state: first.switch };
  return v.is(relaySchema.entries.state, only) ? { outlet: null, state: only } : null;
}

/** The same relay the other way round. */
export function opposite({ outlet, state }: Relay): Relay {
  return { outlet, state: state === 'on' ? 'off' : 'on' };
}

/** Brings the relay into the state that `relay` says. */
export function setRelay(
  client: ZeroconfClient,
  { outlet, state }: Relay,
  signal: AbortSignal,
): Promise<Result<null, ZeroconfFailure>> {
  return outlet === null
    ? client.switch(state, signal)
    : client.switches([{ switch: state, outlet }], signal);
}
