import browser from 'webextension-polyfill';
import { fetchReleases, type Releases, readStoredReleases } from '../firmware/releases/releases.ts';

const key = 'releases';
const askedKey = 'releasesAskedAt';
const failedKey = 'releasesFailedAt';

/** GitHub answers 60 questions an hour; once an hour is plenty. In milliseconds. */
const goodFor = 3_600_000;

/** A person waits for the image, not for GitHub. In milliseconds. */
const patience = 5_000;

/** Within this time of `at`, in milliseconds; a moment in the future counts as long ago. */
function isRecent(at: unknown): boolean {
  const age = typeof at === 'number' ? Date.now() - at : -1;
  return age >= 0 && age < goodFor;
}

/** Asks GitHub and keeps what it says; null when it did not answer. */
async function ask(known: Releases | null, signal: AbortSignal): Promise<Releases | null> {
  const answer = await fetchReleases({
    fetch: (input, init) => fetch(input, init),
    etag: known?.etag ?? null,
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
  });
  if (!answer.ok) {
    if (!signal.aborted) await browser.storage.local.set({ [failedKey]: Date.now() });
    return null;
  }
  const releases = answer.value.status === 'changed' ? answer.value.releases : known;
  await browser.storage.local.set({ [key]: releases, [askedKey]: Date.now(), [failedKey]: 0 });
  return releases;
}

/**
 * The official releases: GitHub's when it can be asked, else the ones it told before, else null. Where it did not
 * answer within the last hour nobody waits for it again: it is asked, and what it says serves the next image.
 */
export async function officialReleases(signal: AbortSignal): Promise<Releases | null> {
  const stored = await browser.storage.local.get([key, askedKey, failedKey]);
  const known = readStoredReleases(stored[key]);
  if (known !== null && isRecent(stored[askedKey])) return known;
  const outdated = known && ({ ...known, isOutdated: true } as const);
  if (isRecent(stored[failedKey])) {
    // It serves the next image, so the end of this one's run is not its end.
    ask(known, new AbortController().signal).catch(() => {});
    return outdated;
  }
  return (await ask(known, signal)) ?? outdated;
}
