import browser from 'webextension-polyfill';
import { emptyRun, type Run } from '../flash/run/run.ts';
import { readStoredRun } from '../flash/run/stored-run.ts';
import {
  readUnfinishedFlash,
  runOfUnfinishedFlash,
  unfinishedFlashOf,
} from '../flash/run/unfinished-flash.ts';

const runKey = 'run';
const unfinishedFlashKey = 'flash';

/**
 * The run as it was last written. When there is none, or it is damaged, what an earlier session of the browser left
 * of a flash; else an empty one.
 */
export async function readRun(): Promise<Run> {
  const stored = await browser.storage.session.get(runKey);
  const run = readStoredRun(stored[runKey]);
  if (run !== null) return run;
  const left = await browser.storage.local.get(unfinishedFlashKey);
  return runOfUnfinishedFlash(left[unfinishedFlashKey]) ?? emptyRun;
}

/** The unfinished flash in the storage, as JSON; not known before the first run is written. */
let knownUnfinishedFlash = '';

/**
 * Takes a record off the disk that says nothing. One that is damaged stays until the next run is written, so that the
 * first page that is opened can say so.
 */
export async function removeUselessRecord(): Promise<void> {
  const left = await browser.storage.local.get(unfinishedFlashKey);
  const stored: unknown = left[unfinishedFlashKey];
  const { run, damaged } = readUnfinishedFlash(stored);
  if (stored !== undefined && run === null && !damaged)
    await browser.storage.local.remove(unfinishedFlashKey);
}

/** Erases what this extension keeps in the browser, but for the run with what a device must not be robbed of. */
export async function eraseAllButRun(): Promise<void> {
  for (const [area, kept] of [
    [browser.storage.local, unfinishedFlashKey],
    [browser.storage.session, runKey],
  ] as const) {
    const keys = Object.keys(await area.get(null));
    await area.remove(keys.filter((key) => key !== kept));
  }
}

/** Writes the run for every view to see, and for a background that has to take it up again. */
export async function writeRun(run: Run): Promise<void> {
  const unfinished = unfinishedFlashOf(run);
  const text = JSON.stringify(unfinished);
  const changed = text !== knownUnfinishedFlash;
  // First, because the device is asked as soon as the run is written.
  if (unfinished !== null && changed) await browser.storage.local.set({ [unfinishedFlashKey]: unfinished });
  await browser.storage.session.set({ [runKey]: run });
  if (unfinished === null && changed) await browser.storage.local.remove(unfinishedFlashKey);
  knownUnfinishedFlash = text;
}

/**
 * Whether something is lost of what {@link readRun} looks for: a run that cannot be read, or, where there is none,
 * a part of what an earlier session of the browser left.
 */
export async function isRunDamaged(): Promise<boolean> {
  const stored = await browser.storage.session.get(runKey);
  if (stored[runKey] !== undefined) return readStoredRun(stored[runKey]) === null;
  const left = await browser.storage.local.get(unfinishedFlashKey);
  return readUnfinishedFlash(left[unfinishedFlashKey]).damaged;
}

/** Calls `changed` with every run that is written, by whomever. */
export function onRunChange(changed: (run: Run) => void): void {
  browser.storage.session.onChanged.addListener((changes) => {
    const change = changes[runKey];
    if (change) changed(readStoredRun(change.newValue) ?? emptyRun);
  });
}
