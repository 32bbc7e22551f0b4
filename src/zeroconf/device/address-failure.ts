import type { Failure } from '../../core/result.ts';
import { text } from '../../core/text.ts';

/** What can be wrong with a typed address. */
export type AddressFailureKind =
  | 'empty'
  | 'port'
  | 'https'
  | 'credentials'
  | 'not-ipv4'
  | 'zone'
  | 'unspecified'
  | 'multicast'
  | 'broadcast'
  | 'not-an-address';

/** Why a typed text cannot be the address of a device. */
export type AddressFailure = Failure<AddressFailureKind>;

const lookUp = text('zeroconf_look_up_address', 'Look up the address of the device in your router.');

/** One text per mistake, for the line beside the address field. */
export const addressFailures = {
  empty: {
    kind: 'empty',
    sentence: text('zeroconf_address_empty', 'There is no address yet.'),
    action: text('zeroconf_address_empty_do', 'Type the address of the device, such as {address}.', {
      address: '192.168.1.104',
    }),
  },
  port: {
    kind: 'port',
    sentence: text('zeroconf_address_port', 'A Sonoff in DIY mode listens on port 8081 and on no other.'),
    action: text('zeroconf_address_port_do', 'Leave the port out.'),
  },
  https: {
    kind: 'https',
    sentence: text('zeroconf_address_https', 'A Sonoff does not speak https.'),
    action: text('zeroconf_address_https_do', 'Type the address alone, without {scheme}.', {
      scheme: 'https://',
    }),
  },
  credentials: {
    kind: 'credentials',
    sentence: text('zeroconf_address_credentials', 'A Sonoff in DIY mode has no user name and no password.'),
    action: text('zeroconf_address_credentials_do', 'Remove everything up to and including the @.'),
  },
  'not-ipv4': {
    kind: 'not-ipv4',
    sentence: text(
      'zeroconf_address_not_ipv4',
      'This is not a whole IP address: it has four numbers from 0 to 255, without leading zeros.',
    ),
    action: text('zeroconf_address_not_ipv4_do', 'Type all four numbers, such as {address}.', {
      address: '192.168.1.104',
    }),
  },
  zone: {
    kind: 'zone',
    sentence: text(
      'zeroconf_address_zone',
      'A browser cannot use an IPv6 address with a network interface behind a %.',
    ),
    action: text('zeroconf_address_zone_do', 'Type the IPv4 address of the device instead.'),
  },
  unspecified: {
    kind: 'unspecified',
    sentence: text(
      'zeroconf_address_unspecified',
      'This address means “no address”, and no device can have it.',
    ),
    action: lookUp,
  },
  multicast: {
    kind: 'multicast',
    sentence: text(
      'zeroconf_address_multicast',
      'This address stands for a group of devices and not for one.',
    ),
    action: lookUp,
  },
  broadcast: {
    kind: 'broadcast',
    sentence: text(
      'zeroconf_address_broadcast',
      'This address stands for every device in the network and not for one.',
    ),
    action: lookUp,
  },
  'not-an-address': {
    kind: 'not-an-address',
    sentence: text(
      'zeroconf_address_not_an_address',
      'This is neither an IP address nor the name of a device.',
    ),
    action: text(
      'zeroconf_address_not_an_address_do',
      'Type an IP address such as {address}, or a name such as {name}.',
      { address: '192.168.1.104', name: 'eWeLink_1000abcdef.local' },
    ),
  },
} as const satisfies { readonly [Kind in AddressFailureKind]: AddressFailure & { readonly kind: Kind } };
