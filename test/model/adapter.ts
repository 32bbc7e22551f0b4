/**
 * The only file of the model that knows the extension's own code: how a background begins and is told what to do,
 * and how a page reads what came of it.
 */

import { wholeSentence } from '../../src/core/assurance.ts';
import { inEnglish } from '../../src/core/render-text.ts';
import { createEngine, type Refusal } from '../../src/flash/engine.ts';
import type { Confirmation } from '../../src/flash/run/confirmation.ts';
import { isBusy, isFlashing, type ShownRun } from '../../src/flash/run/device-run.ts';
import { preflight } from '../../src/flash/run/preflight.ts';
import { readStoredState } from '../../src/flash/run/stored-state.ts';
import { unfinishedFlashOf } from '../../src/flash/run/unfinished-flash.ts';
import { isListUnderWay } from '../../src/flash/several/flash-list.ts';
import { isFetching } from '../../src/flash/source/firmware-source.ts';
import { type FlashState, isUnderWay, shownRun } from '../../src/flash/state.ts';
import type { RunEnvironment } from '../../src/flash/tasks/run-environment.ts';
import type { WatchTimings } from '../../src/flash/watch/advance-watch.ts';
import { parseAddress } from '../../src/zeroconf/device/address.ts';
import type { Question } from './judge.ts';
import type { Area } from './storage.ts';

