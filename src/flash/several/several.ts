import type { Text } from '../../core/text.ts';
import { parseAddress } from '../../zeroconf/device/address.ts';
import { type Confirmation, names } from '../run/confirmation.ts';
import { noRun } from '../run/device-run.ts';
import { readyFor } from '../run/ready-for.ts';
import { busyFlashing } from '../run/sentences.ts';
import { earlierAt } from '../run/transitions.ts';
import { flashingRun, isFlashUnderWay, runAt, withRunLast } from '../state.ts';
import type { DeviceAccess } from '../tasks/device-access.ts';
import { createKeyedTasks } from '../tasks/keyed-tasks.ts';
import type { StateContext } from '../tasks/run-context.ts';
import type { RunTasks } from '../tasks/run-tasks.ts';
import {
  badLine,
  begunLine,
  type FlashList,
  isListUnderWay,
  type Line,
  type LineProgress,
  longestFlashList,
  nextLine,
  withoutWaiting,
  withProgress,
  withYes,
} from './flash-list.ts';
import * as says from './sentences.ts';

/** Many devices at a time. As with the engine, every method answers at once: null, or why it has not been taken up. */
export interface Several {
  /** Asks all of these addresses, eight at a time; what is on the page stays there. */
  info(addresses: readonly string[]): Text | null;
  /** Flashes all of these one after the other; `stopAtBad` ends that at the first outcome that is not good. */
  flash(confirmations: readonly Confirmation[], stopAtBad: boolean): Text | null;
  /** Begins no other line; the one that is being flashed goes on. */
  stop(): Text | null;
  /** Forgets the list. */
  clear(): Text | null;
  /** Goes on with a list that an earlier background left, when the runs have been taken up. */
  takeUp(): void;
  /** Resolves when the list has been worked off. */
  settled(): Promise<void>;
}

/** A yes is out of date when so much lies between one line and the next, in milliseconds; a line takes ten minutes at most. */
const longestStep = 900_000;

const key = 'list';

