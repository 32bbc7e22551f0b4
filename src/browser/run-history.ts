import * as v from 'valibot';
import { type ReadRuns, readRunList, withRecord } from '../flash/journal/run-list.ts';
import { type RunRecord, recordOf, type Shared } from '../flash/journal/run-record.ts';
import type { ShownRun } from '../flash/run/device-run.ts';
import { settingsItem } from './settings-store.ts';
import { createStorageItem } from './storage-item.ts';

/** The runs that are kept, the last one first. */
export const runsItem = createStorageItem<ReadRuns, readonly RunRecord[]>(
  'local',
  'runs',
  v.pipe(v.unknown(), v.transform(readRunList)),
);

const started = Date.now();
/** Which flashes were recorded by this background: by device, and when they ended. */
const recorded = new Set<string>();
let writing: Promise<unknown> = Promise.resolve();

/**
 * Keeps `run` when a flash of it has just ended, unless the person wants none kept. To be called with every run that
 * is written: an end that was seen before is not recorded again. Answers whether the run was kept; never rejects, since
 * a record that cannot be written must not look like a flash that went wrong.
 */
export async function recordRun(run: ShownRun, shared: Shared): Promise<boolean> {
  const { flash, address } = run;
  // What ended under an earlier background is only being shown again.
  if (flash.stage !== 'ended' || flash.at < started) return false;
  const end = `${flash.at} ${address?.host}`;
  const record = recorded.has(end) ? null : recordOf(run, shared);
  if (record === null) return false;
  recorded.add(end);
  const written = writing.then(() => keep(record)).catch(() => false);
  writing = written;
  return written;
}

async function keep(record: RunRecord): Promise<boolean> {
  if (!(await settingsItem.get()).settings.keepRuns) return false;
  return write(withRecord((await runsItem.get()).runs, record));
}

/** Where the storage is full, the oldest runs make room for the newest. */
async function write(runs: readonly RunRecord[]): Promise<boolean> {
  for (let kept = runs; kept.length > 0; kept = kept.slice(0, -1)) {
    try {
      await runsItem.set(kept);
      return true;
    } catch {
      // Tried again with one less.
    }
  }
  return false;
}
