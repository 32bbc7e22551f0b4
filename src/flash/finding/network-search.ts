import type { Clock } from '../../core/clock.ts';
import { type Text, text } from '../../core/text.ts';
import { parseAddressList } from '../../finding/address-list.ts';
import { createHalfOpen, type Found, type ScanLimits, type ScanProgress, scan } from '../../finding/scan.ts';
import { whatRuns } from '../../tasmota/what-runs.ts';
import { type Address, parseAddress } from '../../zeroconf/device/address.ts';
import { faultOf } from '../../zeroconf/errors/fault.ts';
import { busyFlashing } from '../run/sentences.ts';
import type { DeviceAccess } from '../tasks/device-access.ts';
import { createKeptState } from '../tasks/kept-state.ts';
import { createKeyedTasks } from '../tasks/keyed-tasks.ts';
import { askForInfo, type ScannedInfo } from './ask-for-info.ts';
import { type FoundThere, isSearching, noSearch, type SearchState } from './search-state.ts';

/** What a search needs from outside. */
export interface SearchEnvironment {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly limits: ScanLimits;
  readonly access: DeviceAccess;
  /** Whether a flash is under way, beside which nobody knocks at every door. */
  isFlashUnderWay(): boolean;
  mayReachDevice(address: Address): Promise<boolean>;
  mayReachTasmota(address: Address): Promise<boolean>;
  /** Gives up the permission for these hosts, where there is one for each. */
  giveBack(hosts: readonly string[]): Promise<void>;
  save(state: SearchState): Promise<void>;
}

/** Looks for devices in a network, one search at a time. */
export interface NetworkSearch {
  /** `granted` are the hosts that were allowed for this search alone. Null, or why it has not begun. */
  begin(network: string, granted: readonly string[]): Text | null;
  stop(): Text | null;
  forgetEverything(): void;
  /** Resolves when nothing is under way and everything is written. */
  settled(): Promise<void>;
}

const key = 'search';

const searching = text(
  'flash_search_reserved',
  'The network is being searched, so nothing has been sent. Wait until the search ends, or cancel it. Then try again.',
);
const underWay = text('flash_search_under_way', 'A search is under way. Wait, or cancel it first.');

/** Whose the network is while it is searched: nobody's, so that no flash begins. */
const anybody = { address: { host: '' }, deviceid: null };

/** A search that takes up what an earlier background left: it does not go on, but gives back what was lent. */
export function createNetworkSearch(environment: SearchEnvironment, left: SearchState): NetworkSearch {
  const { clock, limits, access } = environment;
  const kept = createKeptState(left, environment.save);
  const tasks = createKeyedTasks();
  const halfOpen = createHalfOpen(clock, limits.longestPause, left.halfOpen);
  const change = (part: Partial<SearchState>) =>
    kept.set({ ...kept.get(), ...part, halfOpen: halfOpen.count() });

  async function end(phase: 'done' | 'stopped'): Promise<void> {
    const { granted, found } = kept.get();
    const isThere = (host: string) => found.some((one) => one.host === host && one.kind !== 'runs');
    change({ phase, granted: [] });
    await environment.giveBack(granted.filter((host) => !isThere(host)));
  }

  async function search(addresses: readonly Address[], signal: AbortSignal): Promise<void> {
    const byHost = new Map(addresses.map((address) => [address.host, address]));
    const free = access.reserve(anybody, searching);
    let phase: 'done' | 'stopped' = 'stopped';
    try {
      await scan<ScannedInfo, Text>({
        ...{ hosts: [...byHost.keys()], clock, signal, limits, halfOpen },
        ask: async (host, own) => {
          const address = byHost.get(host);
          if (address === undefined || !(await environment.mayReachDevice(address)))
            return { kind: 'refused' };
          // The scan itself ends the waiting.
          const timeout = limits.longestPause + limits.lookTimeout;
          return askForInfo(address, { ...environment, queue: access.queue, timeout }, own);
        },
        whatRuns: (host, own) => nameAt(byHost.get(host), own),
        onFound: found,
        onProgress: progress,
      });
      phase = 'done';
    } finally {
      free();
      await end(phase);
    }
  }

  /** What says its name in the answer to one GET. */
  async function nameAt(address: Address | undefined, signal: AbortSignal): Promise<Text | null> {
    if (address === undefined || !(await environment.mayReachTasmota(address))) return null;
    const runs = await whatRuns(address.host, { fetch: once(environment.fetch), clock, signal, faultOf });
    return runs.kind === 'tasmota' || runs.kind === 'esphome' ? runs.said : null;
  }

  function found({ host, finding }: Found<ScannedInfo, Text>): void {
    const there = thereAt(host, finding);
    if (there !== null) change({ found: [...kept.get().found, there] });
  }

  function progress({ kind, asked, of }: ScanProgress): void {
    change({ phase: kind, asked, of });
  }

  // A person may be long gone, and the browser may have closed what was open.
  if (isSearching(left)) void end('stopped').catch(() => {});

  return {
    begin(network, granted) {
      if (isSearching(kept.get())) return underWay;
      if (environment.isFlashUnderWay()) return busyFlashing;
      const { addresses, leftOut } = parseAddressList(network, parseAddress);
      const [wrong] = leftOut;
      if (wrong !== undefined) return wrong.failure.sentence;
      change({ ...noSearch, network, phase: 'asking', of: addresses.length, granted });
      tasks.begin(
        key,
        (signal) => search(addresses, signal),
        () => {},
      );
      return null;
    },
    stop() {
      tasks.stop(key);
      return null;
    },
    forgetEverything() {
      tasks.stop(key);
      if (!isSearching(kept.get())) change(noSearch);
    },
    async settled() {
      await tasks.settled();
      await kept.written().catch(() => {});
    },
  };
}

function thereAt(host: string, finding: Found<ScannedInfo, Text>['finding']): FoundThere | null {
  switch (finding.kind) {
    case 'device': {
      const { info } = finding;
      const told = info && { deviceid: info.deviceid, fwVersion: info.fwVersion };
      return { kind: 'device', host, info: told };
    }
    case 'not-in-diy-mode':
      return { kind: 'not-in-diy-mode', host };
    case 'refused':
      return finding.runs === null ? null : { kind: 'runs', host, said: finding.runs };
    default:
      return null;
  }
}

/** A scan asks port 80 one thing only. */
function once(real: typeof fetch): typeof fetch {
  let asked = false;
  return async (input, init) => {
    if (asked) throw new TypeError('Asked already.');
    asked = true;
    return real(input, init);
  };
}
