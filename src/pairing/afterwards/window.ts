/** Milliseconds for which Tasmota keeps its network open after each start (tasmota/docs Getting-Started). */
export const openFor = 180_000;

/** Milliseconds that are left of it, `elapsed` milliseconds after the start; 0 when it is over. */
export function openStill(elapsed: number): number {
  return Number.isFinite(elapsed) ? Math.min(openFor, Math.max(0, openFor - elapsed)) : 0;
}
