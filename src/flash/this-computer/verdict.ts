import { type Text, text } from '../../core/text.ts';
import { longestDownload } from '../../zeroconf/client/longest-download.ts';
import type { FlashPlan } from '../run/device-run.ts';
import type { Outcome } from '../run/outcome.ts';
import { doNotCutPower, enterOwnNetwork, joinTasmota } from '../run/sentences.ts';
import { isWhole } from './downloads.ts';
import type { Fetching } from './state.ts';

/**
 * What the device itself has reported of the flash of a plan (protocol §7). `whole`: it has fetched every part from
 * here and says that the digest is right. Its error is null when the report cannot be read.
 */
export type Verdict = { readonly kind: 'whole' } | { readonly kind: 'failed'; readonly error: number | null };

/** `expect` is sent, at most, so long before `ota_flash` was answered or given up on; in milliseconds. */
const expectedBefore = 60_000;

/** The download that `plan` has led to, whose `ota_flash` was sent at `since` (milliseconds since the epoch). */
export function downloadOf(
  downloads: readonly Fetching[],
  plan: FlashPlan,
  since: number,
): Fetching | undefined {
  return downloads.findLast(
    (known) => known.sha256 === plan.digest && known.startedAt >= since - expectedBefore && isOf(known, plan),
  );
}

function isOf({ device, deviceId }: Fetching, plan: FlashPlan): boolean {
  if (deviceId !== null && plan.deviceid !== null) return deviceId === plan.deviceid;
  return device === plan.address.host;
}

/** What is known of how it ended; null as long as nothing is, and for a success without a whole image. */
export function verdictOf(download: Fetching | undefined): Verdict | null {
  if (download?.end?.kind !== 'verdict') return null;
  const { error } = download.end;
  if (error !== 0) return { kind: 'failed', error };
  return isWhole(download) ? { kind: 'whole' } : null;
}

const flashAgain = text(
  'flash_reported_again',
  'Wait {span}. Then press Info, and Flash again: a second, good download is what saves it.',
  { span: { span: longestDownload.ms } },
);

const unsafeToRestart: Readonly<Record<number, Text>> = {
  409: text(
    'flash_reported_409',
    'The device has reported that it has fetched the whole image, but with another digest than it was told. A restart could brick it.',
  ),
  410: text(
    'flash_reported_410',
    'The device has reported an error of its own while it wrote the image. A restart could brick it.',
  ),
};

const stopped: Readonly<Record<number, Text>> = {
  404: text(
    'flash_reported_404',
    'The device has reported that it could not download the image to its end. It may hold a part of it.',
  ),
  406: text(
    'flash_reported_406',
    'The device has reported that it does not accept the order to flash. Nobody can know whether it holds a part of the image.',
  ),
};

/**
 * The outcome of a flash that the device has reported as failed. Nothing of it sounds harmless and no hold is lifted:
 * a report over the network may worsen what is known of a device, and never soothe.
 */
export function outcomeOfReport(error: number | null): Outcome {
  const left = { leaves: 'in-doubt', mayDownload: true } as const;
  const unsafe = error === null ? undefined : unsafeToRestart[error];
  if (unsafe !== undefined)
    return {
      kind: 'do-not-restart',
      ...left,
      title: text('flash_do_not_restart', 'Do not restart the device'),
      sentence: unsafe,
      steps: [doNotCutPower, flashAgain],
    };
  return {
    kind: 'not-flashed',
    ...left,
    title: text('flash_keep_power', 'Not flashed. Keep its power'),
    sentence: (error === null ? undefined : stopped[error]) ?? notKnown(error),
    steps: [
      doNotCutPower,
      text('flash_reported_nearer', 'Bring it nearer to the access point, if the download broke off.'),
      flashAgain,
    ],
  };
}

function notKnown(error: number | null): Text {
  return error === null
    ? text(
        'flash_reported_unreadable',
        'The device has reported something that cannot be read. Nobody can know what state it is in.',
      )
    : text(
        'flash_reported_unknown',
        'The device has reported an error that is not known ({error}). Nobody can know what state it is in.',
        { error },
      );
}

/** The outcome of a flash whose device has reported success and has then left the network. */
export const flashedByReport: Outcome = {
  kind: 'flashed',
  leaves: 'new-firmware',
  // A report soothes nobody: the device is held back as it would be without one.
  mayDownload: true,
  title: text('flash_flashed', 'Flashed'),
  sentence: text(
    'flash_reported_0',
    'The device has fetched every part of the image from this computer, has reported that its digest is right, and has left the network to start it.',
  ),
  steps: [
    joinTasmota,
    enterOwnNetwork,
    text('flash_tasmota_reset', 'Send {command} in its console before the first upgrade.', {
      command: 'Reset 5',
    }),
  ],
};
