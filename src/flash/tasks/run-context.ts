import { type JournalEvent, withEvents } from '../journal/events.ts';
import type { DeviceRun, ShownRun } from '../run/device-run.ts';
import { afterTime, type Doubts } from '../run/doubts.ts';
import { type FlashState, runAt, shownRun, withRun } from '../state.ts';
import { createKeptState } from './kept-state.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { SourceContext } from './source-context.ts';

/** One device's run as its tasks work on it: read it, change it, note what happened, and be sure it is written. */
export interface RunContext {
  readonly environment: RunEnvironment;
  /** The firmware source as it is asked for this device; what happens is noted here. */
  readonly source: SourceContext;
  run(): DeviceRun;
  /** Changes nothing when the run has been forgotten meanwhile. */
  change(part: Partial<DeviceRun>): void;
  note(...events: readonly JournalEvent[]): void;
  /** The other devices' runs. */
  others(): readonly DeviceRun[];
  changeOthers(change: (other: DeviceRun) => DeviceRun): void;
  doubts(): Doubts;
  changeDoubts(doubts: Doubts): void;
  /** Whether an `ota_flash` was sent to this host before. */
  wasSent(): boolean;
  /** To be called before one is sent. */
  willBeSent(): void;
  /** Counts the time that has really passed since the last call on what the doubts hold. */
  passTime(): void;
  /** Resolves when everything changed so far is written; rejects when it could not be. */
  written(): Promise<void>;
}

/** All that is kept, and the parts of it that tasks work on. */
export interface StateContext {
  readonly environment: RunEnvironment;
  /** The firmware source as it is asked by a person, for whatever device is on the page. */
  readonly source: SourceContext;
  state(): FlashState;
  change(part: Partial<FlashState>): void;
  /** The context of a run that is there. */
  runContext(run: DeviceRun): RunContext;
  passTime(): void;
  written(): Promise<void>;
}

/** A context that starts with `start` and writes every change in order, the newest state only. */
export function createStateContext(environment: RunEnvironment, start: FlashState): StateContext {
  const kept = createKeptState(start, environment.save);
  const state = kept.get;
  let counted = environment.clock.elapsed();

  const change = (part: Partial<FlashState>) => kept.set({ ...state(), ...part });

  function passTime() {
    const now = environment.clock.elapsed();
    const doubts = afterTime(state().doubts, now - counted);
    counted = now;
    if (doubts !== state().doubts) change({ doubts });
  }

  function sourceFor(run: () => ShownRun, note: SourceContext['note']): SourceContext {
    return {
      environment,
      source: () => state().source,
      change: (part) => change({ source: { ...state().source, ...part } }),
      note,
      fwVersion() {
        const { device } = run();
        return device.state === 'done' ? device.value.fwVersion : null;
      },
      // Nobody knows which device is thought of.
      isTouched: () => state().doubts.length > 0,
    };
  }

  function runContext(start: DeviceRun): RunContext {
    const { host } = start.address;
    let last = start;
    const run = () => {
      last = runAt(state(), host) ?? last;
      return last;
    };
    const changeRun = (part: Partial<DeviceRun>) => {
      const present = runAt(state(), host);
      if (present !== null) change({ runs: withRun(state().runs, { ...present, ...part }) });
    };
    const note = (...events: readonly JournalEvent[]) =>
      changeRun({ journal: withEvents(run().journal, ...events) });
    return {
      environment,
      source: sourceFor(run, note),
      run,
      change: changeRun,
      note,
      others: () => state().runs.filter(({ address }) => address.host !== host),
      changeOthers: (changed) =>
        change({
          runs: state().runs.map((other) => (other.address.host === host ? other : changed(other))),
        }),
      doubts: () => state().doubts,
      changeDoubts: (doubts) => change({ doubts }),
      wasSent: () => state().sentTo.includes(host),
      willBeSent: () => change({ sentTo: [...new Set([...state().sentTo, host])] }),
      passTime,
      written: kept.written,
    };
  }

  return {
    environment,
    source: sourceFor(
      () => shownRun(state()),
      (...events) => {
        const { source } = state();
        change({ source: { ...source, journal: withEvents(source.journal, ...events) } });
      },
    ),
    state,
    change,
    runContext,
    passTime,
    written: kept.written,
  };
}
