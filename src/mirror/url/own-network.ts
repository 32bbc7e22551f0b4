import ipaddr from 'ipaddr.js';
import type { DownloadUrl } from './url-rules.ts';

/** The ranges of ipaddr.js that no stranger on the Internet can answer from. */
const ownRanges: readonly string[] = ['loopback', 'private', 'linkLocal', 'uniqueLocal', 'carrierGradeNat'];

/** Endings that are never given out in the public DNS (RFC 6761, 6762 and its appendix G, 8375, ICANN's .internal). */
const ownEndings =
  /(?:^|\.)(?:localhost|local|localdomain|lan|home|corp|internal|intranet|private|home\.arpa)$/;

/**
 * Whether the mirror of `url` is on the person's own network, as far as its name tells. A name in the public DNS
 * may lead to a private address as well; it counts as the Internet, because nobody here can ask where it leads.
 */
export function isOnOwnNetwork({ href }: Pick<DownloadUrl, 'href'>): boolean {
  const host = new URL(href).hostname.replace(/\.$/, '');
  if (ipaddr.isValid(host)) return ownRanges.includes(ipaddr.parse(host).range());
  return !host.includes('.') || ownEndings.test(host);
}
