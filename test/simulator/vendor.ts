import { setTimeout as wait } from 'node:timers/promises';

interface VendorRow {
  readonly what: string;
  /** How long it takes, unless the test says otherwise. */
  readonly delayMs: number;
  readonly unlocks: boolean;
  /** What the device answers to `ota_unlock`; silence is an empty reply. */
  readonly error: 0 | 422 | 500 | 503 | 'silence';
}

/** How the vendor's unlock service can be (protocol §2 "Vendor unlock service", unlock-timing.txt). */
export const vendors = {
  up: { what: 'answers in under a second (njh cli#2)', delayMs: 300, unlocks: true, error: 0 },
  slow: { what: 'answers after 100 s (itead#92)', delayMs: 100_000, unlocks: true, error: 0 },
  down: {
    what: 'two minutes, then an empty reply (njh cli#2)',
    delayMs: 120_000,
    unlocks: false,
    error: 'silence',
  },
  'down-503': { what: 'two minutes, then 503 (protocol v2.0)', delayMs: 120_000, unlocks: false, error: 503 },
  refusing: { what: 'refuses: 500 (protocol v2.0)', delayMs: 300, unlocks: false, error: 500 },
  'refusing-422': { what: 'refuses: 422 is passed on (itead#45)', delayMs: 300, unlocks: false, error: 422 },
} as const satisfies Record<string, VendorRow>;

export type Vendor = keyof typeof vendors;

/** Is this the name of a state that the vendor's service can be in? */
export function isVendor(text: string): text is Vendor {
  return Object.hasOwn(vendors, text);
}

/** The device asks its vendor whether it may be unlocked. Undefined when it loses power meanwhile. */
export async function askVendor(
  vendor: Vendor,
  delayMs: number,
  signal: AbortSignal,
): Promise<VendorRow | undefined> {
  try {
    await wait(delayMs, undefined, { signal });
  } catch {
    return undefined;
  }
  return vendors[vendor];
}
