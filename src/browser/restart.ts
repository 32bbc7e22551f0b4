import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { openTab } from './pages.ts';

const key = 'restart';
/** What was saved longer ago was not taken up by the restart that it was saved for, in milliseconds. */
const goodFor = 60_000;

const answerTakes = 100;

const schema = v.object({ at: v.number(), session: v.record(v.string(), v.unknown()) });

/**
 * Restarts the extension, which closes its tabs and empties `storage.session`: what lies there is saved first. Only
 * for when nothing is under way. Whatever else is in the middle is lost.
 */
export async function restartExtension(): Promise<void> {
  const session = await browser.storage.session.get(null);
  await browser.storage.local.set({ [key]: { at: Date.now(), session } });
  // The page that has asked gets its answer before it is closed.
  setTimeout(() => browser.runtime.reload(), answerTakes);
}

/** Puts back what {@link restartExtension} has saved, and opens the page again; must come before all else. */
export async function takeUpAfterRestart(): Promise<void> {
  const stored = await browser.storage.local.get(key);
  if (stored[key] === undefined) return;
  await browser.storage.local.remove(key);
  const saved = v.safeParse(schema, stored[key]);
  const age = saved.success ? Date.now() - saved.output.at : -1;
  if (!saved.success || age < 0 || age > goodFor) return;
  const there = await browser.storage.session.get(null);
  // What is there already is newer.
  await browser.storage.session.set({ ...saved.output.session, ...there });
  await openTab('popup/index.html').catch(() => {});
}
