import type { ByteRange } from './byte-range.ts';
import type { Download } from './download.ts';
import type { MirrorEvent } from './events.ts';
import type { ServedImage } from './shelf.ts';

/** What a device asks for at a time (protocol §4.2). */
export const partBytes = 4096;

/** When silence is told, in milliseconds. */
export interface SilenceTimes {
  /** After so much silence, and again after each such time. */
  readonly stallMs: number;
  /** From here on it is not waited for any more: the device itself gives up after 180 s (DLSRC). */
  readonly giveUpMs: number;
}

type Changing<T> = { -readonly [Key in keyof T]: T[Key] };
interface Watched extends Changing<Download> {
  stallsTold: number;
  /** Of each part, how many bytes from its start on were fetched. */
  readonly filled: Uint16Array;
}
interface Expected {
  readonly since: number;
  stallsTold: number;
}

/** Most devices that are remembered; the ones longest silent are forgotten first. */
const maxDownloads = 256;

/** Who downloads what, how far they are, and who has fallen silent. */
export class Downloads {
  private readonly byDevice = new Map<string, Watched>();
  private readonly expected = new Map<string, Expected>();
  private readonly tell: (event: MirrorEvent) => void;
  private readonly times: SilenceTimes;

  constructor(tell: (event: MirrorEvent) => void, times: SilenceTimes) {
    this.tell = tell;
    this.times = times;
  }

  /** A device was told to download, and its first request is awaited. */
  expect(device: string, now: number): void {
    this.expected.set(device, { since: now, stallsTold: 0 });
  }

  /** A part has been fetched. */
  fetched(device: string, deviceId: string | null, image: ServedImage, range: ByteRange, now: number): void {
    this.expected.delete(device);
    const key = keyOf(device, deviceId);
    let download = this.byDevice.get(key);
    // The first part again is a new download: a device that reconnects goes on where it was.
    if (!download || download.image !== image || download.error !== undefined || range.from === 0) {
      download = begin(device, deviceId, image, now);
      this.byDevice.delete(key);
      if (this.byDevice.size >= maxDownloads) this.forgetOne();
      this.byDevice.set(key, download);
    }
    mark(download, range);
    download.lastAt = now;
    download.stallsTold = 0;
    this.tell({ event: 'range', device, from: range.from, to: range.to, of: image.bytes.length, download });
  }

  /**
   * A device has reported. Reports carry no id, so the download is the one of `deviceId`, or one at the address that
   * the report fits. A success fits only what was fetched to the last byte: with any other the event has no download,
   * and what is under way stays so.
   */
  reported(device: string, deviceId: string | null, error: number | null): void {
    this.expected.delete(device);
    const download = this.reporter(device, deviceId, error);
    if (download) download.error = error;
    this.tell({ event: 'verdict', device, error, download });
  }

  /** Tells who has been silent for too long. */
  check(now: number): void {
    const { stallMs, giveUpMs } = this.times;
    for (const [device, expected] of this.expected) {
      const silent = now - expected.since;
      this.stall(expected, device, silent, null);
      if (silent >= giveUpMs) this.expected.delete(device);
    }
    for (const download of this.underWay()) {
      const silent = now - download.lastAt;
      if (silent < giveUpMs + stallMs) this.stall(download, download.device, silent, download);
    }
  }

  /** Whether a device is in the middle of its download, and was heard of within `stallMs`. */
  isBusy(now: number): boolean {
    return this.underWay().some(({ lastAt }) => now - lastAt < this.times.stallMs);
  }

  private underWay(): Watched[] {
    return [...this.byDevice.values()].filter(({ error }) => error === undefined);
  }

  private reporter(device: string, deviceId: string | null, error: number | null): Watched | null {
    const own = deviceId === null ? undefined : this.byDevice.get(keyOf(device, deviceId));
    const there = own ? [own] : [...this.byDevice.values()].filter((download) => download.device === device);
    const latestFirst = there.toSorted((one, other) => other.lastAt - one.lastAt);
    const open = latestFirst.filter((download) => download.error === undefined);
    // The digest is known only of the whole; whoever reports anything else has most likely stopped before.
    const fitting = open.find((download) => isWhole(download) === (error === 0 || error === 409));
    const isTold = (download: Watched) => download.error === error;
    return fitting ?? (error === 0 ? undefined : open[0]) ?? latestFirst.find(isTold) ?? null;
  }

  private forgetOne(): void {
    const [longest] = [...this.byDevice].toSorted(([, one], [, other]) => one.lastAt - other.lastAt);
    if (longest) this.byDevice.delete(longest[0]);
  }

  private stall(
    told: { stallsTold: number },
    device: string,
    silent: number,
    download: Download | null,
  ): void {
    const due = Math.floor(Math.min(silent, this.times.giveUpMs) / this.times.stallMs);
    if (due <= told.stallsTold) return;
    told.stallsTold = due;
    this.tell({ event: 'stalled', device, seconds: Math.round(silent / 1000), download });
  }
}

function keyOf(device: string, deviceId: string | null): string {
  return `${device} ${deviceId ?? ''}`;
}

/** Whether every byte was fetched. */
export function isWhole({ parts, partsFetched }: Download): boolean {
  return partsFetched === parts.length;
}

function begin(device: string, deviceId: string | null, image: ServedImage, now: number): Watched {
  const parts = new Uint8Array(Math.ceil(image.bytes.length / partBytes));
  const filled = new Uint16Array(parts.length);
  const times = { startedAt: now, lastAt: now, stallsTold: 0 };
  return { device, deviceId, image, parts, filled, partsFetched: 0, error: undefined, ...times };
}

/** Marks the parts that a range completes: of a device that asks for other sizes, the ranges add up. */
function mark(download: Watched, { from, to }: ByteRange): void {
  const { parts, filled, image } = download;
  for (let part = Math.floor(from / partBytes); part * partBytes <= to; part += 1) {
    const start = part * partBytes;
    const bytes = Math.min(partBytes, image.bytes.length - start);
    const there = filled[part] ?? 0;
    if (from - start > there) continue;
    const end = Math.max(there, Math.min(bytes, to + 1 - start));
    filled[part] = end;
    if (end < bytes || parts[part] === 1) continue;
    parts[part] = 1;
    download.partsFetched += 1;
  }
}
