import type { FirmwareSource } from '../source/firmware-source.ts';
import type { ShownRun } from './device-run.ts';

/** Where a run stands, as one word for a person's stepper. */
export type Stage =
  | 'device'
  | 'unlock'
  | 'image'
  | 'mirror'
  | 'ready'
  | 'requested'
  | 'downloading'
  | 'restarting'
  | 'verified'
  | 'failed';

/** The stage of `run`; `failed` only for a flash that ended badly, since everything else can be repeated. */
export function stageOf(run: ShownRun, source: Pick<FirmwareSource, 'image' | 'mirror'>): Stage {
  switch (run.flash.stage) {
    case 'checking':
    case 'requested':
      return 'requested';
    case 'downloading':
    case 'restarting':
      return run.flash.stage;
    case 'ended':
      return run.flash.outcome.kind === 'flashed' || run.flash.outcome.kind === 'probably-flashed'
        ? 'verified'
        : 'failed';
    case 'idle':
      break;
  }
  if (run.device.state !== 'done') return 'device';
  if (run.device.value.otaUnlock !== true) return 'unlock';
  if (source.image.state !== 'done') return 'image';
  return source.mirror.state === 'done' ? 'ready' : 'mirror';
}
