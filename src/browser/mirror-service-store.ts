import * as v from 'valibot';
import browser from 'webextension-polyfill';
import { imageStep, listingStep, mirrorStep } from '../flash/run/stored-run.ts';
import type { Listing, Listings, MirrorTest, MirrorTests } from '../flash/tasks/mirror-service.ts';

const testsKey = 'mirror-test';
const listingsKey = 'listing';

/** As with the run, `storage.session` holds only what this very build wrote; the shape tells it from rubbish. */
const testShape = v.looseObject({ image: imageStep, mirror: mirrorStep });
const testSchema = v.custom<MirrorTest>((value) => v.is(testShape, value));
const testsSchema = v.fallback(v.record(v.string(), testSchema), {});
const listingsSchema = v.fallback(
  v.record(
    v.string(),
    v.custom<Listing>((value) => v.is(listingStep, value)),
  ),
  {},
);

/** The tests of mirrors as they were last written. */
export async function readMirrorTests(): Promise<MirrorTests> {
  const stored = await browser.storage.session.get(testsKey);
  return v.parse(testsSchema, stored[testsKey]);
}

/** Writes the tests for every view to see. */
export function writeMirrorTests(tests: MirrorTests): Promise<void> {
  return browser.storage.session.set({ [testsKey]: tests });
}

/** Calls `changed` with the tests whenever they are written. */
export function onMirrorTestsChange(changed: (tests: MirrorTests) => void): void {
  browser.storage.session.onChanged.addListener((changes) => {
    const change = changes[testsKey];
    if (change) changed(v.parse(testsSchema, change.newValue));
  });
}

/** The lists of mirrors as they were last written. */
export async function readListings(): Promise<Listings> {
  const stored = await browser.storage.session.get(listingsKey);
  return v.parse(listingsSchema, stored[listingsKey]);
}

/** Writes the lists for every view to see. */
export function writeListings(listings: Listings): Promise<void> {
  return browser.storage.session.set({ [listingsKey]: listings });
}

/** Calls `changed` with the lists whenever they are written. */
export function onListingsChange(changed: (listings: Listings) => void): void {
  browser.storage.session.onChanged.addListener((changes) => {
    const change = changes[listingsKey];
    if (change) changed(v.parse(listingsSchema, change.newValue));
  });
}
