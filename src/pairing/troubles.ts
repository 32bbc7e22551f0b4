import { callbacks } from './callbacks.ts';
import type { Trouble } from './trouble.ts';
import { laterTroubles } from './troubles-after.ts';
import { findingTroubles } from './troubles-finding.ts';
import { flashingTroubles } from './troubles-flashing.ts';
import { pairingTroubles } from './troubles-pairing.ts';

/**
 * What goes wrong around a flash, in the order in which it would: the failure modes that other tools' users have
 * reported, and what the device tells the mirror. What it answers to a command is the matter of `zeroconf`.
 */
export const troubles: readonly Trouble[] = [
  ...pairingTroubles,
  ...findingTroubles,
  ...flashingTroubles,
  ...callbacks,
  ...laterTroubles,
];
