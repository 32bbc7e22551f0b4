import { text } from '../../core/text.ts';
import type { FlashPlan } from '../run/device-run.ts';
import type { Outcome } from '../run/outcome.ts';
import { enterOwnNetwork, joinTasmota } from '../run/sentences.ts';
import { isWhole } from './downloads.ts';
import { reportRow } from './reports.ts';
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

/**
 * The outcome of a flash that the device has reported as failed. Nothing of it sounds harmless and no hold is lifted:
 * a report over the network may worsen what is known of a device, and never soothe.
 */
export function outcomeOfReport(error: number | null): Outcome {
  return reportRow(error).outcome(error);
}

/** The outcome of a flash whose device has reported success and has then left the network. */
export const flashedByReport: Outcome = {
  kind: 'flashed',
  leaves: 'new-firmware',
  // A report soothes nobody: the device is held back as it would be without one.
  mayDownload: true,
  title: text('flash_flashed', 'Flashed'),
  trouble: 'callback-0',
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
