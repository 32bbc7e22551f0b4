import { type Text, text } from '../../core/text.ts';

/** A host that people type and that the device cannot use, with the reason. */
export interface RefusedHost {
  /** Lower-case host names; a leading `*.` stands for every name below. */
  readonly hosts: readonly string[];
  readonly sentence: Text;
  readonly action: Text;
  readonly source: string;
}

const useAnother = text(
  'mirror_use_community',
  'Choose the community mirror, or put the file on a mirror of your own.',
);

/** Hosts known not to work as a mirror. They are refused by name, whatever the rest of the address says. */
export const refusedHosts: readonly RefusedHost[] = [
  {
    hosts: ['ota.tasmota.com', 'ota1.tasmota.com'],
    sentence: text(
      'mirror_refused_tasmota',
      '{host} picks its files by the name it is asked for, and the device always asks for {name}, so it would get "not found".',
      { host: 'ota.tasmota.com', name: 'dl.itead.cn' },
    ),
    action: useAnother,
    source: 'tasmota/docs Sonoff-DIY.md (PR #1388); njh/sonoff-ota-flash-cli website/build-index.rb',
  },
  {
    hosts: ['github.com', '*.github.com', '*.githubusercontent.com', '*.github.io'],
    sentence: text(
      'mirror_refused_github',
      'GitHub only answers over https and redirects its downloads, and the device can do neither https nor redirects.',
    ),
    action: text(
      'mirror_refused_github_do',
      'Download the file, then put it on a mirror of your own or choose the community mirror.',
    ),
    source: 'sonoff-diy-protocol §6',
  },
  {
    hosts: ['thehackbox.org', '*.thehackbox.org'],
    sentence: text('mirror_refused_thehackbox', '{host} no longer offers Tasmota.', {
      host: 'thehackbox.org',
    }),
    action: useAnother,
    source: 'sonoff-diy-protocol §6',
  },
];

/** The row of `refusedHosts` that names `hostname`, or null. */
export function refusedHost(hostname: string): RefusedHost | null {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  const names = (pattern: string) =>
    pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern;
  return refusedHosts.find(({ hosts }) => hosts.some(names)) ?? null;
}
