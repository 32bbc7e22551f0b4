import { isFlashing, type ShownRun } from '../src/flash/run/device-run.ts';
import { type Preflight, unsuitable } from '../src/flash/run/preflight.ts';
import type { FirmwareSource } from '../src/flash/source/firmware-source.ts';

/** The steps of a flash, in their order. */
export const stepNames = ['device', 'unlock', 'firmware', 'flash', 'proof'] as const;
export type StepName = (typeof stepNames)[number];

/** Which step a person is at: the one that something is under way in, else the first that is not done. */
export function presentStep(
  { device, unlock, flash }: Pick<ShownRun, 'device' | 'unlock' | 'flash'>,
  { image, mirror }: Pick<FirmwareSource, 'image' | 'mirror'>,
  { plan }: Pick<Preflight, 'plan'>,
): StepName {
  if (isFlashing(flash)) return 'flash';
  if (device.state === 'working') return 'device';
  if (flash.stage === 'ended' && isOver(flash)) {
    return flash.outcome.leaves === 'new-firmware' ? 'proof' : 'flash';
  }
  if (device.state !== 'done' || unsuitable(device.value) !== null) return 'device';
  if (unlock.state === 'working' || device.value.otaUnlock === false) return 'unlock';
  const isFetching = image.state === 'working' || mirror.state === 'working';
  return plan === null || isFetching ? 'firmware' : 'flash';
}

/** Whether a flash may have changed the device, and it has not answered to Info since. */
export function isOver(flash: ShownRun['flash']): boolean {
  return flash.stage === 'ended' && flash.outcome.leaves !== 'as-it-was' && !flash.seenSince;
}
