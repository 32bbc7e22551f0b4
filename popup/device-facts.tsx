import { Facts } from '../src/ui/facts.tsx';
import { said } from '../src/ui/said.tsx';
import type { DeviceInfo } from '../src/zeroconf/device/device-info.ts';
import { signalWords } from '../src/zeroconf/device/signal.ts';

/** What the device said of itself. */
export function DeviceFacts({ info, host }: { readonly info: DeviceInfo; readonly host: string }) {
  const { protocol, fwVersion, deviceid, otaUnlock, ssid, signalStrength, other } = info;
  const rest = Object.entries(other);
  return (
    <>
      <Facts
        label="Device"
        facts={[
          ['Address', host],
          ['Firmware version', fwVersion ?? `not told (protocol ${protocol})`],
          ['Device ID', deviceid ?? 'not told'],
          ['OTA unlock', otaUnlock === null ? 'not told' : otaUnlock ? 'Unlocked' : 'Locked'],
          ['Network', ssid ?? 'not told'],
          ['Signal', said(signalWords(signalStrength))],
        ]}
      />
      {rest.length > 0 && (
        <details>
          <summary>More that the device said</summary>
          <Facts label="More" facts={rest.map(([name, value]) => [name, JSON.stringify(value)] as const)} />
        </details>
      )}
    </>
  );
}
