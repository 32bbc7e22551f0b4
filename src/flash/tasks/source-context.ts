import type { JournalEvent } from '../journal/events.ts';
import type { FirmwareSource } from '../source/firmware-source.ts';
import type { SourceEnvironment } from './run-environment.ts';

/** The firmware source as its tasks work on it. */
export interface SourceContext {
  readonly environment: SourceEnvironment;
  source(): FirmwareSource;
  change(part: Partial<FirmwareSource>): void;
  note(...events: readonly JournalEvent[]): void;
  /** What runs on the device for which the mirror is asked; null where that is not known. */
  fwVersion(): string | null;
  /** Whether an earlier flash may have changed a device, so that nothing may be said that sounds harmless. */
  isTouched(): boolean;
}
