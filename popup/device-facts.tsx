import { text } from '../src/core/text.ts';
import { Facts } from '../src/ui/facts.tsx';
import { said } from '../src/ui/said.tsx';
import type { DeviceInfo } from '../src/zeroconf/device/device-info.ts';
import { signalWords } from '../src/zeroconf/device/signal.ts';
import { lockWord } from './step-lines.ts';

/** What the device said of itself. */
export function DeviceFacts({ info, host }: { readonly info: DeviceInfo; readonly host: string }) {
  const { protocol, fwVersion, deviceid, otaUnlock, ssid, signalStrength } = info;
  const notTold = said(text('popup_not_told', 'not told'));
  return (
    <Facts
      label={said(text('popup_device', 'Device'))}
      facts={[
        [said(text('popup_fact_address', 'Address')), host],
        [
          said(text('popup_fact_version', 'Firmware version')),
          fwVersion ?? said(text('popup_not_told_protocol', 'not told (protocol {protocol})', { protocol })),
        ],
        [said(text('popup_fact_id', 'Device ID')), deviceid ?? notTold],
        [said(text('popup_fact_unlock', 'OTA unlock')), said(lockWord(otaUnlock))],
        [said(text('popup_fact_network', 'Network')), ssid ?? notTold],
        [said(text('popup_fact_signal', 'Signal')), said(signalWords(signalStrength))],
      ]}
    />
  );
}

/** What else the device said, as it came. */
export function OtherFacts({ info }: { readonly info: DeviceInfo }) {
  const rest = Object.entries(info.other);
  if (rest.length === 0) return null;
  return (
    <details>
      <summary>{said(text('popup_more_said', 'More that the device said'))}</summary>
      <Facts
        label={said(text('popup_more', 'More'))}
        facts={rest.map(([name, value]) => [name, JSON.stringify(value)] as const)}
      />
    </details>
  );
}