/** Works on the list and the runs in `context`. */
export function createSeveral(context: StateContext, tasks: RunTasks, access: DeviceAccess): Several {
  const { state } = context;
  const { clock } = context.environment;
  const own = createKeyedTasks();
  const keep = (list: FlashList) => context.change({ list });
  /** Changes the list, where there is one. */
  const revise = (revised: (list: FlashList) => FlashList) => {
    const { list } = state();
    if (list !== null) keep(revised(list));
  };

  function begin(): void {
    own.begin(key, workOff, () => {
      revise((list) => withoutWaiting(list, says.broken));
      if (begunLine(state().list) !== null) begin();
    });
  }

  async function workOff(): Promise<void> {
    for (;;) {
      const begun = begunLine(state().list);
      if (begun !== null) {
        await tasks.over(begun.confirmation.host);
        const ended = endOf(begun);
        revise((list) => withProgress(list, begun.confirmation.host, ended));
        continue;
      }
      const { list } = state();
      const next = nextLine(list);
      if (list === null || next === null) return;
      const against = againstNext(list);
      if (against === null) take(list, next);
      else keep(withoutWaiting(list, against));
    }
  }

  /** Why nothing more is begun, or null. */
  function againstNext(list: FlashList): Text | null {
    const bad = list.stopAtBad ? badLine(list) : null;
    if (bad !== null) return says.stoppedAt(bad.confirmation.host);
    // By the clock that a person can set, because it goes on while the computer sleeps. Either way nothing is sent.
    return Math.abs(clock.now() - list.movedAt) > longestStep ? says.outOfDate : null;
  }

  /** Flashes the device of this line, if everything is still as it was confirmed. */
  function take(list: FlashList, line: Line): void {
    const { confirmation } = line;
    const { host } = confirmation;
    context.passTime();
    const ready = readyFor(runAt(state(), host) ?? noRun, state(), confirmation);
    if (!ready.ok) {
      leave(list, host, ready.refusal, !ready.isForAnother);
      return;
    }
    const reserved = access.whyReserved(ready.plan);
    if (reserved !== null) {
      leave(list, host, reserved, true);
      return;
    }
    const at = clock.now();
    // In one breath, so that they are written together.
    keep({ ...withProgress(list, host, { state: 'begun', at }), movedAt: at });
    tasks.flash(ready.run, ready.plan, confirmation.confirmed);
  }

  /** Does not flash the device of a line, and none after it where that is bad. */
  function leave(list: FlashList, host: string, why: Text, isBad: boolean): void {
    const left = withProgress(list, host, { state: 'not-begun', why });
    keep(isBad && list.stopAtBad ? withoutWaiting(left, says.stoppedAt(host)) : left);
  }

  /** What became of a line that had begun and for which nothing is done any more. */
  function endOf({ confirmation }: Line): LineProgress {
    const flash = runAt(state(), confirmation.host)?.flash;
    if (flash?.stage === 'ended' && names(confirmation, flash.plan)) {
      return { state: 'ended', at: flash.at, outcome: flash.outcome };
    }
    const doubt = state().doubts.findLast(({ plan }) => names(confirmation, plan));
    if (doubt !== undefined) return { state: 'ended', at: doubt.at, outcome: doubt.outcome };
    return { state: 'not-begun', why: says.noTrace };
  }

  return {
    info(typed) {
      if (isFlashUnderWay(state())) return busyFlashing;
      if (typed.length > longestFlashList) return says.tooMany;
      const addresses = [];
      for (const one of typed) {
        const address = parseAddress(one);
        if (!address.ok) return address.failure.sentence;
        addresses.push(address.value);
      }
      for (const address of addresses) {
        const { host } = address;
        const known = runAt(state(), host);
        if (known?.unlock.state === 'working' || known?.device.state === 'working') continue;
        const flash = earlierAt(known, state().doubts, host);
        const run = { ...(known ?? noRun), address, flash };
        context.change({ runs: withRunLast(state().runs, run) });
        tasks.infoInLine(run);
      }
      tasks.forgetGone();
      return null;
    },
    flash(confirmations, stopAtBad) {
      const { list } = state();
      // The second click of a double click, or the same answer in another tab.
      if (list !== null && isListUnderWay(list))
        return isSameYes(list, confirmations, stopAtBad) ? null : busyFlashing;
      if (flashingRun(state()) !== null) return busyFlashing;
      context.passTime();
      const against = againstYes(confirmations);
      if (against !== null) return against;
      keep(withYes(list, confirmations, stopAtBad, clock.now()));
      begin();
      return null;
    },
    stop() {
      revise((list) => withoutWaiting(list, says.stopped));
      return null;
    },
    clear() {
      if (isListUnderWay(state().list)) return busyFlashing;
      context.change({ list: null });
      return null;
    },
    takeUp() {
      if (isListUnderWay(state().list)) begin();
    },
    settled: own.settled,
  };

  function againstYes(confirmations: readonly Confirmation[]): Text | null {
    if (confirmations.length === 0) return says.nobody;
    if (confirmations.length > longestFlashList) return says.tooMany;
    const hosts = confirmations.map(({ host }) => host);
    const ids = confirmations.flatMap(({ deviceid }) => deviceid ?? []);
    if (new Set(hosts).size < hosts.length || new Set(ids).size < ids.length) return says.twice;
    for (const confirmation of confirmations) {
      const { host } = confirmation;
      const ready = readyFor(runAt(state(), host) ?? noRun, state(), confirmation);
      // That hold may be over when it is this one's turn.
      if (!ready.ok && !ready.isForAnother) return says.refusedFor(host, ready.refusal);
    }
    return null;
  }
}

function isSameYes(list: FlashList, confirmations: readonly Confirmation[], stopAtBad: boolean): boolean {
  const present = list.lines
    .filter(({ yesAt }) => yesAt === list.yesAt)
    .map(({ confirmation }) => confirmation);
  return list.stopAtBad === stopAtBad && JSON.stringify(present) === JSON.stringify(confirmations);
}
