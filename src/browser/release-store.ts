import * as v from 'valibot';
import { fetchReleases, type Releases, readStoredReleases } from '../firmware/releases/releases.ts';
import { createStorageItem } from './storage-item.ts';

const knownItem = createStorageItem<Releases | null>(
  'local',
  'releases',
  v.pipe(v.unknown(), v.transform(readStoredReleases)),
);
/** Milliseconds since the epoch. */
const moment = v.fallback(v.number(), 0);
const askedItem = createStorageItem('local', 'releasesAskedAt', moment);
const failedItem = createStorageItem('local', 'releasesFailedAt', moment);

/** GitHub answers 60 questions an hour; once an hour is plenty. In milliseconds. */
const goodFor = 3_600_000;

/** A person waits for the image, not for GitHub. In milliseconds. */
const patience = 5_000;

/** Within this time of `at`, in milliseconds; a moment in the future counts as long ago. */
function isRecent(at: number): boolean {
  const age = Date.now() - at;
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
    if (!signal.aborted) await failedItem.set(Date.now());
    return null;
  }
  const releases = answer.value.status === 'changed' ? answer.value.releases : known;
  await knownItem.set(releases);
  await Promise.all([askedItem.set(Date.now()), failedItem.set(0)]);
  return releases;
}

/**
 * The official releases: GitHub's when it can be asked, else the ones it told before, else null. Where it did not
 * answer within the last hour nobody waits for it again: it is asked, and what it says serves the next image.
 */
export async function officialReleases(signal: AbortSignal): Promise<Releases | null> {
  const [known, askedAt, failedAt] = await Promise.all([knownItem.get(), askedItem.get(), failedItem.get()]);
  if (known !== null && isRecent(askedAt)) return known;
  const outdated = known && ({ ...known, isOutdated: true } as const);
  if (isRecent(failedAt)) {
    // It serves the next image, so the end of this one's run is not its end.
    ask(known, new AbortController().signal).catch(() => {});
    return outdated;
  }
  return (await ask(known, signal)) ?? outdated;
}
