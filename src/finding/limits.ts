/** How hard a scan may knock. Times are in milliseconds. */
export interface ScanLimits {
  /** Addresses that are asked at a time. */
  readonly atOnce: number;
  /** For one address. */
  readonly timeout: number;
  /** For a look at port 80. */
  readonly lookTimeout: number;
  /** After so many addresses that stayed silent the scan pauses; null where that is not needed. */
  readonly silentBeforePause: number | null;
  /** The longest pause. */
  readonly longestPause: number;
}

const everywhere = { atOnce: 32, timeout: 1500, lookTimeout: 3000 };

/**
 * What each browser bears, measured in Chromium 156 and Firefox 153 with scans of 254 addresses.
 *
 * Firefox paces new requests, so at 128 at a time the time is up before they are sent; at 64 half of the devices were
 * missed in a slow network, at 32 none. Chromium goes on connecting after a request was aborted, with two sockets for
 * an address that drops everything: about 420 of them kept all of its other HTTP waiting for more than a minute, and
 * 150 silent addresses did not. Linux gives a connection up after 127 s at most.
 */
export const scanLimits: { readonly [Browser in 'chromium' | 'firefox']: ScanLimits } = {
  chromium: { ...everywhere, silentBeforePause: 150, longestPause: 130_000 },
  firefox: { ...everywhere, silentBeforePause: null, longestPause: 0 },
};
