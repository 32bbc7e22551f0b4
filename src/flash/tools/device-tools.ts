import { type Failure, failed, type Result } from '../../core/result.ts';
import { type Text, text } from '../../core/text.ts';
import { createZeroconfClient, type ZeroconfClient } from '../../zeroconf/client/client.ts';
import { type Address, parseAddress } from '../../zeroconf/device/address.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import { noPermission } from '../../zeroconf/errors/zeroconf-failure.ts';
import { createKeyedStates } from '../tasks/keyed-states.ts';
import { createKeyedTasks } from '../tasks/keyed-tasks.ts';
import {
  type Errand,
  measureSignal,
  moveWifi,
  type PulseSetting,
  type StartupState,
  setPulse,
  setStartup,
} from './errands.ts';
import { type ToolDevice, toolAtWork } from './guard.ts';
import { clickTwice, putBack, putBackLate } from './identify.ts';
import type { Network } from './network.ts';
import { exchangeWithout } from './passwords.ts';
import { type Relay, relayOf } from './relay.ts';
import { another, held, interruptions, noRelay, notPutBack, plainly } from './tool-failures.ts';
import type { ToolName, ToolReport, ToolState, ToolStates } from './tool-states.ts';
import { movingTime, type ToolsEnvironment } from './tools-environment.ts';

/**
 * What can be done with a device besides flashing it. Every method answers at once, with the sentence that says why
 * nothing begins, or null; what comes of it is in the states. A password is sent to the device and kept nowhere.
 */
export interface DeviceTools {
  /** Clicks the relay twice and leaves it as it was. */
  identify(device: ToolDevice): Text | null;
  measureSignal(device: ToolDevice): Text | null;
  moveWifi(device: ToolDevice, network: Network): Text | null;
  setStartup(device: ToolDevice, state: StartupState): Text | null;
  setPulse(device: ToolDevice, setting: PulseSetting): Text | null;
  /** To be called when nothing is under way. */
  forgetEverything(): void;
  /** Resolves when nothing is under way and everything is written. */
  settled(): Promise<void>;
}

/** One use of a tool: who is spoken with, and what it has said of itself a moment ago. */
interface Use {
  readonly device: ToolDevice;
  readonly address: Address;
  readonly client: ZeroconfClient;
  readonly signal: AbortSignal;
}

type Outcome = Result<ToolReport, Failure>;
type Work = (use: Use, info: DeviceInfo) => Promise<Outcome>;

const keptStates = 8;

