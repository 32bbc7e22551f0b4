import type { Failure } from '../../core/result.ts';

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

/** One text per mistake, for the line beside the address field. */
export const addressFailures = {
  empty: {
    kind: 'empty',
    sentence: 'There is no address yet.',
    action: 'Type the address of the device, such as 192.168.1.104.',
  },
  port: {
    kind: 'port',
    sentence: 'A Sonoff in DIY mode listens on port 8081 and on no other.',
    action: 'Leave the port out.',
  },
  https: {
    kind: 'https',
    sentence: 'A Sonoff does not speak https.',
    action: 'Type the address alone, without https://.',
  },
  credentials: {
    kind: 'credentials',
    sentence: 'A Sonoff in DIY mode has no user name and no password.',
    action: 'Remove everything up to and including the @.',
  },
  'not-ipv4': {
    kind: 'not-ipv4',
    sentence: 'This is not a whole IP address: it has four numbers from 0 to 255, without leading zeros.',
    action: 'Type all four numbers, such as 192.168.1.104.',
  },
  zone: {
    kind: 'zone',
    sentence: 'A browser cannot use an IPv6 address with a network interface behind a %.',
    action: 'Type the IPv4 address of the device instead.',
  },
  unspecified: {
    kind: 'unspecified',
    sentence: 'This address means “no address”, and no device can have it.',
    action: 'Look up the address of the device in your router.',
  },
  multicast: {
    kind: 'multicast',
    sentence: 'This address stands for a group of devices and not for one.',
    action: 'Look up the address of the device in your router.',
  },
  broadcast: {
    kind: 'broadcast',
    sentence: 'This address stands for every device in the network and not for one.',
    action: 'Look up the address of the device in your router.',
  },
  'not-an-address': {
    kind: 'not-an-address',
    sentence: 'This is neither an IP address nor the name of a device.',
    action: 'Type an IP address such as 192.168.1.104, or a name such as eWeLink_1000abcdef.local.',
  },
} as const satisfies { readonly [Kind in AddressFailureKind]: AddressFailure & { readonly kind: Kind } };
