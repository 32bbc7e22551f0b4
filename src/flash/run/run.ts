import type { Failure } from '../../core/result.ts';
import type { ImageReport } from '../../firmware/report.ts';
import type { Slice } from '../../mirror/fetch/slices.ts';
import type { MirrorReport } from '../../mirror/probe/probe.ts';
import type { DownloadUrl } from '../../mirror/url/url-rules.ts';
import { cleanDeviceid } from '../../zeroconf/client/client.ts';
import type { Address } from '../../zeroconf/device/address.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import type { Entry } from '../journal/journal.ts';
import type { Watch } from '../watch/advance-watch.ts';
import type { Doubts, Whose } from './doubts.ts';
import type { Outcome } from './outcome.ts';

/** How far one repeatable part of a run has come. Times are milliseconds since the epoch. */
export type Step<Value> =
  | { readonly state: 'idle' }
  | { readonly state: 'working'; readonly since: number; readonly progress: Progress | null }
  | { readonly state: 'done'; readonly at: number; readonly value: Value }
  | { readonly state: 'failed'; readonly at: number; readonly failure: Failure };

/** Whether it failed for want of a permission, and may go on as soon as that is granted. */
export function lacksPermission(step: Step<unknown>): boolean {
  return step.state === 'failed' && step.failure.kind === 'no-permission';
}

/** Bytes so far, and of how many where the server said. */
export interface Progress {
  readonly received: number;
  readonly total: number | null;
}

/** The image as it was fetched: where from, what it is, and what is needed to recognise it again later. */
export interface FetchedImage {
  readonly url: DownloadUrl;
  readonly report: ImageReport;
  readonly slices: readonly Slice[];
  readonly etag: string | null;
}

/** What has become of the one thing that cannot be undone. */
export type Flash =
  | { readonly stage: 'idle' }
  /** Reading the device and the mirror once more; nothing has been sent that changes anything. */
  | { readonly stage: 'checking'; readonly plan: FlashPlan }
  /** Written down before `ota_flash` leaves, so that a background that dies here never sends it again. */
  | { readonly stage: 'requested'; readonly plan: FlashPlan; readonly at: number }
  | { readonly stage: 'downloading' | 'restarting'; readonly plan: FlashPlan; readonly watch: Watch }
  | {
      readonly stage: 'ended';
      readonly plan: FlashPlan;
      readonly at: number;
      readonly outcome: Outcome;
      /** Whether the device has answered to Info since. */
      readonly seenSince: boolean;
    };

/** What is put where: shown in the question, sent to the device, kept with the outcome. */
export interface FlashPlan {
  readonly address: Address;
  /** The id that the device told, else the one that was typed for it; null where neither is to be had (v1.4). */
  readonly deviceid: string | null;
  /** As the device told it; null where it tells none. */
  readonly fwVersion: string | null;
  readonly url: DownloadUrl;
  readonly digest: string;
  readonly title: string;
}

/**
 * Everything known from the first Info to the outcome, as it lies in `storage.session`. Device, unlock, image
 * and mirror can each be repeated without harm; `flash` is entered once per question asked.
 */
export interface Run {
  readonly version: 2;
  readonly address: Address | null;
  /** The id that the person typed because the device wants one; empty otherwise. */
  readonly typedId: string;
  readonly device: Step<DeviceInfo>;
  readonly unlock: Step<null>;
  /** The firmware that was asked for last, whether or not it could be fetched. */
  readonly firmware: DownloadUrl | null;
  readonly image: Step<FetchedImage>;
  readonly mirror: Step<MirrorReport>;
  readonly flash: Flash;
  /** What flashes have left behind, at this device and at others; it outlives all the rest. */
  readonly doubts: Doubts;
  readonly journal: readonly Entry[];
}

/** A run of which nothing is known yet. */
export const emptyRun: Run = {
  version: 2,
  address: null,
  typedId: '',
  device: { state: 'idle' },
  unlock: { state: 'idle' },
  firmware: null,
  image: { state: 'idle' },
  mirror: { state: 'idle' },
  flash: { stage: 'idle' },
  doubts: [],
  journal: [],
};

/**
 * Whose the device on the card is, when it answered with `info`. An id that was typed counts only until the device
 * has answered to nothing but a request without one.
 */
export function whoseRun({ address, typedId }: Run, { deviceid, refusesId }: DeviceInfo): Whose {
  const typed = refusesId ? null : cleanDeviceid(typedId);
  return { address: address ?? { host: '' }, deviceid: deviceid ?? typed };
}

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

/** True from the moment the question was answered until the outcome is known. */
export function isFlashing(flash: Flash): flash is Exclude<Flash, { stage: 'idle' | 'ended' }> {
  return flash.stage !== 'idle' && flash.stage !== 'ended';
}

/** True while the background has something to do that it would have to take up again. */
export function isUnderWay({ device, unlock, image, mirror, flash }: Run): boolean {
  return isFlashing(flash) || [device, unlock, image, mirror].some(({ state }) => state === 'working');
}

/** The stage of `run`; `failed` only for a flash that ended badly, since everything else can be repeated. */
export function stageOf(run: Run): Stage {
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
  if (run.image.state !== 'done') return 'image';
  return run.mirror.state === 'done' ? 'ready' : 'mirror';
}
