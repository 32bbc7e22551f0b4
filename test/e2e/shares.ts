import { describe, it } from 'vitest';
import { allBrowsers, type BrowserKind, browserKinds } from './harness/launch.ts';

/*
 * What the same code of ours decides in both browsers, whatever the browser, is tried in one of them. What a browser does
 * by itself (connections, permissions, storage, windows, keys) is tried in each.
 */

/** The cases of one browser: every other one. */
export function shareOf<Case>(kind: BrowserKind, cases: readonly Case[]): readonly Case[] {
  return cases.filter((_, n) => n % allBrowsers.length === allBrowsers.indexOf(kind));
}

/** A test for `its` browser only, where `kind` is the one at work. */
export function itIn(its: BrowserKind, kind: BrowserKind, name: string, story: () => Promise<void>): void {
  if (its === kind) it(name, story);
}

/** What concerns `kind` only, where it is to be tested now. */
export function describeIn(kind: BrowserKind, name: string, stories: () => void): void {
  if (browserKinds.includes(kind)) describe(name, stories);
}
