import { text } from '../../core/text.ts';
import { longestDownload } from '../../zeroconf/client/longest-download.ts';
import type { Flash, FlashPlan } from '../run/device-run.ts';
import type { Outcome } from '../run/outcome.ts';
import { doNotCutPower, enterOwnNetwork, joinTasmota } from '../run/sentences.ts';
import { isWhole } from './downloads.ts';
import { reportRow } from './reports.ts';
import type { Fetching } from './state.ts';

/**
 * What the device itself has reported of the flash of a plan (protocol §7). `whole`: it has fetched every part from
 * here and says that the digest is right. Its error is null when the report cannot be read.
 */
export type Verdict = { readonly kind: 'whole' } | { readonly kind: 'failed'; readonly error: number | null };

/**
 * `expect` is sent, at most, so long before `ota_flash` was answered or given up on, in milliseconds: a device may leave
 * that alone unanswered for a minute, and way has been made for it and the device been read before. No second flash of
 * a device that may still be downloading begins sooner.
 */
const expectedBefore = longestDownload.ms;

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

/**
 * Whether the device of `plan` may be in the middle of a download from this computer at `now` (milliseconds since the
 * epoch), whoever has told it to: all browsers of a person share the program.
 */
export function mayBeFetching(downloads: readonly Fetching[], plan: FlashPlan, now: number): boolean {
  return downloads.some(
    (known) =>
      isOf(known, plan) &&
      known.parts.includes('1') &&
      (known.end === null || known.end.kind === 'interrupted') &&
      Math.abs(now - known.lastAt) < longestDownload.ms,
  );
}

/**
 * The downloads whose end is told beside `flash`, which tells of its own: those of other flashes and other browsers. What
 * has ended without a word counts only with the id of a device: this computer asks itself as well, and sends none.
 */
export function endedBeside(flash: Flash, downloads: readonly Fetching[]): readonly Fetching[] {
  const isSent =
    flash.stage !== 'idle' &&
    flash.stage !== 'checking' &&
    !(flash.stage === 'ended' && flash.outcome.leaves === 'as-it-was');
  return downloads.filter((known) => {
    const { end, deviceId, sha256 } = known;
    if (end === null || (end.kind !== 'verdict' && deviceId === null)) return false;
    return !(isSent && sha256 === flash.plan.digest && isOf(known, flash.plan));
  });
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

/** The outcome of a flash that was not sent because its device may be in the middle of another one. */
export const fetchesAlready: Outcome = {
  kind: 'not-flashed',
  leaves: 'in-doubt',
  mayDownload: true,
  title: text('flash_keep_power', 'Not flashed. Keep its power'),
  trouble: 'outcome-fetches-already',
  sentence: text(
    'flash_fetches_already',
    'The device is fetching an image from this computer already, or was a moment ago. Perhaps another browser has told it to. So this flash was not sent. The device may hold half an image.',
  ),
  steps: [
    doNotCutPower,
    text('flash_fetches_already_action', 'Wait {span}. Then press Info to see what runs on it.', {
      span: { span: longestDownload.ms },
    }),
  ],
};

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
