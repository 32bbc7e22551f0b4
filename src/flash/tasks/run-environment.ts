import type { Clock } from '../../core/clock.ts';
import type { Wording } from '../../core/text.ts';
import type { Releases } from '../../firmware/releases/releases.ts';
import type { Address } from '../../zeroconf/device/address.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import type { FlashState } from '../state.ts';
import type { LocalMirrorWays } from '../this-computer/local-mirror-ways.ts';
import type { WatchTimings } from '../watch/advance-watch.ts';

/** What a firmware source needs from outside: it speaks to mirrors only and has no way to reach a device. */
export interface SourceEnvironment {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  mayReachMirror(url: string): Promise<boolean>;
  /** Runs `work` while requests to the origin of `url` carry `Host: dl.itead.cn`, where that is possible. */
  withDeviceHost<Value>(
    url: string,
    work: (override: 'active' | 'unavailable') => Promise<Value>,
  ): Promise<Value>;
  /** Where it is known from that the mirror of `url` answers for `dl.itead.cn` too; null where it is not. */
  hostKnownFrom(url: string): Promise<Wording | null>;
  /** Official releases, where they can be had; null otherwise. */
  releases(signal: AbortSignal): Promise<Releases | null>;
  /** What the program on this computer adds, where the shell has a way to it. */
  readonly localMirror?: LocalMirrorWays;
}

/** What runs need from outside; the background hands it the browser's, a test its own. */
export interface RunEnvironment extends SourceEnvironment {
  readonly watchTimings: WatchTimings;
  /** Writes the state where views and a later background find it. */
  save(state: FlashState): Promise<void>;
  mayReachDevice(address: Address): Promise<boolean>;
  /** Whether port 80 of the device may be read, where Tasmota would answer. */
  mayReachTasmota(address: Address): Promise<boolean>;
  /** Time-outs for `info` and `ota_unlock` in milliseconds, as the person set them. */
  timeouts(): Promise<{ readonly info: number; readonly ota_unlock: number }>;
  /** Remembers a device that answered. */
  remember(address: Address, info: DeviceInfo): Promise<void>;
}
