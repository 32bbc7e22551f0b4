import ipaddr from 'ipaddr.js';

const nearbyRanges = new Set(['loopback', 'private', 'linkLocal', 'uniqueLocal']);

/**
 * Whether a client is in the same house: a loopback, private or link-local address, or this very computer by
 * whichever of its addresses (then both ends are the same). Anything that is no address is not.
 */
export function isNearby(remote: string | undefined, local: string | undefined): boolean {
  if (remote === undefined) return false;
  if (remote === local) return true;
  const [address = ''] = remote.split('%');
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
  return isAddress && nearbyRanges.has(ipaddr.process(address).range());
}

/** An address as it is shown: an IPv4 client on an IPv6 socket by its IPv4 address. */
export function plainAddress(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}
