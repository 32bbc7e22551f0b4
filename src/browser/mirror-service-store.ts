import * as v from 'valibot';
import { imageStep, listingStep, mirrorStep } from '../flash/run/stored-steps.ts';
import type { Listing, Listings, MirrorTest, MirrorTests } from '../flash/tasks/mirror-service.ts';
import { createStorageItem } from './storage-item.ts';

/** As with the runs, `storage.session` holds only what this very build wrote; the shape tells it from rubbish. */
const testShape = v.looseObject({ image: imageStep, mirror: mirrorStep });
const testSchema = v.custom<MirrorTest>((value) => v.is(testShape, value));
const listingSchema = v.custom<Listing>((value) => v.is(listingStep, value));

/** The tests of mirrors as they were last written. */
export const mirrorTestsItem = createStorageItem<MirrorTests>(
  'session',
  'mirror-test',
  v.fallback(v.record(v.string(), testSchema), {}),
);

/** The lists of mirrors as they were last written. */
export const listingsItem = createStorageItem<Listings>(
  'session',
  'listing',
  v.fallback(v.record(v.string(), listingSchema), {}),
);
