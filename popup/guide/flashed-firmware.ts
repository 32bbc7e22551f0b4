import { type FlashState, shownRun } from '../../src/flash/state.ts';
import type { Flashed } from '../../src/pairing/afterwards/afterwards.ts';

/** What the run on the page has put on its device, or was about to; null where that image is not there any more. */
export function flashedFirmware(
  state: FlashState,
): { readonly kind: Flashed; readonly version: string | null } | null {
  const { flash } = shownRun(state);
  const { image } = state.source;
  if (flash.stage === 'idle' || image.state !== 'done') return null;
  const { digest, identity } = image.value.report;
  if (digest !== flash.plan.digest) return null;
  const kind = identity.family === 'tasmota' || identity.family === 'esphome' ? identity.family : 'other';
  return { kind, version: identity.version };
}
