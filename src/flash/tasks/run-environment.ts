import type { Clock } from '../../core/clock.ts';
import type { Wording } from '../../core/text.ts';
import type { Releases } from '../../firmware/releases/releases.ts';
import type { Address } from '../../zeroconf/device/address.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import type { Run } from '../run/run.ts';
import type { WatchTimings } from '../watch/advance-watch.ts';

/** What a run needs from outside; the background hands it the browser's, a test its own. */
export interface RunEnvironment {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly watchTimings: WatchTimings;
  /** Writes the run where views and a later background find it. */
  save(run: Run): Promise<void>;
  mayReachDevice(address: Address): Promise<boolean>;
  mayReachMirror(url: string): Promise<boolean>;
  /** Whether port 80 of the device may be read, where Tasmota would answer. */
  mayReachTasmota(address: Address): Promise<boolean>;
  /** Runs `work` while requests to the origin of `url` carry `Host: dl.itead.cn`, where that is possible. */
  withDeviceHost<Value>(
    url: string,
    work: (override: 'active' | 'unavailable') => Promise<Value>,
  ): Promise<Value>;
  /** Where it is known from that the mirror of `url` answers for `dl.itead.cn` too; null where it is not. */
  hostKnownFrom(url: string): Promise<string | null>;
  /** Time-outs for `info` and `ota_unlock` in milliseconds, as the person set them. */
  timeouts(): Promise<{ readonly info: number; readonly ota_unlock: number }>;
  /** Official releases, where they can be had; null otherwise. */
  releases(signal: AbortSignal): Promise<Releases | null>;
  /** `wording` as the person reads it, for the journal. */
  words(wording: Wording): string;
  /** Remembers a device that answered. */
  remember(address: Address, info: DeviceInfo): Promise<void>;
}