/** Tools that take up what was under way when an earlier background was stopped: a clicked relay is put back. */
export function createDeviceTools(environment: ToolsEnvironment, left: ToolStates): DeviceTools {
  const { access, clock, desk } = environment;
  const states = createKeyedStates<ToolState>(left, keptStates, environment.saveStates);
  const tasks = createKeyedTasks();

  function put(tool: ToolName, device: ToolDevice, step: ToolState['step'], owed: Relay | null = null): void {
    const { deviceid, refusesId } = device;
    states.put(device.address.host, { tool, deviceid, refusesId, step, owed });
  }

  /** The relay of this very device that was clicked and could not be put back. */
  function owedBy({ address, deviceid }: ToolDevice): Relay | null {
    const state = states.all()[address.host];
    return state !== undefined && state.deviceid === deviceid ? state.owed : null;
  }

  function start(tool: ToolName, device: ToolDevice, passwords: readonly string[], work: Work): Text | null {
    const address = parseAddress(device.address.host);
    if (!address.ok) return text('flash_tools_no_address', 'Press Info first.');
    const against = access.whyReserved(device) ?? desk.guard(device);
    if (against !== null) return against;
    begin(tool, device, address.value, passwords, work);
    return null;
  }

  function begin(
    tool: ToolName,
    device: ToolDevice,
    address: Address,
    passwords: readonly string[],
    work: Work,
  ): void {
    const release = access.reserve(device, toolAtWork);
    put(tool, device, { state: 'working', since: clock.now() }, owedBy(device));
    const { deviceid, refusesId } = device;
    const end = (outcome: Outcome) =>
      put(
        tool,
        device,
        outcome.ok
          ? { state: 'done', at: clock.now(), value: outcome.value }
          : { state: 'failed', at: clock.now(), failure: plainly(outcome.failure) },
        owedBy(device),
      );
    const doing = async (signal: AbortSignal) => {
      try {
        const { info: timeout } = await environment.timeouts();
        const client = createZeroconfClient(address, {
          fetch: environment.fetch,
          clock,
          queue: access.queue,
          known: { id: deviceid, refusesId },
          timeouts: () => ({ info: timeout }),
          hear: (exchange) => desk.heard(address.host, exchangeWithout(passwords, exchange)),
        });
        end(await attempt({ device, address, client, signal }, work));
      } finally {
        if (tool === 'wifi') void clock.sleep(movingTime).then(release);
        else release();
      }
    };
    tasks.begin(device.address.host, doing, () => end(failed(interruptions.fault)));
  }

  /** Asks who is there, and does `work` with nobody but the device that is meant. */
  async function attempt(use: Use, work: Work): Promise<Outcome> {
    const { address, device, client, signal } = use;
    if (!(await environment.mayReachDevice(address))) return failed(noPermission(address));
    const asked = await client.info(signal);
    if (!asked.ok) return asked;
    const { deviceid, refusesId } = asked.value;
    if (deviceid !== null && device.deviceid !== null && deviceid !== device.deviceid) return failed(another);
    // What has begun since, or is known of the device that answered, may speak against it.
    const against = desk.guard({ address, deviceid: deviceid ?? device.deviceid, refusesId });
    if (against !== null) return failed(held(against));
    return work(use, asked.value);
  }

  /** Work that begins with what the device has said, and tells the run what it says afterwards. */
  function errand(go: (use: Use, info: DeviceInfo) => Promise<Errand>): Work {
    return async (use, before) => {
      const { result, info } = await go(use, before);
      desk.seen(use.device, info);
      return result;
    };
  }

  function clicking({ client, signal, device }: Use) {
    return { client, clock, signal, seen: (info: DeviceInfo) => desk.seen(device, info) };
  }

  const identifying: Work = async (use, info) => {
    const before = owedBy(use.device) ?? relayOf(info);
    if (before === null) return failed(noRelay);
    const since = clock.now();
    put('identify', use.device, { state: 'working', since }, before);
    // Before the first click: a background that dies after it has to know how the relay stood.
    await states.written();
    const outcome = await clickTwice(before, clicking(use));
    const isOwed = !outcome.ok && outcome.failure.kind === notPutBack(before).kind;
    put('identify', use.device, { state: 'working', since }, isOwed ? before : null);
    return outcome;
  };

  const puttingBack =
    (before: Relay): Work =>
    async (use) => {
      if (!(await putBack(before, clicking(use)))) return failed(notPutBack(before));
      put('identify', use.device, { state: 'working', since: clock.now() });
      return { ok: true, value: putBackLate(before) };
    };

  for (const [host, { tool, deviceid, refusesId, step, owed }] of Object.entries(left)) {
    if (step.state !== 'working') continue;
    const device = { address: { host }, deviceid, refusesId };
    const against = owed === null ? null : start(tool, device, [], puttingBack(owed));
    if (owed !== null && against === null) continue;
    const failure = owed === null ? interruptions.stopped : notPutBack(owed);
    put(tool, device, { state: 'failed', at: clock.now(), failure }, owed);
  }

  return {
    identify: (device) => start('identify', device, [], identifying),
    measureSignal: (device) =>
      start(
        'signal',
        device,
        [],
        errand(({ client, signal }, info) => measureSignal(client, info, signal)),
      ),
    moveWifi: (device, network) =>
      start(
        'wifi',
        device,
        [network.password],
        errand(({ client, signal }, info) => moveWifi(client, info, network, signal)),
      ),
    setStartup: (device, state) =>
      start(
        'startup',
        device,
        [],
        errand(({ client, signal }, info) => setStartup(client, info, state, signal)),
      ),
    setPulse: (device, setting) =>
      start(
        'pulse',
        device,
        [],
        errand(({ client, signal }, info) => setPulse(client, info, setting, signal)),
      ),
    forgetEverything: states.clear,
    async settled() {
      await tasks.settled();
      await states.written();
    },
  };
}
