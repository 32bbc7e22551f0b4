/*
 * Many devices' addresses: lists as they are typed, and who answers at them. A leaf: imports core.
 */
import type { Clock } from '../core/clock.ts';
import { within } from '../core/wait.ts';
import type { Answer, Finding, Found } from './findings.ts';
import { createHalfOpen, type HalfOpen, type Knock } from './half-open.ts';
import type { ScanLimits } from './limits.ts';

export type { Answer, Finding, Found } from './findings.ts';
export { createHalfOpen, type HalfOpen } from './half-open.ts';
export { type ScanLimits, scanLimits } from './limits.ts';

/** How far a scan is. `pausing`: nothing is asked for at most `ms`, until the browser's own connections have ended. */
export type ScanProgress =
  | { readonly kind: 'asking'; readonly asked: number; readonly of: number }
  | { readonly kind: 'pausing'; readonly asked: number; readonly of: number; readonly ms: number };

/** What a scan needs. */
export interface ScanOptions<Info, Running> {
  /** As they stand in a URL, each once. */
  readonly hosts: readonly string[];
  /**
   * Asks once for `info`, and sends nothing else. Its signal is aborted when the time is up; it may reject only then.
   */
  readonly ask: (host: string, signal: AbortSignal) => Promise<Answer<Info>>;
  /** Looks once at port 80 of an address whose 8081 refused; without it nobody does. */
  readonly whatRuns?: (host: string, signal: AbortSignal) => Promise<Running | null>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly limits: ScanLimits;
  /** What earlier scans have left open; what this one leaves is added. */
  readonly halfOpen?: HalfOpen;
  /** Hears of every address, as soon as it is known what is there. */
  readonly onFound: (found: Found<Info, Running>) => void;
  readonly onProgress: (progress: ScanProgress) => void;
}

/**
 * Asks all of `hosts`, `limits.atOnce` at a time. Resolves when all have been asked.
 *
 * @throws the reason of `signal`, as soon as it is aborted; what `ask` or `whatRuns` throws otherwise
 */
export async function scan<Info, Running>(options: ScanOptions<Info, Running>): Promise<void> {
  const { hosts, ask, clock, signal, limits, onFound, onProgress } = options;
  const halfOpen = options.halfOpen ?? createHalfOpen(clock, limits.longestPause);
  const known = new Set<string>();

  const asking = () => onProgress({ kind: 'asking', asked: known.size, of: hosts.length });
  const tell = (host: string, finding: Finding<Info, Running>) => {
    known.add(host);
    onFound({ host, finding });
    asking();
  };

  /** What `knock` says in time, else null; the browser may then be connecting still. */
  async function heard<Value>(ms: number, knock: (signal: AbortSignal) => Promise<Value>) {
    const said = await within({ ms, clock, signal }, knock);
    if (said.kind === 'cancelled' || said.kind === 'late') halfOpen.add(knock);
    if (said.kind === 'cancelled') throw signal.reason;
    if (said.kind === 'failed') throw said.error;
    return said.kind === 'done' ? said : null;
  }

  async function examine(host: string): Promise<void> {
    const said = await heard(limits.timeout, (own) => ask(host, own));
    tell(host, said === null ? { kind: 'silent' } : await completed(host, said.value));
  }

  async function completed(host: string, answer: Answer<Info>): Promise<Finding<Info, Running>> {
    const { whatRuns } = options;
    if (answer.kind !== 'refused') return answer;
    if (!whatRuns) return { kind: 'refused', runs: null };
    const looked = await heard(limits.lookTimeout, (own) => whatRuns(host, own));
    return { kind: 'refused', runs: looked?.value ?? null };
  }

  /** Waits until no connection is left that the browser goes on with. */
  async function pause(): Promise<void> {
    onProgress({ kind: 'pausing', asked: known.size, of: hosts.length, ms: limits.longestPause });
    const again = halfOpen.witnesses();
    // Begun later, they end by themselves no sooner than the others of their like.
    await within({ ms: limits.longestPause, clock, signal }, (own) =>
      Promise.all(again.map((knock: Knock) => knock(own))),
    );
    signal.throwIfAborted();
    halfOpen.clear();
    asking();
  }

  asking();
  const waiting = [...hosts];
  const underWay = new Set<Promise<void>>();
  const mostUnanswered = limits.silentBeforePause ?? Number.POSITIVE_INFINITY;
  while (waiting.length > 0 || underWay.size > 0) {
    signal.throwIfAborted();
    while (underWay.size < limits.atOnce && halfOpen.count() + underWay.size < mostUnanswered) {
      const host = waiting.shift();
      if (host === undefined) break;
      const examined: Promise<void> = examine(host).finally(() => underWay.delete(examined));
      underWay.add(examined);
    }
    if (underWay.size > 0) await Promise.race(underWay);
    else await pause();
  }
}
