/*
 * The firmware that is to be flashed, whatever the device: image and mirror, checked once for all of them. May
 * import the leaves, the journal's events and `step.ts`; knows of no device.
 */
import type { ImageReport } from '../../firmware/report.ts';
import type { Slice } from '../../mirror/fetch/slices.ts';
import type { MirrorReport } from '../../mirror/probe/probe.ts';
import type { DownloadUrl } from '../../mirror/url/url-rules.ts';
import type { JournalEvent } from '../journal/events.ts';
import type { Step } from '../step.ts';

/** The image as it was fetched: where from, what it is, and what is needed to recognise it again later. */
export interface FetchedImage {
  readonly url: DownloadUrl;
  readonly report: ImageReport;
  readonly slices: readonly Slice[];
  readonly etag: string | null;
}

/** Image and mirror together. Each step can be repeated without harm. */
export interface FirmwareSource {
  /** The firmware that was asked for last, whether or not it could be fetched. */
  readonly firmware: DownloadUrl | null;
  readonly image: Step<FetchedImage>;
  readonly mirror: Step<MirrorReport>;
  /** What happened since it was asked for, but for what was asked on behalf of one device. */
  readonly journal: readonly JournalEvent[];
}

/** A source of which nothing is known yet. */
export const emptySource: FirmwareSource = {
  firmware: null,
  image: { state: 'idle' },
  mirror: { state: 'idle' },
  journal: [],
};

/** Whether the image is being fetched or its mirror asked. */
export function isFetching({ image, mirror }: Pick<FirmwareSource, 'image' | 'mirror'>): boolean {
  return image.state === 'working' || mirror.state === 'working';
}
