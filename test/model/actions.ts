import type { DeviceCommand, DeviceSpec, Fault } from './device.ts';
import type { Nobody } from './network.ts';

/** The addresses of the home network; at first, device A is at the first, B at the second, nobody at the third. */
export const hosts = ['192.168.1.11', '192.168.1.12', '192.168.1.13'] as const;

/** A moment that can be waited for. */
export type Moment = DeviceCommand | 'mirror' | 'write' | 'download' | 'downloaded';

/** How long to wait after an action: milliseconds, or until something happens for the n-th time. */
export type Wait = number | { readonly until: Moment; readonly times: number };

/** What can be done, by a person or by the world. `browser` is 0 or 1. */
export type FlashPlan =
  | {
      readonly do: 'info';
      readonly browser: number;
      readonly host: number;
      readonly typed: 'nothing' | 'own' | 'other';
    }
  | { readonly do: 'unlock' | 'no' | 'cancel' | 'start-over' | 'erase' | 'wake'; readonly browser: number }
  | { readonly do: 'yes'; readonly browser: number; readonly times: number }
  | { readonly do: 'fetch'; readonly browser: number; readonly file: number }
  | { readonly do: 'question' | 'question-all'; readonly browser: number }
  | { readonly do: 'yes-all'; readonly browser: number; readonly times: number; readonly stopAtBad: boolean }
  /** Info, Unlock and Fetch for the first two addresses at once, each waited for. */
  | { readonly do: 'prepare-all' | 'stop-list'; readonly browser: number }
  /** Info, Unlock and Fetch, each waited for. */
  | { readonly do: 'prepare'; readonly browser: number; readonly host: number }
  | { readonly do: 'kill-background'; readonly browser: number; readonly delivers: boolean }
  | {
      readonly do: 'restart-browser' | 'reload-extension';
      readonly browser: number;
      readonly delivers: boolean;
    }
  | { readonly do: 'sleep' | 'set-clock'; readonly ms: number }
  | { readonly do: 'swap-addresses' }
  | { readonly do: 'replace-device'; readonly host: number }
  | { readonly do: 'cut-network' | 'restore-network'; readonly host: number }
  | { readonly do: 'fault'; readonly host: number; readonly fault: Fault }
  | { readonly do: 'storage'; readonly browser: number; readonly takes: number; readonly failures: number }
  | { readonly do: 'mirror'; readonly how: 'replace' | 'down' | 'up' }
  | { readonly do: 'permission'; readonly browser: number; readonly given: boolean };

/** A deed and the wait after it. */
export interface Action {
  readonly deed: FlashPlan;
  readonly wait: Wait;
}

/** What is there before anybody does anything. */
export interface Scene {
  /** A, B, and C, which is nowhere at first. */
  readonly devices: readonly [DeviceSpec, DeviceSpec, DeviceSpec];
  readonly nobody: Nobody;
  readonly mirrorTakes: number;
  readonly storageTakes: number;
}

/** A sequence: everything about it is in here. */
export interface Story {
  readonly scene: Scene;
  readonly actions: readonly Action[];
}
