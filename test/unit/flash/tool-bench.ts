import { whoseRun } from '../../../src/flash/run/device-run.ts';
import { createDeviceAccess, type DeviceAccess } from '../../../src/flash/tasks/device-access.ts';
import type { Desk } from '../../../src/flash/tools/desk.ts';
import type { HandRequests, ToolStates } from '../../../src/flash/tools/tool-states.ts';
import { createTools, type Tools } from '../../../src/flash/tools/tools.ts';
import { createEngine, type Engine } from './one-run.ts';
import { deviceid, type Stage, type StageOptions, setStage } from './stage.ts';

/** A stage with an engine that has had its Info, and the tools beside it. */
export interface Bench extends Stage {
  readonly access: DeviceAccess;
  readonly owner: Engine;
  readonly tools: Tools;
  /** The device as the page shows it. */
  readonly card: { readonly host: string; readonly deviceid: string | null; readonly refusesId: boolean };
  /** How slow the storage is; can be changed at run time. */
  beforeSave: () => Promise<void>;
  states(): ToolStates;
  requests(): HandRequests;
  /** Everything that any store was given, as one text. */
  everythingWritten(): string;
  /** What the device was told, without `info`. */
  told(): readonly (readonly [command: string, data: unknown])[];
  /** Tools of a background that is started now, with what the last one left. */
  restarted(desk?: Desk): Tools;
}

/** Sets a bench. */
export async function setBench(options: StageOptions = {}): Promise<Bench> {
  const stage = await setStage(options);
  const access = createDeviceAccess(stage.environment.clock);
  const owner = createEngine(stage.environment, stage.run(), access);
  const written: unknown[] = [];
  let states: ToolStates = {};
  let requests: HandRequests = {};
  const begin = (shared: DeviceAccess, desk: Desk = owner.desk) =>
    createTools(
      {
        ...stage.environment,
        access: shared,
        desk,
        saveStates: async (next) => {
          await bench.beforeSave();
          states = structuredClone(next);
          written.push(states);
        },
        saveRequests: async (next) => {
          requests = structuredClone(next);
          written.push(requests);
        },
      },
      { states, requests },
    );
  owner.info(stage.device.address, options.profile === '3.3.0' ? deviceid : '');
  await owner.settled();
  const { device } = stage.run();
  if (device.state !== 'done') throw new Error(`No Info: ${JSON.stringify(device)}`);
  const whose = whoseRun(stage.run(), device.value);
  const bench: Bench = {
    ...stage,
    beforeSave: async () => {},
    access,
    owner,
    tools: begin(access),
    card: { host: whose.address.host, deviceid: whose.deviceid, refusesId: device.value.refusesId },
    states: () => states,
    requests: () => requests,
    everythingWritten: () => JSON.stringify([stage.saved, written]),
    told: () =>
      stage.device.heard
        .filter(({ command }) => command !== 'info')
        .map(({ command, body }) => [command, Object(body).data] as const),
    restarted: (desk) => begin(createDeviceAccess(stage.environment.clock), desk),
  };
  return bench;
}

/** The step of the last tool that was used on the device. */
export function stepOf(bench: Bench) {
  const state = bench.states()[bench.card.host];
  if (state === undefined) throw new Error('No tool was used.');
  return state.step;
}
