import type { Clock } from '../../core/clock.ts';
import type { Text } from '../../core/text.ts';
import { createDeviceQueue, type DeviceQueue } from '../../zeroconf/client/client.ts';
import { isSurelyAnother, type Whose } from '../run/whose.ts';

/** What everybody who speaks with devices shares: one request at a time, and no flash while something else is at work. */
export interface DeviceAccess {
  readonly queue: DeviceQueue;
  /** Keeps others from this device until the answer is called; `why` is what they are told. */
  reserve(whose: Whose, why: Text): () => void;
  /** Why what may be this device is kept from others now, or null. */
  whyReserved(whose: Whose): Text | null;
}

/** An access on `clock`; there is one for each background. */
export function createDeviceAccess(clock: Clock): DeviceAccess {
  const reserved = new Set<{ readonly whose: Whose; readonly why: Text }>();
  return {
    queue: createDeviceQueue(clock),
    reserve(whose, why) {
      const own = { whose, why };
      reserved.add(own);
      return () => void reserved.delete(own);
    },
    whyReserved: (whose) => [...reserved].find((other) => isPerhaps(other.whose, whose))?.why ?? null,
  };
}

/** One device can have several addresses, and one without an id may be any of them. */
function isPerhaps(one: Whose, other: Whose): boolean {
  return one.address.host === other.address.host || !isSurelyAnother(one, other);
}
