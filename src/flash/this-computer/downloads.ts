import type { DownloadState, ProgramEvent } from '../../native-messages/answers.ts';
import type { Fetching, FoundDevice } from './state.ts';

/** What a device asks for at a time (protocol §4.2). */
const partBytes = 4096;
/** A device gives up after 180 s (DLSRC); the program tells of no longer silence. */
const givenUpSeconds = 180;

/** A download as the program told it, as somebody begins to look on. */
export function lookedAt(download: DownloadState, begunAt: number | null): Fetching {
  const missing = download.parts.indexOf('0');
  const whole = missing < 0 ? download.parts.length : missing;
  return { ...download, begunAt, reached: Math.min(download.bytes, whole * partBytes), silentFor: 0 };
}

/**
 * The downloads that a program tells of when it is reached again. One that was killed knows less of a download than
 * was `seen` here: what a device has fetched it has.
 */
export function lookedAtAgain(
  told: readonly DownloadState[],
  seen: readonly Fetching[],
): readonly Fetching[] {
  return told.map((download) => {
    const before = seen.find((one) => one.download === download.download);
    const parts = [...download.parts].map((part, index) => (before?.parts[index] === '1' ? '1' : part));
    return lookedAt({ ...download, parts: parts.join('') }, before?.begunAt ?? null);
  });
}

/** The downloads after `event`, which came at `now` (milliseconds since the epoch). */
export function afterEvent(
  downloads: readonly Fetching[],
  event: ProgramEvent,
  now: number,
): readonly Fetching[] {
  switch (event.type) {
    case 'begun':
      return [
        ...downloads.filter(({ download }) => download !== event.download.download),
        lookedAt(event.download, now),
      ];
    case 'range':
      return of(event.download, downloads, (known) => ({
        ...withRange(known, event.from, event.to),
        lastAt: now,
        silentFor: 0,
      }));
    case 'stalled':
      return of(event.download, downloads, (known) => ({
        ...known,
        silentFor: event.seconds,
        end: known.end ?? (event.seconds >= givenUpSeconds ? { kind: 'silent' } : null),
      }));
    case 'verdict':
      // One that names no download is about none of these: a success without a whole image among them.
      return of(event.download, downloads, (known) => ({
        ...known,
        lastAt: now,
        silentFor: 0,
        end: { kind: 'verdict', error: event.error },
      }));
    default:
      return downloads;
  }
}

function of(
  name: string | null,
  downloads: readonly Fetching[],
  change: (known: Fetching) => Fetching,
): readonly Fetching[] {
  return downloads.map((known) => (known.download === name ? change(known) : known));
}

/** Marks the parts that lie wholly in what was fetched; ranges of other sizes add up from the start on. */
function withRange(known: Fetching, from: number, to: number): Fetching {
  const reached = from <= known.reached ? Math.max(known.reached, to + 1) : known.reached;
  const parts = [...known.parts].map((part, index) => {
    const start = index * partBytes;
    const end = Math.min(start + partBytes, known.bytes);
    return end <= reached || (from <= start && to + 1 >= end) ? '1' : part;
  });
  return { ...known, reached, parts: parts.join('') };
}

/** Bytes of the parts that were fetched. */
export function fetchedBytes({ parts, bytes }: Pick<Fetching, 'parts' | 'bytes'>): number {
  const last = bytes - (parts.length - 1) * partBytes;
  const count = [...parts].filter((part) => part === '1').length;
  return parts.endsWith('1') ? (count - 1) * partBytes + last : count * partBytes;
}

/** Whether every part was fetched. */
export function isWhole({ parts }: Pick<Fetching, 'parts'>): boolean {
  return parts !== '' && !parts.includes('0');
}

/** How fast it goes, in bytes a second and milliseconds that are left; null as long as nobody can tell. */
export function speedOf(known: Fetching): { readonly bytesPerSecond: number; readonly left: number } | null {
  const { begunAt, lastAt, bytes } = known;
  const took = begunAt === null ? 0 : lastAt - begunAt;
  const fetched = fetchedBytes(known);
  if (took < 1000 || fetched === 0) return null;
  const bytesPerSecond = (fetched * 1000) / took;
  return { bytesPerSecond, left: ((bytes - fetched) * 1000) / bytesPerSecond };
}

/** The devices in the network after `event`. */
export function afterSighting(
  found: readonly FoundDevice[],
  event: Extract<ProgramEvent, { type: 'found' | 'changed' | 'gone' }>,
): readonly FoundDevice[] {
  const { deviceId, address, kind, mode } = event;
  const others = found.filter((device) => device.deviceId !== deviceId);
  return event.type === 'gone' ? others : [...others, { deviceId, address, kind, mode }].slice(-32);
}
