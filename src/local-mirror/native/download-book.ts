import { randomBytes } from 'node:crypto';
import type { DownloadState, ProgramMessage } from '../../native-messages/answers.ts';
import type { Download } from '../server/download.ts';
import { partBytes } from '../server/downloads.ts';
import { isUnfounded, type MirrorEvent } from '../server/events.ts';
import type { Lifetime } from './lifetime.ts';
import type { Results } from './results.ts';

/** What a download is of. */
export interface BookedImage {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

type Changing<T> = { -readonly [Key in keyof T]: T[Key] };

interface Entry {
  readonly state: Changing<DownloadState>;
  /** Where its parts are marked; null before the first one, and for those of an earlier process. */
  source: Download | null;
  /** When it was last written down, in milliseconds since the epoch. */
  keptAt: number;
}

/** A device gives up after 180 s (DLSRC); the server tells of no longer silence. */
const givenUpSeconds = 180;
const maxEntries = 64;
/** How often it is written down how far a device is, for the case that this process is killed; in milliseconds. */
const keepEvery = 1_000;

/** Every download from the moment it is expected until somebody has seen how it ended. */
export class DownloadBook {
  private readonly entries = new Map<string, Entry>();
  private readonly bySource = new WeakMap<Download, Entry>();
  private readonly results: Results;
  private readonly lifetime: Lifetime;
  private readonly tell: (message: ProgramMessage) => void;

  constructor(
    found: readonly DownloadState[],
    results: Results,
    lifetime: Lifetime,
    tell: (message: ProgramMessage) => void,
  ) {
    this.results = results;
    this.lifetime = lifetime;
    this.tell = tell;
    for (const state of found)
      this.entries.set(state.download, { state: { ...state }, source: null, keptAt: 0 });
  }

  /** All of them as they are now, oldest first. */
  list(): DownloadState[] {
    return [...this.entries.values()].map(snapshot);
  }

  /** `device` (an IPv4 address) is about to be told to download. */
  expect(device: string, image: BookedImage): DownloadState {
    for (const { state, source } of this.entries.values()) {
      if (state.device === device && state.end === null && source === null) this.remove(state.download);
    }
    const entry = this.open(device, image);
    return snapshot(entry);
  }

  forget(download: string): void {
    const entry = this.entries.get(download);
    // What is under way is still wanted, by others at least.
    if (entry && entry.state.end !== null) this.remove(download);
  }

  /** The server has seen something of a device. `imageOf` names what is served under a digest. */
  happened(event: MirrorEvent, imageOf: (sha256: string) => BookedImage | null): void {
    const { device } = event;
    if (event.event === 'range') {
      const entry = this.entryOf(event.download, imageOf);
      if (entry === null) return;
      entry.state.lastAt = Date.now();
      if (entry.state.lastAt - entry.keptAt >= keepEvery) this.keep(entry);
      this.lifetime.awaits(entry.state.download, performance.now());
      const { from, to, of } = event;
      this.tell({ type: 'range', download: entry.state.download, device, from, to, of });
      return;
    }
    const counts = event.event !== 'verdict' || !isUnfounded(event);
    const known = (event.download && this.bySource.get(event.download)) ?? this.awaitedFrom(device);
    const entry = counts ? known : null;
    const download = entry?.state.download ?? null;
    if (event.event === 'stalled') {
      if (event.seconds >= givenUpSeconds) this.end(entry, { kind: 'silent' });
      this.tell({ type: 'stalled', download, device, seconds: event.seconds });
      return;
    }
    this.end(entry, { kind: 'verdict', error: event.error });
    if (entry === null && counts) this.lifetime.settled(null);
    this.tell({ type: 'verdict', download, device, error: event.error });
  }

  private keep(entry: Entry): void {
    entry.keptAt = Date.now();
    this.results.keep(snapshot(entry));
  }

  private end(entry: Entry | null, end: DownloadState['end']): void {
    if (entry === null) return;
    entry.state.end = end;
    entry.state.lastAt = Date.now();
    this.lifetime.settled(entry.state.download);
    this.keep(entry);
  }

  /** The entry of a download; a new one takes the place of what was expected of the device. */
  private entryOf(source: Download, imageOf: (sha256: string) => BookedImage | null): Entry | null {
    const followed = this.bySource.get(source);
    if (followed) return followed;
    const image = imageOf(source.image.digest);
    if (image === null) return null;
    const before = this.underWayFrom(source);
    const known = [this.awaitedFrom(source.device), before].find((one) => one?.state.sha256 === image.sha256);
    const entry = known ?? this.open(source.device, image);
    entry.source = source;
    entry.state.deviceId = source.deviceId?.slice(0, 200) ?? null;
    this.bySource.set(source, entry);
    this.keep(entry);
    this.tell({ type: 'begun', download: snapshot(entry) });
    if (before !== undefined && before !== entry) {
      const { download, device } = before.state;
      this.end(before, { kind: 'silent' });
      this.tell({ type: 'stalled', download, device, seconds: givenUpSeconds });
    }
    return entry;
  }

  /** What whoever begins `source` has begun before: the server follows one download of each, and only the latest. */
  private underWayFrom({ device, deviceId }: Download): Entry | undefined {
    return [...this.entries.values()].find(
      ({ state, source }) => state.end === null && source?.device === device && source.deviceId === deviceId,
    );
  }

  private awaitedFrom(device: string): Entry | null {
    const all = [...this.entries.values()];
    return all.findLast(({ state, source }) => state.device === device && !state.end && !source) ?? null;
  }

  private open(device: string, { name, sha256, bytes }: BookedImage): Entry {
    const now = Date.now();
    const download = randomBytes(9).toString('base64url');
    const parts = '0'.repeat(Math.ceil(bytes / partBytes));
    const state = { download, device, deviceId: null, name, sha256, bytes, parts };
    const entry: Entry = {
      state: { ...state, startedAt: now, lastAt: now, end: null },
      source: null,
      keptAt: 0,
    };
    this.entries.set(download, entry);
    this.makeRoom();
    this.keep(entry);
    this.lifetime.awaits(download, performance.now());
    return entry;
  }

  /** Those that have ended go first, and of them the oldest. */
  private makeRoom(): void {
    while (this.entries.size > maxEntries) {
      const all = [...this.entries.values()];
      const oldest = all.find(({ state }) => state.end !== null) ?? all[0];
      if (oldest) this.remove(oldest.state.download);
    }
  }

  private remove(download: string): void {
    this.entries.delete(download);
    this.lifetime.settled(download);
    this.results.drop(download);
  }
}

function snapshot({ state, source }: Entry): DownloadState {
  return source === null ? { ...state } : { ...state, parts: source.parts.join('') };
}
