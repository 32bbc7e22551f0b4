import * as v from 'valibot';

/** A device that answered before. `seenAt` is milliseconds since the epoch. */
const deviceSchema = v.object({
  host: v.pipe(v.string(), v.maxLength(255)),
  deviceid: v.nullable(v.string()),
  fwVersion: v.nullable(v.string()),
  seenAt: v.number(),
});
export type RememberedDevice = v.InferOutput<typeof deviceSchema>;

/** Stored devices; rows that are damaged are left out, anything that is no list is an empty one. */
export const rememberedDevicesSchema = v.fallback(
  v.pipe(
    v.array(v.unknown()),
    v.transform((rows) => rows.filter((row): row is RememberedDevice => v.is(deviceSchema, row))),
  ),
  [],
);

const kept = 8;

/** The list with `device` at its head, one row for each host, the oldest gone. */
export function remember(devices: readonly RememberedDevice[], device: RememberedDevice): RememberedDevice[] {
  return [device, ...forget(devices, device.host)].slice(0, kept);
}

/** The list without the device at `host`. */
export function forget(devices: readonly RememberedDevice[], host: string): RememberedDevice[] {
  return devices.filter((device) => device.host !== host);
}
