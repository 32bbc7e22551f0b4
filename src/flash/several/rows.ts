/*
 * What there is to see of several devices, one row for each. Pure; for the page and for the summary.
 */
import { wholeSentence } from '../../core/assurance.ts';
import type { Check } from '../../core/check.ts';
import type { Failure } from '../../core/result.ts';
import { type Text, text } from '../../core/text.ts';
import type { Address } from '../../zeroconf/device/address.ts';
import { type DeviceRun, type FlashPlan, isBusy, isFlashing, noRun } from '../run/device-run.ts';
import { gravestOn } from '../run/doubts.ts';
import type { Outcome } from '../run/outcome.ts';
import { preflight } from '../run/preflight.ts';
import { type FlashState, runAt } from '../state.ts';
import { isGood, type Line } from './flash-list.ts';

/** How a row is to be looked at. */
export type Mood = 'quiet' | 'busy' | 'ready' | 'good' | 'bad';

/** One device of a list. */
export interface Row {
  readonly host: string;
  readonly deviceid: string | null;
  readonly fwVersion: string | null;
  readonly otaUnlock: boolean | null;
  readonly mood: Mood;
  /** In a word or two. */
  readonly state: Text;
  /** The rest of it, where there is one. */
  readonly sentence: Text | null;
  /** What to do about it, one by one. */
  readonly steps: readonly Text[];
  /** As in `Assured`; null where nothing is wrong. */
  readonly trouble: string | null;
  /** What Flash would do, where it may be pressed. */
  readonly plan: FlashPlan | null;
  /** What has to be ticked for it. */
  readonly warnings: readonly Check[];
  /** Whether the device answered and can be unlocked. */
  readonly isLocked: boolean;
  readonly isBusy: boolean;
  /** The device wants to be called by its ID before it says anything. */
  readonly wantsId: boolean;
  /** Whether it has a line in the list of flashes. */
  readonly line: Line | null;
}

/** The rows of the devices at `addresses`, and after them those of the list that are not among them. */
export function rowsOf(state: FlashState, addresses: readonly Address[]): readonly Row[] {
  const hosts = addresses.map(({ host }) => host);
  const listed = (state.list?.lines ?? []).map(({ confirmation }) => confirmation.host);
  return [...new Set([...hosts, ...listed])].map((host) => rowOf(state, host));
}

function rowOf(state: FlashState, host: string): Row {
  const run = runAt(state, host);
  const line = state.list?.lines.find(({ confirmation }) => confirmation.host === host) ?? null;
  const deviceid = line?.confirmation.deviceid ?? null;
  const left = gravestOn(state.doubts, { address: { host }, deviceid })?.outcome ?? null;
  const { plan, checks } = preflight(run ?? noRun, state.source);
  const info = run?.device.state === 'done' ? run.device.value : null;
  const isWorking = run !== null && (isBusy(run) || isFlashing(run.flash));
  return {
    host,
    deviceid: info?.deviceid ?? line?.confirmation.deviceid ?? null,
    fwVersion: info?.fwVersion ?? line?.confirmation.fwVersion ?? null,
    otaUnlock: info?.otaUnlock ?? null,
    ...lookOf(run, line, left, checks, plan),
    plan: isWorking ? null : plan,
    warnings: checks.filter(({ answer }) => answer === 'warn'),
    isLocked: info?.otaUnlock === false && !isWorking,
    isBusy: isWorking,
    wantsId: run?.device.state === 'failed' && run.device.failure.kind === 'deviceid-needed',
    line,
  };
}

type Look = Pick<Row, 'mood' | 'state' | 'sentence' | 'steps' | 'trouble'>;

const words = {
  checking: text('flash_row_checking', 'Looked at once more'),
  requested: text('flash_row_requested', 'Asked to flash'),
  downloading: text('flash_row_downloading', 'Downloading'),
  restarting: text('flash_row_restarting', 'Restarting'),
  waiting: text('flash_row_waiting', 'Waits for its turn'),
  notBegun: text('flash_row_not_begun', 'Not begun'),
  asking: text('flash_row_asking', 'Being asked'),
  unlocking: text('flash_row_unlocking', 'Being unlocked'),
  silent: text('flash_row_no_info', 'No answer to Info'),
  notUnlocked: text('flash_row_not_unlocked', 'Not unlocked'),
  locked: text('flash_row_locked', 'Locked'),
  unfit: text('flash_row_unfit', 'Cannot be flashed'),
  ready: text('flash_row_ready', 'Ready'),
  known: text('flash_row_known', 'Known'),
  unasked: text('flash_row_unasked', 'Not asked, or known by another address'),
};

function lookOf(
  run: DeviceRun | null,
  line: Line | null,
  left: Outcome | null,
  checks: readonly Check[],
  plan: FlashPlan | null,
): Look {
  const look = (
    mood: Mood,
    state: Text,
    sentence: Text | null = null,
    steps: readonly Text[] = [],
    trouble: string | null = null,
  ): Look => ({ mood, state, sentence, steps, trouble });
  const failed = (state: Text, failure: Failure) =>
    look('bad', state, wholeSentence(failure), [failure.action], failure.trouble);
  const flash = run?.flash ?? noRun.flash;
  if (isFlashing(flash)) return look('busy', words[flash.stage]);
  if (line?.progress.state === 'waiting') return look('busy', words.waiting);
  if (run?.device.state === 'working') return look('busy', words.asking);
  if (run?.unlock.state === 'working') return look('busy', words.unlocking);
  // A run that is gone takes no doubt along, and a line does not know of those that came after it.
  const known = left ?? (line?.progress.state === 'ended' ? line.progress.outcome : null);
  const ended = flash.stage === 'ended' ? flash.outcome : run?.device.state === 'done' ? null : known;
  if (ended !== null)
    return look(
      isGood(ended) ? 'good' : 'bad',
      ended.title,
      wholeSentence(ended),
      ended.steps,
      ended.trouble,
    );
  if (line?.progress.state === 'not-begun') return look('bad', words.notBegun, line.progress.why);
  if (run === null || run.device.state === 'idle') return look('quiet', words.unasked);
  if (run.device.state === 'failed') return failed(words.silent, run.device.failure);
  if (run.unlock.state === 'failed') return failed(words.notUnlocked, run.unlock.failure);
  if (plan !== null) return look('ready', words.ready);
  const failing = checks.filter(({ answer }) => answer === 'fail');
  const [against] = failing.filter(({ id }) => id !== 'device-unlocked');
  if (against !== undefined) return look('bad', words.unfit, against.sentence, [], against.trouble);
  return failing.length > 0 ? look('quiet', words.locked) : look('quiet', words.known);
}
