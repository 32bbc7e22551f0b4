import type { Clock } from '../../../src/core/clock.ts';
import { type Answer, type Found, type ScanProgress, scan, scanLimits } from '../../../src/finding/scan.ts';
import { VirtualTime } from '../../model/time.ts';

/** What an address does when it is asked: an answer after `ms`, or nothing at all. */
export type Behaviour = { readonly ms: number; readonly answer: Answer<string> } | 'silent';

export const refuses: Behaviour = { ms: 20, answer: { kind: 'refused' } };
/** Linux gives up an address that nobody has after three seconds. */
export const unreachable: Behaviour = { ms: 3000, answer: { kind: 'refused' } };
export const device = (info: string, ms = 250): Behaviour => ({ ms, answer: { kind: 'device', info } });

type Options = Parameters<typeof scan<string, string>>[0];

/** A network that is scanned in a time of its own. */
export class Network {
  readonly time = new VirtualTime();
  readonly found: (Found<string, string> & { readonly at: number })[] = [];
  readonly progress: (ScanProgress & { readonly at: number })[] = [];
  /** Every request, in its order. */
  readonly asked: { readonly host: string; readonly at: number }[] = [];
  /** Most that were asked at a time, as far as the scan has not given them up. */
  atOnce = 0;
  private open = 0;
  private readonly behaviourOf: (host: string) => Behaviour;

  constructor(behaviourOf: (host: string) => Behaviour) {
    this.behaviourOf = behaviourOf;
  }

  readonly clock: Clock = {
    now: () => this.time.wall,
    elapsed: () => this.time.awake,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const timer = this.time.onTheComputer(ms, resolve);
        signal?.addEventListener('abort', () => {
          timer.cancel();
          reject(signal.reason);
        });
      }),
  };

  /** Scans, and lets the time pass that it takes. Resolves with that time in ms; null when it is not over after an hour. */
  async scan(hosts: readonly string[], more: Partial<Options> = {}): Promise<number | null> {
    let ended: number | null = null;
    const scanned = scan<string, string>({
      hosts,
      ask: (host, signal) => this.ask(host, signal),
      clock: this.clock,
      signal: new AbortController().signal,
      limits: scanLimits.chromium,
      onFound: (found) => this.found.push({ ...found, at: this.time.awake }),
      onProgress: (progress) => this.progress.push({ ...progress, at: this.time.awake }),
      ...more,
    }).finally(() => {
      ended = this.time.awake;
      this.time.halt();
    });
    await Promise.all([scanned, this.time.pass(3_600_000)]);
    return ended;
  }

  private async ask(host: string, signal: AbortSignal): Promise<Answer<string>> {
    this.asked.push({ host, at: this.time.awake });
    this.open += 1;
    this.atOnce = Math.max(this.atOnce, this.open);
    try {
      const behaviour = this.behaviourOf(host);
      if (behaviour === 'silent') {
        return await new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      }
      await this.clock.sleep(behaviour.ms, signal);
      return behaviour.answer;
    } finally {
      this.open -= 1;
    }
  }
}
