import { vi } from 'vitest';

/** Waits until `look` throws no more, however slow the machine is: for 45 s at most, not the second of `vi.waitFor`. */
export function soon<Seen>(look: () => Seen): Promise<Seen> {
  return vi.waitFor(look, { interval: 1, timeout: 45_000 });
}
