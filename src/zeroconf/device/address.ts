import ipaddr from 'ipaddr.js';
import { failed, type Result, success } from '../../core/result.ts';
import { type Text, text } from '../../core/text.ts';
import { type AddressFailure, type AddressFailureKind, addressFailures } from './address-failure.ts';

export type { AddressFailure, AddressFailureKind } from './address-failure.ts';

/** How far away an address is, as far as it can be read from the address alone. */
export type Reach = 'private' | 'link-local' | 'loopback' | 'local-name' | 'name' | 'public';

/** Where a device is. The port is always 8081 (protocol v2.0 §3). */
export interface Address {
  /** As it stands in a URL: lower-case, IPv6 in brackets. */
  readonly host: string;
  readonly reach: Reach;
}

/** The port of the DIY interface (protocol v1.4 and v2.0). */
export const devicePort = 8081;

/** The ranges of ipaddr.js that are not plainly public. Whatever is not in the table is. */
const ranges: { readonly [range: string]: Reach | 'unspecified' | 'multicast' | 'broadcast' } = {
  private: 'private',
  uniqueLocal: 'private',
  deprecatedSiteLocal: 'private',
  linkLocal: 'link-local',
  loopback: 'loopback',
  unspecified: 'unspecified',
  multicast: 'multicast',
  broadcast: 'broadcast',
};

/** Endings that by convention never leave the own network (RFC 6762 and its appendix G, RFC 8375, RFC 6761, AVM). */
const localEndings = ['local', 'lan', 'home', 'home.arpa', 'internal', 'fritz.box', 'test'];

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const namePattern = new RegExp(`^${label}(?:\\.${label})*$`);
const ipv4Pattern = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;
/** What the URL standard hands to its IPv4 parser, which also takes octal, hex and short forms. */
const numericEnd = /(?:^|\.)(?:\d+|0x[0-9a-f]*)\.?$/;

/** Reads the address of a device from what a person typed or pasted. Only ASCII names are accepted. */
export function parseAddress(input: string): Result<Address, AddressFailure> {
  const typed = input.trim();
  if (typed === '') return wrong('empty');
  const pasted = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(typed);
  const scheme = pasted?.[1]?.toLowerCase();
  if (scheme === 'https') return wrong('https');
  if (scheme !== undefined && scheme !== 'http') return wrong('not-an-address');
  const rest = pasted?.[2] ?? typed;
  const end = rest.search(/[/?#\\]/);
  const authority = (end < 0 ? rest : rest.slice(0, end)).toLowerCase();
  const path = end < 0 ? '' : rest.slice(end);
  if (authority.includes('@')) return wrong('credentials');
  // Lower case turns some signs, such as the Kelvin sign, into ASCII; those are not what was typed.
  if (/[^!-~]/.test(rest)) return wrong('not-an-address');
  // Without http:// in front, "192.168.1.0/24" is a network and not an address with a path.
  if (path.startsWith('\\') || (scheme === undefined && !/^(?:|\/|\/zeroconf(?:\/.*)?)$/i.test(path)))
    return wrong('not-an-address');
  return parseAuthority(authority, scheme !== undefined);
}

/** A sentence for an address outside the own network, or null. Ask before the first request to it. */
export function needsWarning({ host, reach }: Address): Text | null {
  if (reach === 'public')
    return text(
      'zeroconf_public_address',
      '{host} is not an address of a home network: what you send goes out to the Internet or to your provider.',
      { host },
    );
  if (reach === 'name')
    return text(
      'zeroconf_internet_name',
      '{host} looks like a name on the Internet: what you send may leave your home network.',
      { host },
    );
  return null;
}

function parseAuthority(authority: string, pasted: boolean): Result<Address, AddressFailure> {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(authority);
  if (bracketed) return onDevicePort(bracketed[2]) ? parseIpv6(bracketed[1] ?? '') : wrong('port');
  const colons = authority.split(':').length - 1;
  if (colons > 1) return pasted ? wrong('not-an-address') : parseIpv6(authority);
  const [host = '', port] = authority.split(':');
  if (!onDevicePort(port)) return wrong('port');
  return numericEnd.test(host) ? parseIpv4(host) : parseName(host);
}

function onDevicePort(port: string | undefined): boolean {
  return port === undefined || port === String(devicePort);
}

function parseIpv4(host: string): Result<Address, AddressFailure> {
  if (!ipv4Pattern.test(host) || !ipaddr.IPv4.isValid(host)) return wrong('not-ipv4');
  return inRange(host, ipaddr.IPv4.parse(host).range());
}

function parseIpv6(typed: string): Result<Address, AddressFailure> {
  if (typed.includes('%')) return wrong('zone');
  const host = urlHost(`[${typed}]`);
  if (host === null) return wrong('not-an-address');
  const address = ipaddr.IPv6.parse(host.slice(1, -1));
  return inRange(host, address.isIPv4MappedAddress() ? address.toIPv4Address().range() : address.range());
}

function parseName(typed: string): Result<Address, AddressFailure> {
  // mDNS tools print names with the root's dot, which permissions and URLs would take for another host.
  const host = typed.endsWith('.') ? typed.slice(0, -1) : typed;
  if (host.length > 253 || !namePattern.test(host)) return wrong('not-an-address');
  return located(host, nameReach(host));
}

function nameReach(host: string): Reach {
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  if (!host.includes('.')) return 'local-name';
  return localEndings.some((ending) => host.endsWith(`.${ending}`)) || host === 'fritz.box'
    ? 'local-name'
    : 'name';
}

function inRange(host: string, range: string): Result<Address, AddressFailure> {
  const reach = ranges[range] ?? 'public';
  if (reach === 'unspecified' || reach === 'multicast' || reach === 'broadcast') return wrong(reach);
  return located(host, reach);
}

/** The last guard: a host that a URL would change is not the host that the person sees. */
function located(host: string, reach: Reach): Result<Address, AddressFailure> {
  return urlHost(host) === host ? success({ host, reach }) : wrong('not-an-address');
}

function urlHost(host: string): string | null {
  const url = `http://${host}:${devicePort}/`;
  return URL.canParse(url) ? new URL(url).hostname : null;
}

function wrong(kind: AddressFailureKind): { readonly ok: false; readonly failure: AddressFailure } {
  return failed(addressFailures[kind]);
}
