import { type Answer, type Check, gravest } from '../../core/check.ts';
import { type Text, text } from '../../core/text.ts';
import { checkReach } from '../../mirror/url/reach.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import { deviceChecks } from '../../zeroconf/device/suitability.ts';
import type { FirmwareSource } from '../source/firmware-source.ts';
import { type FlashPlan, type ShownRun, whoseRun } from './device-run.ts';

/** A check that cannot be asked yet, and what to do so that it can. */
export interface Missing {
  readonly id: 'device' | 'image' | 'mirror';
  readonly action: Text;
}

/** All that is known before the plan. Flash is possible when nothing is missing and no check fails. */
export interface Preflight {
  readonly checks: readonly Check[];
  readonly missing: readonly Missing[];
  readonly answer: Answer;
  readonly plan: FlashPlan | null;
}

type Source = Pick<FirmwareSource, 'image' | 'mirror'>;

/** Everything asked of device, image and mirror, put together. `plan` is set only when Flash is possible. */
export function preflight(run: ShownRun, source: Source): Preflight {
  const { address, device } = run;
  const { image, mirror } = source;
  const missing: Missing[] = [];
  if (device.state !== 'done')
    missing.push({ id: 'device', action: text('flash_missing_device', 'Press Info to read the device.') });
  else if (isOutdated(run)) {
    missing.push({
      id: 'device',
      action: text('flash_missing_news', 'Press Info to see what the device is after the last flash.'),
    });
  }
  if (image.state !== 'done')
    missing.push({ id: 'image', action: text('flash_missing_image', 'Fetch the firmware.') });
  const refusedImage = image.state === 'done' && image.value.report.answer === 'fail';
  if (mirror.state !== 'done' && !refusedImage) {
    missing.push({
      id: 'mirror',
      action: text('flash_missing_mirror', 'Check the mirror: fetch the firmware again.'),
    });
  }
  const checks = [
    ...(device.state === 'done' ? deviceChecks(device.value) : []),
    ...(image.state === 'done' ? image.value.report.checks : []),
    ...(image.state === 'done' && address !== null ? [checkReach(image.value.url, address.host)] : []),
    ...(mirror.state === 'done' ? mirror.value.checks : []),
  ];
  const answer = gravest(checks);
  const possible = missing.length === 0 && answer !== 'fail' && mirrorServesImage(source);
  return { checks, missing, answer, plan: possible ? planOf(run, source) : null };
}

/** A flash that may have changed the device makes what it said before worthless. */
function isOutdated({ flash }: ShownRun): boolean {
  return flash.stage === 'ended' && flash.outcome.leaves !== 'as-it-was' && !flash.seenSince;
}

function mirrorServesImage({ image, mirror }: Source): boolean {
  return (
    image.state === 'done' &&
    mirror.state === 'done' &&
    mirror.value.digest === image.value.report.digest &&
    mirror.value.url === image.value.url.href
  );
}

function planOf(run: ShownRun, { image }: Source): FlashPlan | null {
  const { address, device } = run;
  if (address === null || device.state !== 'done' || image.state !== 'done') return null;
  const { url, report } = image.value;
  const { deviceid, idIsTyped } = whoseRun(run, device.value);
  return {
    address,
    deviceid,
    ...(idIsTyped === true ? { idIsTyped } : {}),
    fwVersion: device.value.fwVersion,
    url,
    digest: report.digest,
    title: report.title,
  };
}

/** Whether two deeds put the same bytes from the same place on the same device. */
export function isSamePlan(one: FlashPlan, other: FlashPlan): boolean {
  return (
    one.address.host === other.address.host &&
    one.deviceid === other.deviceid &&
    one.fwVersion === other.fwVersion &&
    one.url.href === other.url.href &&
    one.digest === other.digest
  );
}

/** A warning that the person has not confirmed, or null. */
export function unconfirmed(checks: readonly Check[], confirmed: readonly string[]): Check | null {
  return checks.find(({ id, answer }) => answer === 'warn' && !confirmed.includes(id)) ?? null;
}

/** The check that speaks against touching this device's firmware at all, or null. */
export function unsuitable(info: DeviceInfo): Check | null {
  return deviceChecks(info).find(({ id, answer }) => id !== 'device-unlocked' && answer === 'fail') ?? null;
}
