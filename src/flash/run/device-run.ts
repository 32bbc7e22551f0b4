/*
 * One device: what it is, whether it is unlocked, and how its flash goes. May import the leaves, `step.ts`, and the
 * other rooms of flash for their types; what is shared by all devices is in `flash/source` and in `doubts.ts`.
 */
import type { Text } from '../../core/text.ts';
import type { DownloadUrl } from '../../mirror/url/url-rules.ts';
import { cleanDeviceid } from '../../zeroconf/client/client.ts';
import type { Address } from '../../zeroconf/device/address.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import type { JournalEvent } from '../journal/events.ts';
import type { Step } from '../step.ts';
import type { Watch } from '../watch/advance-watch.ts';
import type { Outcome } from './outcome.ts';
import type { Proof } from './proof.ts';
import type { Whose } from './whose.ts';

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
  /** There where the device tells no id and a person typed this one: it does not make it another device. */
  readonly idIsTyped?: true;
  /** As the device told it; null where it tells none. */
  readonly fwVersion: string | null;
  readonly url: DownloadUrl;
  readonly digest: string;
  readonly title: Text;
}

/**
 * Everything known of one device from the first Info to the outcome. Device and unlock can each be repeated without
 * harm; `flash` is entered once per question asked. The runs are kept by the host of their address.
 */
export interface DeviceRun {
  readonly address: Address;
  /** The id that the person typed because the device wants one; empty otherwise. */
  readonly typedId: string;
  readonly device: Step<DeviceInfo>;
  readonly unlock: Step<null>;
  readonly flash: Flash;
  /** What was seen of the new firmware after the flash, since a person asked; null before that. */
  readonly proof: Proof | null;
  readonly journal: readonly JournalEvent[];
}

/** What is shown where no device has been asked. */
export interface NoRun extends Omit<DeviceRun, 'address'> {
  readonly address: null;
}

/** The run whose device is on the page, if there is one. */
export type ShownRun = DeviceRun | NoRun;

/** A run of which nothing is known yet. */
export const noRun: NoRun = {
  address: null,
  typedId: '',
  device: { state: 'idle' },
  unlock: { state: 'idle' },
  flash: { stage: 'idle' },
  proof: null,
  journal: [],
};

/**
 * Whose the device on the card is, when it answered with `info`. An id that was typed counts only until the device
 * has answered to nothing but a request without one.
 */
export function whoseRun(
  { address, typedId }: Pick<ShownRun, 'address' | 'typedId'>,
  { deviceid, refusesId }: DeviceInfo,
): Whose {
  const typed = refusesId || deviceid !== null ? null : cleanDeviceid(typedId);
  return {
    address: address ?? { host: '' },
    deviceid: deviceid ?? typed,
    ...(typed === null ? {} : { idIsTyped: true }),
  };
}

/** True from the moment the question was answered until the outcome is known. */
export function isFlashing(flash: Flash): flash is Exclude<Flash, { stage: 'idle' | 'ended' }> {
  return flash.stage !== 'idle' && flash.stage !== 'ended';
}

/** Whether the device is being asked or unlocked, or its new firmware looked for. */
export function isBusy({ device, unlock, proof }: Pick<DeviceRun, 'device' | 'unlock' | 'proof'>): boolean {
  return device.state === 'working' || unlock.state === 'working' || proof?.look.state === 'working';
}
