import { noMirrorPermission } from '../../mirror/fetch/download.ts';
import { fetchListing, type ListedImage } from '../../mirror/fetch/index-page.ts';
import { parseMirrorBase } from '../../mirror/url/catalogue.ts';
import { parseDownloadUrl } from '../../mirror/url/url-rules.ts';
import type { Refusal } from '../engine.ts';
import { emptySource, type FirmwareSource, isFetching } from '../source/firmware-source.ts';
import { lacksPermission, type Step } from '../step.ts';
import { fetchImage, probeMirror } from './image-tasks.ts';
import { createKeyedStates } from './keyed-states.ts';
import { createKeyedTasks } from './keyed-tasks.ts';
import { mirrorFault } from './own-failures.ts';
import type { SourceEnvironment } from './run-environment.ts';
import type { SourceContext } from './source-context.ts';

/** One test of a mirror: the file it was tested with, and what the mirror answered. */
export type MirrorTest = Pick<FirmwareSource, 'image' | 'mirror'>;

/** The names that a mirror's index page lists. */
export type Listing = Step<readonly ListedImage[]>;

/** Tests by the address of the file, lists by the address of the folder. */
export type MirrorTests = Readonly<Record<string, MirrorTest>>;
export type Listings = Readonly<Record<string, Listing>>;

/** What the service needs from outside. */
export interface MirrorServiceEnvironment extends SourceEnvironment {
  saveTests(tests: MirrorTests): Promise<void>;
  saveListings(listings: Listings): Promise<void>;
}

/**
 * Asks mirrors things that belong to no run: whether a device could download from them, and what they offer.
 * It speaks to mirrors only and has no way to reach a device. Every method answers at once and works on.
 */
export interface MirrorService {
  /** Fetches the file at `url`, looks into it, and asks its mirror for parts of it as the device would. */
  test(url: string): Refusal;
  stopTest(url: string): Refusal;
  /** Reads the index page of the mirror at `base`. */
  list(base: string): Refusal;
  /** Asks again what could not be asked for want of a permission. */
  permissionGranted(): void;
  forgetEverything(): void;
  /** Resolves when nothing is under way and everything is written. */
  settled(): Promise<void>;
}

/** What an earlier background left. */
export interface MirrorServiceLeft {
  readonly tests: MirrorTests;
  readonly listings: Listings;
}

const keptTests = 12;
const keptListings = 12;

/** A service that takes up what was under way when an earlier background was stopped; all of it can be repeated. */
export function createMirrorService(
  environment: MirrorServiceEnvironment,
  left: MirrorServiceLeft,
): MirrorService {
  const tests = createKeyedStates(left.tests, keptTests, environment.saveTests);
  const listings = createKeyedStates(left.listings, keptListings, environment.saveListings);
  const tasks = createKeyedTasks();

  function test(text: string): Refusal {
    const parsed = parseDownloadUrl(text);
    if (!parsed.ok) return parsed.failure.sentence;
    const url = parsed.value;
    const at = environment.clock.now();
    const broken: MirrorTest = {
      image: { state: 'failed', at, failure: mirrorFault },
      mirror: { state: 'idle' },
    };
    const start: MirrorTest = {
      image: { state: 'working', since: at, progress: null },
      mirror: { state: 'idle' },
    };
    tests.put(url.href, start);
    tasks.begin(
      testKey(url.href),
      async (signal) => {
        const context = contextOfTest(url.href, start, signal);
        await fetchImage(context, url, signal);
        const { image, mirror } = context.source();
        // A flash stops at a file that must not be flashed; here the question is the mirror, whatever the file.
        if (image.state === 'done' && mirror.state === 'idle')
          await probeMirror(context, image.value, signal);
      },
      (_, wasStopped) => {
        if (!wasStopped) tests.put(url.href, broken);
      },
    );
    return null;
  }

  /** A source of its own, which shows up among the tests as long as nobody has stopped it. */
  function contextOfTest(href: string, start: MirrorTest, signal: AbortSignal): SourceContext {
    let source = { ...emptySource, ...start };
    return {
      environment,
      source: () => source,
      change(part) {
        source = { ...source, ...part };
        const { image, mirror } = source;
        if (!signal.aborted) tests.put(href, { image, mirror });
      },
      note: () => {},
      fwVersion: () => null,
      isTouched: () => false,
    };
  }

  function list(text: string): Refusal {
    const parsed = parseMirrorBase(text);
    if (!parsed.ok) return parsed.failure.sentence;
    if (listings.all()[parsed.value]?.state !== 'working') startList(parsed.value);
    return null;
  }

  function startList(base: string): void {
    const since = environment.clock.now();
    listings.put(base, { state: 'working', since, progress: null });
    tasks.begin(
      listKey(base),
      async (signal) => {
        const listed = await readList(base, signal);
        if (signal.aborted) return;
        const at = environment.clock.now();
        listings.put(
          base,
          listed.ok
            ? { state: 'done', at, value: listed.value }
            : { state: 'failed', at, failure: listed.failure },
        );
      },
      (_, wasStopped) => {
        if (!wasStopped) listings.put(base, { state: 'failed', at: since, failure: mirrorFault });
      },
    );
  }

  async function readList(base: string, signal: AbortSignal) {
    if (await environment.mayReachMirror(base)) {
      return fetchListing({ fetch: environment.fetch, base, signal, clock: environment.clock });
    }
    const { origin, host, pathname } = new URL(base);
    const failure = noMirrorPermission({ href: base, origin, host, path: pathname, file: '' });
    return { ok: false, failure } as const;
  }

  function testsWhere(wanted: (test: MirrorTest) => boolean): string[] {
    return Object.entries(tests.all()).flatMap(([url, state]) => (wanted(state) ? [url] : []));
  }

  function listsWhere(wanted: (listing: Listing) => boolean): string[] {
    return Object.entries(listings.all()).flatMap(([base, state]) => (wanted(state) ? [base] : []));
  }

  for (const url of testsWhere(isFetching)) test(url);
  for (const base of listsWhere(({ state }) => state === 'working')) startList(base);

  return {
    test,
    stopTest(url) {
      tasks.stop(testKey(url));
      tests.remove(url);
      return null;
    },
    list,
    permissionGranted() {
      for (const url of testsWhere(({ image }) => lacksPermission(image))) test(url);
      for (const base of listsWhere(lacksPermission)) startList(base);
    },
    forgetEverything() {
      tasks.stopAll();
      tests.clear();
      listings.clear();
    },
    async settled() {
      await tasks.settled();
      await Promise.all([tests.written(), listings.written()]);
    },
  };
}

const testKey = (url: string) => `test ${url}`;
const listKey = (base: string) => `list ${base}`;
