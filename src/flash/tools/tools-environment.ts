import type { DeviceAccess } from '../tasks/device-access.ts';
import type { RunEnvironment } from '../tasks/run-environment.ts';
import type { Desk } from './desk.ts';
import type { HandRequests, ToolStates } from './tool-states.ts';

/** What the tools need from outside. */
export interface ToolsEnvironment
  extends Pick<RunEnvironment, 'fetch' | 'clock' | 'mayReachDevice' | 'timeouts'> {
  readonly access: DeviceAccess;
  /** Of whoever owns the run. */
  readonly desk: Desk;
  saveStates(states: ToolStates): Promise<void>;
  saveRequests(requests: HandRequests): Promise<void>;
}

/**
 * A device that was told to join another network answers in the old one for some seconds more: it gives itself 20 s
 * (protocol v2.0, pairing). It must not be flashed meanwhile.
 */
export const movingTime = 20_000;
