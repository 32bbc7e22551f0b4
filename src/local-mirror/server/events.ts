import type { Download } from './download.ts';

/**
 * What the mirror says while it serves. `download` is the state behind the event; it is null for a device that
 * has not asked for anything yet.
 */
export type MirrorEvent =
  | {
      readonly event: 'range';
      readonly device: string;
      /** First and last byte, both included, of an image of `of` bytes. */
      readonly from: number;
      readonly to: number;
      readonly of: number;
      readonly download: Download;
    }
  | {
      readonly event: 'stalled';
      readonly device: string;
      /** Whole seconds since it was last heard of, or since it was expected. */
      readonly seconds: number;
      readonly download: Download | null;
    }
  | {
      readonly event: 'verdict';
      readonly device: string;
      /** The device's own result (protocol §4.6), or null when its report cannot be read. */
      readonly error: number | null;
      /** What it is about; null when no download fits, so that a success without one is not to be believed. */
      readonly download: Download | null;
    };

/** A device's own result. */
export type Verdict = Extract<MirrorEvent, { event: 'verdict' }>;

/** Whether it is a success of somebody who has not fetched every byte of an image. */
export function isUnfounded({ error, download }: Pick<Verdict, 'error' | 'download'>): boolean {
  return error === 0 && download === null;
}
