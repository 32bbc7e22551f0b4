import type { Text } from '../../core/text.ts';
import type { Exchange } from '../../zeroconf/client/client.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import { eventsOfExchange } from '../journal/events-of.ts';
import { type DeviceRun, isFlashing, whoseRun } from '../run/device-run.ts';
import { isSame, type Whose } from '../run/whose.ts';
import { isFlashUnderWay, runAt } from '../state.ts';
import type { StateContext } from '../tasks/run-context.ts';
import { againstHand, againstTool, type ToolDevice } from './guard.ts';

/** What the tools ask of, and tell, whoever owns the runs. */
export interface Desk {
  /** Why no tool may be used on this device now, or null. */
  guard(device: ToolDevice): Text | null;
  /** Why nothing may be sent to `host` by hand now, or null. */
  guardHand(host: string): Text | null;
  /** Whether a flash is under way, or another one may begin any moment. */
  isFlashUnderWay(): boolean;
  /** What the device has said of itself now; null when nobody knows where it is now. */
  seen(whose: Whose, info: DeviceInfo | null): void;
  /** A request that was made, for the journal of its device. */
  heard(host: string, exchange: Exchange): void;
}

/** The desk of the runs in `context`. */
export function createDesk(context: StateContext): Desk {
  const { state } = context;
  return {
    guard(device) {
      context.passTime();
      return againstTool(state(), device);
    },
    guardHand(host) {
      context.passTime();
      return againstHand(state(), host);
    },
    isFlashUnderWay: () => isFlashUnderWay(state()),
    seen(whose, info) {
      const run = runAt(state(), whose.address.host);
      if (run !== null) context.runContext(run).change(afterTool(run, info));
    },
    heard(host, exchange) {
      const run = runAt(state(), host);
      if (run !== null) context.runContext(run).note(...eventsOfExchange(exchange, host));
    },
  };
}

/** What changes in `run` by what a tool has seen; nothing where it is another device's, or is flashed. */
function afterTool(run: DeviceRun, info: DeviceInfo | null): Partial<DeviceRun> {
  const { device, flash } = run;
  if (device.state !== 'done' || isFlashing(flash)) return {};
  if (info === null) return { device: { state: 'idle' }, unlock: { state: 'idle' } };
  if (!isSame(whoseRun(run, device.value), whoseRun(run, info))) return {};
  return { device: { ...device, value: info } };
}
