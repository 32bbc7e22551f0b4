/*
 * Everything that the engine keeps, as it lies in `storage.session`: a run for each device, the firmware source that
 * they share, and what flashes have left in doubt. Pure functions on it, for engine and views.
 */
import type { JournalEvent } from './journal/events.ts';
import { type DeviceRun, isBusy, isFlashing, noRun, type ShownRun } from './run/device-run.ts';
import type { Doubts } from './run/doubts.ts';
import { type FlashList, isListUnderWay, longestFlashList } from './several/flash-list.ts';
import { emptySource, type FirmwareSource, isFetching } from './source/firmware-source.ts';

export interface FlashState {
  readonly version: 3;
  /** At most one for each host, the one that was asked last at the end. */
  readonly runs: readonly DeviceRun[];
  /** The host of the run that is on the page: that of the last Info. */
  readonly shown: string | null;
  readonly source: FirmwareSource;
  /** What flashes have left behind, by device; it outlives the runs. */
  readonly doubts: Doubts;
  /** The devices that are flashed one after the other, or were; null where nobody asked for that. */
  readonly list: FlashList | null;
  /** The hosts that were sent an `ota_flash`, each on a connection that the browser may have kept. */
  readonly sentTo: readonly string[];
}

export const emptyState: FlashState = {
  version: 3,
  runs: [],
  shown: null,
  source: emptySource,
  doubts: [],
  list: null,
  sentTo: [],
};

const keptRuns = longestFlashList;
/** Logs are most of what is written at every step, and the storage of a session holds 10 MB. */
const keptJournals = 10;

/** The run of the device at `host`, or null. */
export function runAt({ runs }: FlashState, host: string): DeviceRun | null {
  return runs.find(({ address }) => address.host === host) ?? null;
}

/** The run that is on the page. */
export function shownRun(state: FlashState): ShownRun {
  return (state.shown === null ? null : runAt(state, state.shown)) ?? noRun;
}

/** The runs with `run` in the place of the one at its host. */
export function withRun(runs: readonly DeviceRun[], run: DeviceRun): readonly DeviceRun[] {
  return runs.map((other) => (other.address.host === run.address.host ? run : other));
}

/**
 * The runs with `run` as the one that was asked last. Of too many the oldest go, and before that their logs; but none
 * of one that is at work.
 */
export function withRunLast(runs: readonly DeviceRun[], run: DeviceRun): readonly DeviceRun[] {
  const others = runs.filter(({ address }) => address.host !== run.address.host);
  const idle = others.filter((other) => !isFlashing(other.flash) && !isBusy(other));
  const oldest = (kept: number) => new Set(idle.slice(0, Math.max(0, others.length + 1 - kept)));
  const [dropped, silent] = [oldest(keptRuns), oldest(keptJournals)];
  return [
    ...others
      .filter((other) => !dropped.has(other))
      .map((other) => (silent.has(other) ? { ...other, journal: [] } : other)),
    run,
  ];
}

/** The run that is flashing, or null: there is one at a time, whatever the device. */
export function flashingRun({ runs }: Pick<FlashState, 'runs'>): DeviceRun | null {
  return runs.find(({ flash }) => isFlashing(flash)) ?? null;
}

/** Whether a flash is under way, or another one may begin any moment. */
export function isFlashUnderWay(state: Pick<FlashState, 'runs' | 'list'>): boolean {
  return flashingRun(state) !== null || isListUnderWay(state.list);
}

/** True while the background has something to do that it would have to take up again. */
export function isUnderWay({ runs, source, list }: FlashState): boolean {
  return (
    isFetching(source) || isListUnderWay(list) || runs.some((run) => isFlashing(run.flash) || isBusy(run))
  );
}

/** What happened to the device and to its firmware, in one line of time. */
export function journalOf(
  run: Pick<ShownRun, 'journal'>,
  source: Pick<FirmwareSource, 'journal'>,
): readonly JournalEvent[] {
  const merged: JournalEvent[] = [];
  const ofSource = [...source.journal];
  // Each keeps its own order, whatever somebody has done to the clock.
  for (const event of run.journal) {
    while (ofSource[0] !== undefined && ofSource[0].at < event.at) merged.push(...ofSource.splice(0, 1));
    merged.push(event);
  }
  return [...merged, ...ofSource];
}
