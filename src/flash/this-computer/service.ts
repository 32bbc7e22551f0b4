/*
 * The local mirror, as the background owns it and runs use it. May import core, firmware, mirror, native-messages, and
 * of flash the plans, outcomes and what writes the state.
 */
import { beside } from '../../core/assurance.ts';
import type { ProgramEvent, Welcome } from '../../native-messages/answers.ts';
import type { LocalMirrorClient } from './client.ts';
import { type ConnectionEnvironment, createConnection } from './connection.ts';
import { afterEvent, afterSighting, lookedAtAgain } from './downloads.ts';
import { type Found, type HandedOver, handedOver, type ImageSource, served } from './handing-over.ts';
import { createKeeper } from './keeper.ts';
import { createLocalMirrorWays, type LocalMirrorWays } from './local-mirror-ways.ts';
import { type ElsewhereImage, type Fetching, type ThisComputer, wantedIn } from './state.ts';
import { refusalTrouble, type Trouble } from './troubles.ts';

/** What the service needs from outside. */
export interface LocalMirrorServiceEnvironment extends ConnectionEnvironment {
  /** Writes the state where views and a later background find it. */
  save(state: ThisComputer): Promise<void>;
  /** A device has reported something, perhaps while no browser was there. */
  reported(): void;
  /** An image is served: it can be fetched and checked as from any other mirror. `isAsked`: a person has just chosen it. */
  serving(url: string, isAsked: boolean): void;
  /** The way to an image that is somewhere else; null where there is none. */
  sourceOf(wanted: ElsewhereImage): ImageSource | null;
}

/**
 * The local mirror, as the background owns it: one connection, and all that is known of it. Every method answers at
 * once and works on; what comes of it is in the state.
 */
export interface LocalMirrorService {
  /** What it adds to runs. */
  readonly ways: LocalMirrorWays;
  /**
   * A view is open that shows it; to be said again at least every half minute. Devices are looked for meanwhile.
   * After a trouble, it is tried again where the person has asked for that, or the view is the first for a while.
   */
  use(isAsked: boolean): void;
  /** Hands an image over and serves it, for `device` (an IPv4 address, if it is known). */
  handOver(source: ImageSource, device: string | null): void;
  /** Hands over what could not be had for want of a permission. */
  permissionGranted(): void;
  /** The device is known now, and may reach this computer at another address. */
  serveTo(device: string): void;
  /** The person has seen how a download ended. */
  forget(download: string): void;
  /** Forgets what is served and how downloads ended, here and at the program; what is under way stays. */
  forgetEverything(): void;
  /** Resolves when nothing is being handed over and everything is written. */
  settled(): Promise<void>;
}

/** A view that has not said anything for so long has gone, in milliseconds. */
const viewGone = 60_000;
/** So long an image is still served after the last view has gone, in milliseconds. */
const servedFor = 1_800_000;

/** A fault of ours. */
const broken: Extract<Found, { ok: false }> = { ok: false, trouble: refusalTrouble('internal') };

