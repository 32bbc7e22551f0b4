import { against, type Check, type Objection, type Told } from '../../core/check.ts';
import { text } from '../../core/text.ts';
import type { DownloadUrl } from './url-rules.ts';

const about = { id: 'mirror-reach', title: text('mirror_reach', 'Within reach') };
const loopback = /^(?:localhost|(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)$/i;

/** The name or address of `host` without its port. */
const nameOf = (host: string) => host.replace(/:\d+$/, '').replace(/\.$/, '').toLowerCase();

type ByMirror = Objection<Told<'mirror'>>;

/** How a device can fail to find the mirror by the name that a browser finds it by. */
export const reachObjections = {
  loopback: {
    trouble: 'mirror-reach-loopback',
    answer: 'fail',
    sentence: ({ mirror }) =>
      text(
        'mirror_reach_loopback',
        '{mirror} means "this computer" to your browser, but to the device it means the device itself.',
        { mirror },
      ),
    action: text(
      'mirror_reach_loopback_do',
      'Use the address that this computer has on your network, such as {address}.',
      { address: 'http://192.168.1.10:8080/' },
    ),
    source: 'RFC 6890, loopback',
  },
  name: {
    trouble: 'mirror-reach-name',
    answer: 'warn',
    sentence: ({ mirror }) =>
      text(
        'mirror_reach_name',
        '{mirror} is a name that your computer finds on your network, and the device may not.',
        { mirror },
      ),
    action: text('mirror_reach_name_do', 'Use the IPv4 address of the mirror.'),
    source: 'DNS or mDNS',
  },
} as const satisfies Record<string, ByMirror>;

/** The first one that applies. A device asks from where it stands, not from where the browser stands. */
const rows: readonly (readonly [applies: (mirror: string, device: string) => boolean, ByMirror])[] = [
  [(mirror, device) => loopback.test(mirror) && !loopback.test(device), reachObjections.loopback],
  [
    (mirror) => mirror.endsWith('.local') || !(mirror.includes('.') || loopback.test(mirror)),
    reachObjections.name,
  ],
];

/**
 * Whether the device at `deviceHost` (name or address, without scheme) can be expected to find the mirror by
 * the name in `url`. Only the names are judged; no request is made.
 */
export function checkReach(url: DownloadUrl, deviceHost: string): Check {
  const mirror = nameOf(url.host);
  const row = rows.find(([applies]) => applies(mirror, nameOf(deviceHost)));
  if (row) return { ...about, ...against(row[1], { mirror }) };
  return {
    ...about,
    answer: 'pass',
    sentence: text('mirror_reach_well', 'The device can look for {mirror} as your browser does.', { mirror }),
  };
}
