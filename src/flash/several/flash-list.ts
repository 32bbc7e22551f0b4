/*
 * Several devices that one yes allows to be flashed, one after the other. Pure functions on the list; it is worked
 * off in `several.ts`.
 */
import type { Text } from '../../core/text.ts';
import type { Confirmation } from '../run/confirmation.ts';
import type { Outcome } from '../run/outcome.ts';

/** How far one line has come. Times are milliseconds since the epoch. */
export type LineProgress =
  | { readonly state: 'waiting' }
  /** Written down before the flash of this line begins, so that it begins once. */
  | { readonly state: 'begun'; readonly at: number }
  | { readonly state: 'ended'; readonly at: number; readonly outcome: Outcome }
  /** Nothing was sent for it, and nothing will be without another yes. */
  | { readonly state: 'not-begun'; readonly why: Text };

/** One device, with what was confirmed for it. */
export interface Line {
  readonly confirmation: Confirmation;
  /** When the yes was given that this line belongs to. */
  readonly yesAt: number;
  readonly progress: LineProgress;
}

/** The lines of the last yes, and what became of those before. At most one line for each host. */
export interface FlashList {
  /** When the last yes was given. */
  readonly yesAt: number;
  /** Whether the first outcome that is not good keeps the rest from being flashed. */
  readonly stopAtBad: boolean;
  /** When the yes was given or a line was begun last. */
  readonly movedAt: number;
  readonly lines: readonly Line[];
}

/** The most devices of one list; as many runs are kept. */
export const longestFlashList = 50;

/** The list with the lines of a new yes, in the place of those of the same devices. */
export function withYes(
  list: FlashList | null,
  confirmations: readonly Confirmation[],
  stopAtBad: boolean,
  now: number,
): FlashList {
  const isNamed = (line: Line) => confirmations.some(({ host }) => host === line.confirmation.host);
  const before = (list?.lines ?? []).filter((line) => !isNamed(line));
  // What belongs to one yes must not be taken for another one's.
  const yesAt = Math.max(now, (list?.yesAt ?? 0) + 1);
  const lines = confirmations.map(
    (confirmation): Line => ({ confirmation, yesAt, progress: { state: 'waiting' } }),
  );
  const room = longestFlashList - lines.length;
  return { yesAt, stopAtBad, movedAt: now, lines: [...(room > 0 ? before.slice(-room) : []), ...lines] };
}

/** The list with the line of `host` as far as `progress` says. */
export function withProgress(list: FlashList, host: string, progress: LineProgress): FlashList {
  const lines = list.lines.map((line) => (line.confirmation.host === host ? { ...line, progress } : line));
  return { ...list, lines };
}

/** The list in which the line that ended at `at` on `host` ended with `outcome` after all. */
export function withWorse(list: FlashList, host: string, at: number, outcome: Outcome): FlashList {
  const isMeant = list.lines.some(
    ({ confirmation, progress }) =>
      confirmation.host === host && progress.state === 'ended' && progress.at === at,
  );
  return isMeant ? withProgress(list, host, { state: 'ended', at, outcome }) : list;
}

/** The list in which nothing waits any more. */
export function withoutWaiting(list: FlashList, why: Text): FlashList {
  const lines = list.lines.map((line) =>
    line.progress.state === 'waiting' ? { ...line, progress: { state: 'not-begun', why } as const } : line,
  );
  return { ...list, lines };
}

/** The line that is being flashed, or null. */
export function begunLine(list: FlashList | null): Line | null {
  return list?.lines.find(({ progress }) => progress.state === 'begun') ?? null;
}

/** The line whose turn comes next, or null. */
export function nextLine(list: FlashList | null): Line | null {
  return list?.lines.find(({ progress }) => progress.state === 'waiting') ?? null;
}

/** True from the yes until the last line of it has ended. */
export function isListUnderWay(list: FlashList | null): boolean {
  return begunLine(list) !== null || nextLine(list) !== null;
}

/** Whether a device that ended so is no reason to leave the others alone. */
export function isGood({ kind }: Outcome): boolean {
  return kind === 'flashed' || kind === 'probably-flashed';
}

/** A line of the last yes whose device did not end well, or null. */
export function badLine({ lines, yesAt }: FlashList): Line | null {
  return (
    lines.find(
      ({ progress, yesAt: own }) => own === yesAt && progress.state === 'ended' && !isGood(progress.outcome),
    ) ?? null
  );
}
