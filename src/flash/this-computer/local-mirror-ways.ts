import type { Check } from '../../core/check.ts';
import type { FlashPlan } from '../run/device-run.ts';
import type { Trouble } from './troubles.ts';
import type { Verdict } from './verdict.ts';

/** What the program on this computer adds to a run. Without the program, none of it is missing. */
export interface LocalMirrorWays {
  /** Whether the image at `url` is served from this computer. */
  isOwn(url: string): boolean;
  /**
   * Announces the download of `plan` to the program, so that it goes on without a browser. Null when that is done,
   * and for a plan of another mirror; else the reason not to send `ota_flash`.
   */
  expect(plan: FlashPlan): Promise<Trouble | null>;
  /** Asks any mirror as a device does, byte by byte; null where there is no program, or no answer of it. */
  probe(url: string, signal: AbortSignal): Promise<readonly Check[] | null>;
  /** Connects again, where the program may know something of the download of `plan`. */
  follow(plan: FlashPlan): void;
  /** What the device has reported, whose `ota_flash` was sent at `since` (milliseconds since the epoch). */
  verdictOn(plan: FlashPlan, since: number): Verdict | null;
  /** Resolves when something has changed, or `signal` is aborted. */
  changed(signal: AbortSignal): Promise<void>;
}
