/*
 * What else can be done with a device, beside the runs and in one line with them. May import all of flash but the
 * engine.
 */
import type { Text } from '../../core/text.ts';
import { createDeviceTools } from './device-tools.ts';
import type { PulseSetting, StartupState } from './errands.ts';
import { createByHand } from './hand-requests.ts';
import { againstNetwork, type Network } from './network.ts';
import type { HandRequests, ToolStates } from './tool-states.ts';
import type { ToolsEnvironment } from './tools-environment.ts';

interface OnDevice {
  readonly host: string;
  /** As the person saw it. */
  readonly deviceid: string | null;
  readonly refusesId: boolean;
}

/** What a person may ask of the tools. */
export type ToolCommand =
  | ({ readonly command: 'identify' | 'measure-signal' } & OnDevice)
  | ({ readonly command: 'move-wifi' } & OnDevice & Network)
  | ({ readonly command: 'startup'; readonly state: StartupState } & OnDevice)
  | ({ readonly command: 'pulse' } & OnDevice & PulseSetting)
  | { readonly command: 'by-hand'; readonly host: string; readonly path: string; readonly body: string };

/** Everything that a person can do with a device besides flashing it. */
export interface Tools {
  /** Begins it, or says why not. */
  carryOut(command: ToolCommand): Text | null;
  /** To be called when nothing is under way. */
  forgetEverything(): void;
  /** Resolves when nothing is under way and everything is written. */
  settled(): Promise<void>;
}

/** What an earlier background left. */
export interface ToolsLeft {
  readonly states: ToolStates;
  readonly requests: HandRequests;
}

/** Tools beside the engine whose desk is in `environment`. */
export function createTools(environment: ToolsEnvironment, { states, requests }: ToolsLeft): Tools {
  const tools = createDeviceTools(environment, states);
  const byHand = createByHand(environment, requests);
  return {
    carryOut(command) {
      if (command.command === 'by-hand') {
        const { host, path, body } = command;
        return byHand.send(host, { command: path, body });
      }
      const { host, deviceid, refusesId } = command;
      const device = { address: { host }, deviceid, refusesId };
      switch (command.command) {
        case 'identify':
          return tools.identify(device);
        case 'measure-signal':
          return tools.measureSignal(device);
        case 'move-wifi':
          return againstNetwork(command) ?? tools.moveWifi(device, command);
        case 'startup':
          return tools.setStartup(device, command.state);
        case 'pulse':
          return tools.setPulse(device, command);
      }
    },
    forgetEverything() {
      tools.forgetEverything();
      byHand.forgetEverything();
    },
    async settled() {
      await Promise.all([tools.settled(), byHand.settled()]);
    },
  };
}
