import browser from 'webextension-polyfill';
import { fetchReleases, type Releases, readStoredReleases } from '../firmware/releases.ts';

const key = 'releases';
const askedKey = 'releasesAskedAt';

/** GitHub answers 60 questions an hour; once an hour is plenty. In milliseconds. */
const goodFor = 3_600_000;

/** A person waits for the image, not for GitHub. In milliseconds. */
const patience = 8_000;

/** The official releases: GitHub's when it can be asked, else the ones it told before, else null. */
export async function officialReleases(signal: AbortSignal): Promise<Releases | null> {
  const stored = await browser.storage.local.get([key, askedKey]);
  const known = readStoredReleases(stored[key]);
  const askedAt = stored[askedKey];
  const age = typeof askedAt === 'number' ? Date.now() - askedAt : Number.POSITIVE_INFINITY;
  if (known !== null && age >= 0 && age < goodFor) return known;
  const answer = await fetchReleases({
    fetch: (input, init) => fetch(input, init),
    etag: known?.etag ?? null,
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
  });
  if (!answer.ok) return known;
  const releases = answer.value.status === 'changed' ? answer.value.releases : known;
  await browser.storage.local.set({ [key]: releases, [askedKey]: Date.now() });
  return releases;
}
