import type { ServedImage } from './shelf.ts';

/** One device's download of one image, as far as it has come. Times are of `performance.now()`. */
export interface Download {
  readonly device: string;
  /** As the device's query says; bulbs send none. */
  readonly deviceId: string | null;
  readonly image: ServedImage;
  /** One entry for each part of 4096 bytes: 1 when it was fetched. */
  readonly parts: Uint8Array;
  readonly partsFetched: number;
  readonly startedAt: number;
  readonly lastAt: number;
  /** The device's own result; undefined until it reports, null when the report cannot be read. */
  readonly error: number | null | undefined;
}
