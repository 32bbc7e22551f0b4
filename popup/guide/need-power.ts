import { isFlashing } from '../../src/flash/run/device-run.ts';
import { toBeKept } from '../../src/flash/run/doubts.ts';
import type { FlashState } from '../../src/flash/state.ts';

/** The hosts of devices whose power must not be cut now, as far as this extension knows. */
export function needPower({ runs, doubts }: Pick<FlashState, 'runs' | 'doubts'>): readonly string[] {
  const flashing = runs.flatMap(({ flash }) => (isFlashing(flash) ? [flash.plan.address.host] : []));
  return [...new Set([...flashing, ...toBeKept(doubts).map(({ plan }) => plan.address.host)])];
}
