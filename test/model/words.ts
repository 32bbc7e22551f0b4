import { type Action, hosts, type Story, type Wait } from './actions.ts';
import type { DeviceModel } from './device.ts';
import type { Network } from './network.ts';

const span = (ms: number) => (Math.abs(ms) < 1_000 ? `${ms} ms` : `${Math.round(ms / 100) / 10} s`);

function waitText(wait: Wait): string {
  if (typeof wait === 'number') return wait === 0 ? '' : `, wait ${span(wait)}`;
  return `, wait for ${wait.until}${wait.times > 1 ? ` no. ${wait.times}` : ''}`;
}

/** An action as a person would say it. */
export function describeAction(action: Action, network?: Network, _devices?: readonly DeviceModel[]): string {
  const { deed, wait } = action;
  const { do: what, ...details } = deed;
  const parts = Object.entries(details).map(([key, value]) => {
    if (key !== 'host') return `${key} ${typeof value === 'object' ? JSON.stringify(value) : value}`;
    const host = hosts[Number(value)] ?? '?';
    const device = network?.addresses.get(host);
    return `${host}${device === undefined ? '' : ` (device ${device.name})`}`;
  });
  return `${what} ${parts.join(', ')}`.trim() + waitText(wait);
}

/** A counterexample as a person reads it: what was there, what was done, what was seen. */
export function tell(
  story: Story,
  verdict: {
    readonly violations: readonly string[];
    readonly story: readonly { at: number; text: string }[];
  },
): string {
  const { scene } = story;
  const devices = scene.devices.map((spec, index) => {
    const { firmware, wants, locked, unlock, whileDownloading, downloadMs, fate, keepsOpen } = spec;
    const traits = [
      wants === 'as-usual' ? '' : wants,
      locked ? `locked, unlock ${unlock}` : '',
      `download ${span(downloadMs)} (${whileDownloading}), then ${fate}`,
      keepsOpen ? 'keeps connections open' : '',
    ];
    return `  device ${'ABC'[index]}: ${firmware}, ${traits.filter((text) => text !== '').join(', ')}`;
  });
  const events = verdict.story.map(({ at, text }) => `  ${(at / 1000).toFixed(3).padStart(9)} s  ${text}`);
  return [
    ...verdict.violations.map((sentence) => `VIOLATION: ${sentence}`),
    'There is',
    ...devices,
    `  nobody: ${scene.nobody}; mirror takes ${span(scene.mirrorTakes)}, storage ${span(scene.storageTakes)}`,
    'It happens',
    ...events,
  ].join('\n');
}
