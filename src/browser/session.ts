import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { leftoverOf, runOfLeftover } from '../flash/leftover.ts';
import { emptyRun, type Run } from '../flash/run.ts';
import { type Draft, draftSchema } from './draft.ts';

export type { Draft } from './draft.ts';

const runKey = 'run';
const draftKey = 'draft';
const leftoverKey = 'flash';

/**
 * `storage.session` holds only what this very build wrote: the browser empties it when the extension is
 * updated, reloaded or switched off. The version tells a run from rubbish; the rest is ours.
 */
const runSchema = v.fallback(
  v.custom<Run>((value) => v.is(v.looseObject({ version: v.literal(emptyRun.version) }), value)),
  emptyRun,
);

/**
 * The run as it was last written. When there is none, what an earlier session of the browser left of a flash;
 * else an empty one.
 */
export async function readRun(): Promise<Run> {
  const stored = await browser.storage.session.get(runKey);
  if (stored[runKey] !== undefined) return v.parse(runSchema, stored[runKey]);
  const left = await browser.storage.local.get(leftoverKey);
  return runOfLeftover(left[leftoverKey], Date.now()) ?? emptyRun;
}

/** The leftover in the storage, as JSON; not known before the first run is written. */
let knownLeftover = '';

/** Writes the run for every view to see, and for a background that has to take it up again. */
export async function writeRun(run: Run): Promise<void> {
  const leftover = leftoverOf(run);
  const text = JSON.stringify(leftover);
  const changed = text !== knownLeftover;
  // First, because the device is asked as soon as the run is written.
  if (leftover !== null && changed) await browser.storage.local.set({ [leftoverKey]: leftover });
  await browser.storage.session.set({ [runKey]: run });
  if (leftover === null && changed) await browser.storage.local.remove(leftoverKey);
  knownLeftover = text;
}

/** What was typed last, or null when nothing was. */
export async function readDraft(): Promise<Draft | null> {
  const stored = await browser.storage.session.get(draftKey);
  return stored[draftKey] === undefined ? null : v.parse(draftSchema, stored[draftKey]);
}

/** Keeps what is being typed. */
export function writeDraft(draft: Draft): Promise<void> {
  return browser.storage.session.set({ [draftKey]: draft });
}

/** Calls `changed` with every run that is written, by whomever. */
export function onRunChange(changed: (run: Run) => void): void {
  browser.storage.session.onChanged.addListener((changes) => {
    const change = changes[runKey];
    if (change) changed(v.parse(runSchema, change.newValue));
  });
}
