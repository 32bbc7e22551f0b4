import { type Failure, failed, type Result, success } from '../../core/result.ts';
import { text } from '../../core/text.ts';
import type { ZeroconfClient } from '../../zeroconf/client/client.ts';
import type { DeviceInfo } from '../../zeroconf/device/device-info.ts';
import { isBelowFloor, signalWords } from '../../zeroconf/device/signal.ts';
import type { Network } from './network.ts';
import { notStored } from './tool-failures.ts';
import type { ToolReport } from './tool-states.ts';

/** What an errand ends with; `info` is what is known of the device then, null when nobody knows where it is. */
export interface Errand {
  readonly result: Result<ToolReport, Failure>;
  readonly info: DeviceInfo | null;
}

/** What the relay does when power comes back. */
export type StartupState = 'on' | 'off' | 'stay';

/** Inching: the relay goes off by itself. `pulseWidth` in milliseconds, 500 to 36000000 in steps of 500. */
export interface PulseSetting {
  readonly pulse: 'on' | 'off';
  readonly pulseWidth: number;
}

/** Asks the device how strong its signal is now. */
export async function measureSignal(
  client: ZeroconfClient,
  info: DeviceInfo,
  signal: AbortSignal,
): Promise<Errand> {
  const measured = await client.signalStrength(signal);
  if (!measured.ok) return { result: measured, info };
  const words = signalWords(measured.value);
  const report = {
    sentence: text('flash_signal_measured', 'The signal at the device is {words} now.', { words }),
    action: isBelowFloor(measured.value)
      ? text(
          'flash_signal_too_weak',
          'Bring the device closer to the router, or Flash will warn. Then measure again.',
        )
      : null,
  };
  return { result: success(report), info: { ...info, signalStrength: measured.value } };
}

/** Tells the device to join `network`. It cannot be asked whether it did: it is gone then. */
export async function moveWifi(
  client: ZeroconfClient,
  info: DeviceInfo,
  network: Network,
  signal: AbortSignal,
): Promise<Errand> {
  const told = await client.wifi(network, signal);
  if (!told.ok) return { result: told, info: told.failure.device === 'unchanged' ? info : null };
  const report = {
    sentence: text(
      'flash_wifi_told',
      'The device has taken the name and the password of “{ssid}”, and leaves this network within half a minute. It cannot tell whether the password is right.',
      { ssid: network.ssid },
    ),
    action: text(
      'flash_wifi_find',
      'Look for its new address in the router of that network. Then press Info. If it appears nowhere, hold its button for 5 seconds, twice, and pair it again.',
    ),
  };
  return { result: success(report), info: null };
}

/** Sets what the relay does when power comes back. */
export async function setStartup(
  client: ZeroconfClient,
  info: DeviceInfo,
  state: StartupState,
  signal: AbortSignal,
): Promise<Errand> {
  const set = await client.startup(state, signal);
  return stored(set, client, info, signal, (now) => now.startup === state);
}

/** Sets inching. */
export async function setPulse(
  client: ZeroconfClient,
  info: DeviceInfo,
  setting: PulseSetting,
  signal: AbortSignal,
): Promise<Errand> {
  const set = await client.pulse(setting, signal);
  return stored(
    set,
    client,
    info,
    signal,
    ({ pulse, pulseWidth }) =>
      pulse === setting.pulse && (pulse === 'off' || pulseWidth === setting.pulseWidth),
  );
}

/** What became of a setting, by the device's own word. */
async function stored(
  set: Result<null, Failure>,
  client: ZeroconfClient,
  before: DeviceInfo,
  signal: AbortSignal,
  isSet: (info: DeviceInfo) => boolean,
): Promise<Errand> {
  const after = await client.info(signal);
  const info = after.ok ? after.value : before;
  if (after.ok ? isSet(after.value) : set.ok)
    return {
      result: success({
        sentence: text('flash_setting_stored', 'The device has stored the setting.'),
        action: null,
      }),
      info,
    };
  return { result: set.ok ? failed(notStored) : set, info };
}
