import type { Trouble } from './trouble.ts';
import { laterTroubles } from './troubles-after.ts';
import { findingTroubles } from './troubles-finding.ts';
import { flashingTroubles } from './troubles-flashing.ts';
import { pairingTroubles } from './troubles-pairing.ts';

/**
 * What goes wrong around a flash, in the order in which it would, as a person sees it: the failure modes that other
 * tools' users have reported. What the extension itself is told or finds is the matter of `flash/troubles`.
 */
export const troubles: readonly Trouble[] = [
  ...pairingTroubles,
  ...findingTroubles,
  ...flashingTroubles,
  ...laterTroubles,
];