/** A service that takes up what an earlier background left. */
export function createLocalMirrorService(
  environment: LocalMirrorServiceEnvironment,
  left: ThisComputer,
): LocalMirrorService {
  const { clock } = environment;
  // The question about a permission may stay open for longer than a background lives.
  const handingOver = wantedIn(left) === null ? ({ state: 'idle' } as const) : left.handingOver;
  const keeper = createKeeper({ ...left, handingOver, found: [] }, environment.save);
  const pending = new Set<Promise<void>>();
  let image: HandedOver | null = null;
  let device: string | null = null;
  let usedAt = Number.NEGATIVE_INFINITY;

  const isUnderWay = () => keeper.state().downloads.some(({ end }) => end === null);
  const connection = createConnection(environment, {
    changed: (next) => keeper.change({ connection: next }),
    welcomed,
    happened,
    isWanted() {
      const unused = clock.elapsed() - usedAt;
      return unused < viewGone || isUnderWay() || (keeper.state().served !== null && unused < servedFor);
    },
  });

  async function welcomed(client: LocalMirrorClient, { downloads, images }: Welcome): Promise<void> {
    keeper.change({ downloads: lookedAtAgain(downloads, keeper.state().downloads), found: [] });
    void client.find();
    environment.reported();
    const { served: before } = keeper.state();
    if (before === null || images.some(({ sha256, url }) => sha256 === before.sha256 && url === before.url))
      return;
    // It was started anew meanwhile: what it held is gone, and so is the address.
    const again = image === null ? null : await served(client, image, device);
    keeper.change({ served: again?.ok ? again.value : null });
    if (again?.ok) environment.serving(again.value.url, false);
    // One that is on its way takes its place.
    else if (keeper.state().handingOver.state !== 'working') fail(refusalTrouble('unknown-image'));
  }

  function happened(event: ProgramEvent): void {
    const { downloads, found, served: now } = keeper.state();
    switch (event.type) {
      case 'found':
      case 'changed':
      case 'gone':
        keeper.change({ found: afterSighting(found, event) });
        return;
      case 'serving':
        if (now?.sha256 === event.sha256) nowAt(event.url);
        return;
      default:
        keeper.change({ downloads: afterEvent(downloads, event, clock.now()) });
        if (event.type === 'verdict') environment.reported();
        if (event.type === 'stalled') forgetOwnProbes();
    }
  }

  /** What this computer asked of itself to check it is no download of a device, though it looks like one. */
  function forgetOwnProbes(): void {
    const { downloads, served: now } = keeper.state();
    if (now === null) return;
    const own = new URL(now.url).hostname;
    const isProbe = ({ device: from, end }: Fetching) =>
      from === own && end !== null && end.kind !== 'verdict';
    for (const { download } of downloads.filter(isProbe)) void connection.current()?.forget(download);
    keeper.change({ downloads: downloads.filter((one) => !isProbe(one)) });
  }

  function nowAt(url: string): void {
    const { served: now } = keeper.state();
    if (now === null || now.url === url) return;
    keeper.change({ served: { ...now, url } });
    environment.serving(url, false);
  }

  function fail({ sentence, action, trouble }: Trouble, lacksPermission: ElsewhereImage | null = null): void {
    const told = { sentence, action, ...beside({ trouble }) };
    const wanted = lacksPermission === null ? {} : { lacksPermission };
    keeper.change({ handingOver: { state: 'failed', trouble: told, ...wanted } });
  }

  function work(task: () => Promise<void>): void {
    const running: Promise<void> = task()
      .catch(() => fail(broken.trouble))
      .finally(() => pending.delete(running));
    pending.add(running);
  }

  async function handOver(source: ImageSource): Promise<void> {
    const mine = { state: 'working', name: source.name } as const;
    keeper.change({ handingOver: mine });
    const there = await handedOver(source, connection.connected, () => device).catch(() => broken);
    // Another one may have been chosen meanwhile.
    if (keeper.state().handingOver !== mine) return;
    if (!there.ok) return fail(there.trouble, there.lacksPermission);
    image = there.image;
    keeper.change({ handingOver: { state: 'idle' }, served: there.value });
    environment.serving(there.value.url, true);
  }

  if (left.connection.state === 'connected' || left.connection.state === 'connecting')
    void connection.connected();

  return {
    ways: createLocalMirrorWays(keeper, connection, clock),
    use(isAsked) {
      const isFirst = clock.elapsed() - usedAt > viewGone;
      usedAt = clock.elapsed();
      const { state } = keeper.state().connection;
      if (state === 'off' || (state === 'trouble' && (isAsked || isFirst))) void connection.connected();
    },
    handOver(source, to) {
      device = to;
      usedAt = clock.elapsed();
      work(() => handOver(source));
    },
    permissionGranted() {
      const wanted = wantedIn(keeper.state());
      const source = wanted === null ? null : environment.sourceOf(wanted);
      if (source !== null) work(() => handOver(source));
    },
    serveTo(to) {
      const { served: now } = keeper.state();
      const client = connection.current();
      if (device === to || now === null || client === null) return;
      device = to;
      work(async () => {
        const url = await client.serve(now.sha256, to);
        if (url.ok) nowAt(url.value);
      });
    },
    forget(download) {
      const { downloads } = keeper.state();
      keeper.change({ downloads: downloads.filter((one) => one.download !== download) });
      void connection.current()?.forget(download);
    },
    forgetEverything() {
      const { downloads } = keeper.state();
      image = null;
      for (const { download, end } of downloads)
        if (end !== null) void connection.current()?.forget(download);
      keeper.change({
        handingOver: { state: 'idle' },
        served: null,
        downloads: downloads.filter(({ end }) => end === null),
      });
    },
    async settled() {
      while (pending.size > 0) await Promise.allSettled(pending);
      await keeper.written();
    },
  };
}
