/** The most a device takes: half of 1 MB less one sector, which the vendor calls 508 KB (itead#75, njh's mirror). */
export const MAX_IMAGE_BYTES = 520_192;

/** The most that tools take which read 508 KB as 508,000 bytes (the vendor's own, apoulias). */
export const CAREFUL_IMAGE_BYTES = 508_000;

/** A Sonoff in DIY mode has this much flash. */
export const DEVICE_FLASH_BYTES = 1_048_576;

/** A whole number of bytes with thousands separators: "517,328 bytes". Intl would cost Node 8 MB of memory. */
export function inBytes(count: number): string {
  const grouped = String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${grouped} ${count === 1 ? 'byte' : 'bytes'}`;
}
