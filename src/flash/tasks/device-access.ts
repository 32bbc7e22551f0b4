import type { Clock } from '../../core/clock.ts';
import { createDeviceQueue, type DeviceQueue } from '../../zeroconf/client/client.ts';
import type { Whose } from '../run/whose.ts';

/** What everybody who speaks with devices shares: one request at a time, and no flash while a tool is at work. */
export interface DeviceAccess {
  readonly queue: DeviceQueue;
  /** Says that a tool is at work on this device, until the answer is called. */
  reserve(whose: Whose): () => void;
  /** Whether a tool is at work on what may be this device. */
  isReserved(whose: Whose): boolean;
}

/** An access on `clock`; there is one for each background. */
export function createDeviceAccess(clock: Clock): DeviceAccess {
  const reserved = new Set<Whose>();
  return {
    queue: createDeviceQueue(clock),
    reserve(whose) {
      const own = { ...whose };
      reserved.add(own);
      return () => void reserved.delete(own);
    },
    isReserved: (whose) => [...reserved].some((other) => isPerhaps(other, whose)),
  };
}

/** One device can have several addresses, and one without an id may be any of them. */
function isPerhaps(one: Whose, other: Whose): boolean {
  if (one.deviceid === null || other.deviceid === null) return true;
  return one.deviceid === other.deviceid || one.address.host === other.address.host;
}
