import browser from 'webextension-polyfill';
import { type ReadRuns, readRunList, withRecord } from '../flash/journal/run-list.ts';
import { type RunRecord, recordOf } from '../flash/journal/run-record.ts';
import type { Run } from '../flash/run/run.ts';
import { loadSettings } from './settings-store.ts';

const key = 'runs';

/** The runs that are kept, the last one first. */
export async function readRuns(): Promise<ReadRuns> {
  const stored = await browser.storage.local.get(key);
  return readRunList(stored[key]);
}

/** Erases every run that is kept. */
export function eraseRuns(): Promise<void> {
  return browser.storage.local.remove(key);
}

/** Calls `changed` with the runs whenever they change. */
export function onRunsChange(changed: (read: ReadRuns) => void): void {
  browser.storage.local.onChanged.addListener((changes) => {
    const change = changes[key];
    if (change) changed(readRunList(change.newValue));
  });
}

const started = Date.now();
/** When the flashes ended that were recorded by this background. */
const recorded = new Set<number>();
let writing: Promise<unknown> = Promise.resolve();

/**
 * Keeps `run` when a flash of it has just ended, unless the person wants none kept. To be called with every run that
 * is written: an end that was seen before is not recorded again. Answers whether the run was kept; never rejects, since
 * a record that cannot be written must not look like a flash that went wrong.
 */
export async function recordRun(run: Run): Promise<boolean> {
  const record = recordOf(run);
  // What ended under an earlier background is only being shown again.
  if (record === null || record.ended < started || recorded.has(record.ended)) return false;
  recorded.add(record.ended);
  const written = writing.then(() => keep(record)).catch(() => false);
  writing = written;
  return written;
}

async function keep(record: RunRecord): Promise<boolean> {
  if (!(await loadSettings()).settings.keepRuns) return false;
  return write(withRecord((await readRuns()).runs, record));
}

/** Where the storage is full, the oldest runs make room for the newest. */
async function write(runs: readonly RunRecord[]): Promise<boolean> {
  for (let kept = runs; kept.length > 0; kept = kept.slice(0, -1)) {
    try {
      await browser.storage.local.set({ [key]: kept });
      return true;
    } catch {
      // Tried again with one less.
    }
  }
  return false;
}
