/*
 * What a look at an address says about a flash that ended without one: whether the new firmware has been seen. It
 * never takes back that a device is in doubt: what answers there may be another device.
 */
import { keysOf } from '../../core/keys.ts';
import { type Text, type TextArgument, text } from '../../core/text.ts';
import type { Identity } from '../../firmware/identify/identify.ts';
import type { Found } from '../../tasmota/found.ts';
import type { Address } from '../../zeroconf/device/address.ts';
import type { Step } from '../step.ts';
import type { Outcome } from './outcome.ts';

/** What was found at an address, as it is stored and shown. */
export interface Seen {
  readonly kind: Found['kind'];
  /** What was found. */
  readonly says: Text;
  /** What it means for the flash, or what to do; null where there is nothing to add. */
  readonly remark: Text | null;
  /** As in `Assured`. */
  readonly trouble?: string;
  /** Whether it proves that the device runs its new firmware. */
  readonly proves: boolean;
}

/** The last look that a person asked for, and at which address. */
export interface Proof {
  readonly address: Address;
  readonly look: Step<Seen>;
}

/** Where Tasmota and ESPHome are to be found before they know a Wi-Fi: in the network that they open themselves. */
export const ownNetworkHost = '192.168.4.1';

/** What is known of the flash that is to be proved. */
export interface ProofCase {
  readonly outcome: Outcome;
  /** Where the device was when it was flashed. */
  readonly flashedHost: string;
  /** What is in the image that was flashed; null where nobody knows any more. */
  readonly image: Pick<Identity, 'family' | 'version'> | null;
}

/** Whether the new firmware has answered already: what a device reports before it starts it is no proof of that. */
export function isProved({ kind, mayDownload }: Outcome): boolean {
  return kind === 'flashed' && !mayDownload;
}

/** What was found at `host`, and what it means for the flash. */
export function judge(found: Found, host: string, proofCase: ProofCase): Seen {
  const seen = { kind: found.kind, says: found.said, proves: false };
  if (found.kind === 'nothing' || found.kind === 'other')
    return { ...seen, remark: found.action, trouble: found.trouble };
  const { outcome } = proofCase;
  if (isProved(outcome)) return { ...seen, remark: null };
  if (outcome.leaves !== 'new-firmware') return { ...seen, ...remarkOf('in-doubt') };
  const doubt = doubtAbout(found, host, proofCase);
  return doubt === null ? { ...seen, proves: true, remark: assumed(host, proofCase) } : { ...seen, ...doubt };
}

/** Why new firmware that has answered is no proof: it may be that of another device. */
export type ProofDoubt = 'in-doubt' | 'other-firmware' | 'other-version' | 'elsewhere';

type Remark = Required<Pick<Seen, 'trouble'>> & { readonly remark: Text };

const remarks: Readonly<Record<ProofDoubt, (flashed: TextArgument) => Text>> = {
  'in-doubt': () =>
    text(
      'flash_proof_in_doubt',
      'That may be another device: nobody has seen the one that was flashed leave its original firmware. Do not cut its power.',
    ),
  'other-firmware': () =>
    text(
      'flash_proof_other_firmware',
      'That is not what was flashed, so this is probably another device. Compare the address with your router’s list.',
    ),
  'other-version': (flashed) =>
    text(
      'flash_proof_other_version',
      'Version {flashed} was flashed, so this is probably another device. Compare the address with your router’s list.',
      { flashed },
    ),
  elsewhere: () =>
    text(
      'flash_proof_elsewhere',
      'Whether this is the device that was flashed cannot be told from here. Compare the address with your router’s list.',
    ),
};

/** All of them. */
export const proofDoubts = keysOf(remarks);

/** What is said then; `flashed` is the version that was flashed, where that matters. */
export function remarkOf(doubt: ProofDoubt, flashed: TextArgument = ''): Remark {
  return { remark: remarks[doubt](flashed), trouble: `look-${doubt}` };
}

/** Why this may be another device, or null. */
function doubtAbout(
  found: Extract<Found, { kind: 'tasmota' | 'esphome' }>,
  host: string,
  { flashedHost, image }: ProofCase,
): Remark | null {
  if (image !== null && image.family !== found.kind && image.family !== 'unknown')
    return remarkOf('other-firmware');
  const running = found.kind === 'tasmota' ? found.version : null;
  const flashed = image?.version ?? null;
  const areKnown = running !== null && flashed !== null;
  if (areKnown && !isSameVersion(running, flashed)) return remarkOf('other-version', flashed);
  const isExpectedPlace = host === flashedHost || (host === ownNetworkHost && found.state === 'setup');
  return isExpectedPlace || areKnown ? null : remarkOf('elsewhere');
}

/** Of `15.1.0`, `15.1.0.2` and `v15.1`, what both have to have in common: the first three numbers. */
function isSameVersion(one: string, other: string): boolean {
  const numbers = (version: string) => version.match(/\d+/g)?.slice(0, 3).join('.');
  return numbers(one) === numbers(other);
}

function assumed(host: string, { flashedHost }: ProofCase): Text {
  if (host === flashedHost)
    return text('flash_proof_same_address', 'This assumes that no other device has taken over its address.');
  return host === ownNetworkHost
    ? text('flash_proof_own_network', 'This assumes that the Wi-Fi network you joined is that of the device.')
    : text(
        'flash_proof_same_version',
        'This assumes that no other device of yours with the same version has this address.',
      );
}

/** The outcome of a flash whose firmware was `seen` at `host`. */
export function provedOutcome({ kind, says, remark }: Seen, host: string): Outcome {
  return {
    kind: 'flashed',
    leaves: 'new-firmware',
    mayDownload: false,
    title: text('flash_flashed', 'Flashed'),
    sentence:
      remark === null ? says : text('flash_proved', '{seen} {assumed}', { seen: says, assumed: remark }),
    runsAt: host,
    // Where it is to be opened is a link beside this.
    steps:
      kind === 'tasmota'
        ? [
            text('flash_tasmota_reset', 'Send {command} in its console before the first upgrade.', {
              command: 'Reset 5',
            }),
          ]
        : [],
  };
}