/** What a background gets from its browser. */
export interface Surroundings {
  readonly fetch: typeof fetch;
  readonly session: Area;
  readonly local: Area;
  wall(): number;
  awake(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  mayReach(): Promise<boolean>;
}

/** Null, or the sentence that says why not. */
export type WhyNot = string | null;

/** A background that has begun. */
export interface Background {
  info(address: string, typedId: string): WhyNot;
  unlock(): WhyNot;
  image(url: string): WhyNot;
  flash(asked: Asked): WhyNot;
  infoAll(addresses: readonly string[]): WhyNot;
  unlockAll(addresses: readonly string[]): WhyNot;
  flashAll(asked: readonly Asked[], stopAtBad: boolean): WhyNot;
  stopList(): WhyNot;
  stop(what: Stoppable): WhyNot;
  startOver(): WhyNot;
  erase(): WhyNot;
  settled(): Promise<void>;
}

export type Stoppable = 'device' | 'image' | 'flash' | 'watch';

/** A question that is open on a page, with all that its yes needs. */
export interface Asked {
  readonly question: Question;
  readonly warnings: readonly string[];
}

/** What a page shows. */
export interface Page {
  readonly isUnderWay: boolean;
  readonly isFlashing: boolean;
  /** In words for whoever reads a story. */
  readonly stage: string;
  readonly device: 'idle' | 'working' | 'done' | 'failed';
  readonly isReady: boolean;
  /** The id that the device card tells. */
  readonly deviceid: string | null;
  readonly host: string | null;
  /** What pressing Flash would ask; null where the button is off. */
  readonly asks: Asked | null;
  /** The same for every device that can be flashed. */
  readonly asksAll: readonly Asked[];
  /** Devices are being flashed one after the other. */
  readonly isListUnderWay: boolean;
  /** What the page's Cancel would stop, as it offers it. */
  readonly cancels: readonly Stoppable[];
  /** Nothing has left yet, says the page. */
  readonly saysNothingSent: boolean;
  /** Whose flash the page speaks of; null where it speaks of none. */
  readonly flashed: Pick<Question, 'host' | 'deviceid'> | null;
  /** The sentences about the last flash. */
  readonly sentences: readonly string[];
  /** What the page says of the device that does not answer, or cannot be unlocked. */
  readonly failures: readonly string[];
  /** When that failed, by the computer's clock; whoever comes to the address later is not meant. */
  readonly failedAt: readonly number[];
  /** The page speaks of no flash, or of one that changed nothing. */
  readonly isHarmless: boolean;
  /** The devices that were said to run new firmware, as it seems. */
  readonly seemFlashed: readonly Pick<Question, 'host' | 'deviceid'>[];
}

/** The watch of the real extension with fewer looks, so that more stories fit into a minute. */
const watchTimings: WatchTimings = {
  quiet: 10_000,
  between: 15_000,
  missesToBeGone: 2,
  goneForGood: 45_000,
  patience: 300_000,
  longestStep: 20_000,
};

const stateKey = 'state';
const unfinishedFlashKey = 'flash';
const sentToKey = 'sent-to';

async function readState({ session, local }: Pick<Surroundings, 'session' | 'local'>): Promise<FlashState> {
  const [kept, left] = [await session.get(stateKey), await local.get(unfinishedFlashKey)];
  const { state } = readStoredState(kept[stateKey], left[unfinishedFlashKey]);
  const lately = (await local.get(sentToKey))[sentToKey];
  const hosts = Array.isArray(lately) ? lately : [];
  return { ...state, sentTo: [...new Set([...state.sentTo, ...hosts])] };
}

/** Begins a background as `src/background/index.ts` does. */
export async function startBackground(around: Surroundings): Promise<Background> {
  const { session, local } = around;
  const state = await readState(around);
  let knownUnfinishedFlash = '';
  let knownSentTo = JSON.stringify(state.sentTo);
  const environment: RunEnvironment = {
    fetch: around.fetch,
    clock: { now: around.wall, elapsed: around.awake, sleep: around.sleep },
    watchTimings,
    async save(next) {
      const leftover = unfinishedFlashOf(next);
      const text = JSON.stringify(leftover);
      const changed = text !== knownUnfinishedFlash;
      if (leftover !== null && changed) await local.set({ [unfinishedFlashKey]: leftover });
      const sentTo = JSON.stringify(next.sentTo);
      if (sentTo !== knownSentTo) await local.set({ [sentToKey]: next.sentTo });
      knownSentTo = sentTo;
      await session.set({ [stateKey]: next });
      if (leftover === null && changed) await local.remove(unfinishedFlashKey);
      knownUnfinishedFlash = text;
    },
    mayReachDevice: around.mayReach,
    mayReachMirror: around.mayReach,
    mayReachTasmota: around.mayReach,
    withDeviceHost: (_url, work) => work('active'),
    hostKnownFrom: async () => null,
    timeouts: async () => ({ info: 5_000, ota_unlock: 150_000 }),
    releases: async () => null,
    remember: async () => {},
  };
  const engine = createEngine(environment, state);
  // The address on the page, to which its other buttons belong.
  let host = state.shown ?? '';
  return {
    info(address, typedId) {
      const refusal = engine.info(address, typedId);
      const parsed = parseAddress(address);
      if (refusal === null && parsed.ok) host = parsed.value.host;
      return inWords(refusal);
    },
    unlock: () => inWords(engine.unlock(host)),
    image: (url) => inWords(engine.image(url)),
    flash: (asked) => inWords(engine.flash(confirmationOf(asked))),
    infoAll: (addresses) => inWords(engine.several.info(addresses)),
    unlockAll(addresses) {
      for (const one of addresses) engine.unlock(one);
      return null;
    },
    flashAll: (asked, stopAtBad) => inWords(engine.several.flash(asked.map(confirmationOf), stopAtBad)),
    stopList: () => inWords(engine.several.stop()),
    stop: (what) => inWords(what === 'image' ? engine.stopImage() : engine.stop(what, host)),
    startOver: () => inWords(engine.startOver()),
    erase: () => inWords(engine.forget()),
    async settled() {
      await engine.settled();
      void engine.holdsOver();
    },
  };
}

function confirmationOf({ question: { withoutId: _, ...question }, warnings }: Asked): Confirmation {
  return { ...question, confirmed: warnings };
}

function inWords(refusal: Refusal): WhyNot {
  return refusal === null ? null : inEnglish(refusal);
}

/** What was read of a stored state before, by that and by the record that was there: neither changes once it is stored. */
const reads = new WeakMap<object, { readonly record: unknown; readonly state: FlashState }>();

function stateOf(stored: unknown, record: unknown): FlashState {
  const before = typeof stored === 'object' && stored !== null ? reads.get(stored) : undefined;
  if (before !== undefined && before.record === record) return before.state;
  const { state } = readStoredState(stored, record);
  if (typeof stored === 'object' && stored !== null) reads.set(stored, { record, state });
  return state;
}

/** What a page that opens now would show. */
export function pageOf(session: ReadonlyMap<string, unknown>, local: ReadonlyMap<string, unknown>): Page {
  const state = stateOf(session.get(stateKey), local.get(unfinishedFlashKey));
  const { source, doubts } = state;
  const run = shownRun(state);
  const { flash, device, unlock } = run;
  const stage = flash.stage === 'ended' ? `ended: ${inEnglish(flash.outcome.title)}` : flash.stage;
  const busy = isBusy(run);
  return {
    isUnderWay: isUnderWay(state),
    isFlashing: isFlashing(flash),
    stage,
    device: device.state,
    isReady: preflight(run, source).plan !== null,
    deviceid: device.state === 'done' ? device.value.deviceid : null,
    host: run.address?.host ?? null,
    asks: busy || isFlashing(flash) ? null : questionIn(state, run),
    asksAll: state.runs.flatMap((one) => questionIn(state, one) ?? []),
    isListUnderWay: isListUnderWay(state.list),
    cancels: [
      ...(flash.stage === 'checking' ? (['flash'] as const) : []),
      ...('watch' in flash ? (['watch'] as const) : []),
      ...(busy && !isFlashing(flash) ? (['device'] as const) : []),
      ...(isFetching(source) && !isFlashing(flash) ? (['image'] as const) : []),
    ],
    flashed: flash.stage === 'idle' ? null : { host: flash.plan.address.host, deviceid: flash.plan.deviceid },
    saysNothingSent: flash.stage === 'checking',
    sentences:
      flash.stage === 'ended'
        ? [flash.outcome.title, wholeSentence(flash.outcome), ...flash.outcome.steps].map(inEnglish)
        : [],
    failures: [device, unlock].flatMap((step) =>
      step.state === 'failed' ? [inEnglish(wholeSentence(step.failure))] : [],
    ),
    failedAt: [device, unlock].flatMap((step) => (step.state === 'failed' ? [step.at] : [])),
    seemFlashed: doubts
      .filter(({ outcome }) => outcome.leaves === 'new-firmware')
      .map(({ plan }) => ({ host: plan.address.host, deviceid: plan.deviceid })),
    isHarmless: flash.stage === 'idle' || (flash.stage === 'ended' && flash.outcome.leaves === 'as-it-was'),
  };
}

function questionIn(state: FlashState, run: ShownRun): Asked | null {
  const { plan, checks } = preflight(run, state.source);
  if (plan === null || run.device.state !== 'done') return null;
  return {
    question: {
      host: plan.address.host,
      deviceid: plan.deviceid,
      withoutId: checks.some(({ id, answer }) => id === 'device-refuses-id' && answer === 'warn'),
      fwVersion: plan.fwVersion,
      url: plan.url.href,
      digest: plan.digest,
    },
    warnings: checks.filter(({ answer }) => answer === 'warn').map(({ id }) => id),
  };
}
