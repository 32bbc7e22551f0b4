import type { Check } from '../../core/check.ts';
import type { Clock } from '../../core/clock.ts';
import type { FlashPlan } from '../run/device-run.ts';
import type { LocalMirrorConnection } from './connection.ts';
import { lookedAt } from './downloads.ts';
import type { Keeper } from './keeper.ts';
import { probeChecks } from './raw-checks.ts';
import { refusalTrouble, type Trouble } from './troubles.ts';
import { downloadOf, mayBeFetching, type Verdict, verdictOf } from './verdict.ts';

/** What the program on this computer adds to a run. Without the program, none of it is missing. */
export interface LocalMirrorWays {
  /** Whether the image at `url` is served from this computer. */
  isOwn(url: string): boolean;
  /**
   * Announces the download of `plan` to the program, so that it goes on without a browser. Null when that is done,
   * and for a plan of another mirror; else the reason not to send `ota_flash`.
   */
  expect(plan: FlashPlan): Promise<Trouble | null>;
  /** Whether the device of `plan` may be fetching an image from here already, as another browser has told it to. */
  isFetching(plan: FlashPlan): boolean;
  /** Asks any mirror as a device does, byte by byte; null where there is no program, or no answer of it. */
  probe(url: string, signal: AbortSignal): Promise<readonly Check[] | null>;
  /** Connects again, where the program may know something of the download of `plan`. */
  follow(plan: FlashPlan): void;
  /** What the device has reported, whose `ota_flash` was sent at `since` (milliseconds since the epoch). */
  verdictOn(plan: FlashPlan, since: number): Verdict | null;
  /** Resolves when something has changed, or `signal` is aborted. */
  changed(signal: AbortSignal): Promise<void>;
}

/** The ways of a local mirror of which `keeper` has all that is known, and `connection` leads to the program. */
export function createLocalMirrorWays(
  keeper: Keeper,
  connection: LocalMirrorConnection,
  clock: Pick<Clock, 'now'>,
): LocalMirrorWays {
  const isOwn = (url: string) => keeper.state().served?.url === url;
  /** What was announced here: the runs know of it themselves, and more than the program. */
  const announced = new Set<string>();

  return {
    isOwn,
    async expect({ url, digest, address }) {
      if (!isOwn(url.href)) return null;
      const client = await connection.connected();
      if (!client.ok) return client.trouble;
      // One that was started anew serves the image as well, but at another address.
      if (!isOwn(url.href)) return refusalTrouble('unknown-image');
      // The program counts by address; a device that was called by a name is known when its first part goes out.
      if (!/^\d+\.\d+\.\d+\.\d+$/.test(address.host)) return null;
      const expected = await client.value.expect(digest, address.host);
      if (!expected.ok) return expected.trouble;
      announced.add(expected.value.download);
      const { downloads } = keeper.state();
      const others = downloads.filter(({ download }) => download !== expected.value.download);
      keeper.change({ downloads: [...others, lookedAt(expected.value, null)] });
      return null;
    },
    isFetching(plan) {
      const { downloads } = keeper.state();
      const others = downloads.filter(({ download }) => !announced.has(download));
      return mayBeFetching(others, plan, clock.now());
    },
    async probe(url, signal) {
      const report = await connection.current()?.probe(url, signal);
      return report?.ok ? probeChecks(report.value) : null;
    },
    follow(plan) {
      // Only who has served something here can know something; nobody else's program is started for it.
      if (isOwn(plan.url.href) || isHere(plan)) void connection.connected();
    },
    verdictOn: (plan, since) => verdictOf(downloadOf(keeper.state().downloads, plan, since)),
    changed: keeper.changed,
  };
}

/** Whether the address may be one of this computer: the program serves under a word of its own below an address. */
function isHere({ url }: FlashPlan): boolean {
  return /^\/[\w-]{12}\/[^/]+$/.test(url.path);
}
