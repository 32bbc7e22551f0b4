import type { Clock } from '../../../src/core/clock.ts';

/** A process that dies at its n-th write or request, before or after it is done, and does nothing from then on. */
export interface Death {
  readonly at: 'write' | 'request';
  readonly count: number;
  readonly done: boolean;
}

export const never = new Promise<never>(() => {});

/** What of an environment ends with its process. */
interface Mortal<State> {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  save(state: State): Promise<void>;
}

/** The environment as a process sees it that is going to die; `dead` resolves when it is. */
export function mortal<State, Environment extends Mortal<State>>(environment: Environment, death: Death) {
  let dies = () => {};
  let alive = true;
  // A process that dies leaves no connection open behind it.
  const gone = new AbortController();
  let counted = 0;
  const dead = new Promise<'dead'>((resolve) => {
    dies = () => {
      alive = false;
      gone.abort();
      resolve('dead');
    };
  });
  async function living<Value>(what: Death['at'], act: () => Promise<Value>): Promise<Value> {
    if (!alive) return never;
    if (what === death.at && ++counted === death.count) {
      // What has left the process takes effect; what it leads to nobody hears.
      if (death.done) await act().catch(() => {});
      dies();
      return never;
    }
    const value = await act();
    return alive ? value : never;
  }
  const mortalWorld: Environment = {
    ...environment,
    fetch: (input: Parameters<typeof fetch>[0], init: Parameters<typeof fetch>[1]) =>
      living('request', () => {
        const signal = AbortSignal.any([gone.signal, ...(init?.signal ? [init.signal] : [])]);
        return environment.fetch(input, { ...init, signal });
      }),
    save: (run: State) => living('write', () => environment.save(run)),
    clock: {
      now: environment.clock.now,
      elapsed: environment.clock.elapsed,
      sleep: async (ms: number, signal?: AbortSignal) =>
        alive ? environment.clock.sleep(ms, signal) : never,
    },
  };
  return { environment: mortalWorld, dead };
}
