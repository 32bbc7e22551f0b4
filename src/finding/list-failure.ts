import type { Failure } from '../core/result.ts';
import { text } from '../core/text.ts';

/** What can be wrong with a piece of a list of addresses, besides the address itself. */
export type ListFailureKind = 'backwards' | 'two-networks' | 'not-a-range' | 'network-too-large' | 'too-many';

/** Why a piece of a list was left out. */
export type ListFailure = Failure<ListFailureKind>;

/** Most addresses of one list: those of one home network. */
export const longestList = 254;

/** One text per mistake. */
export const listFailures: { readonly [Kind in ListFailureKind]: ListFailure & { readonly kind: Kind } } = {
  backwards: {
    kind: 'backwards',
    sentence: text('finding_backwards', 'This range ends before it begins.'),
    action: text('finding_backwards_do', 'Write the smaller number first, such as {range}.', {
      range: '192.168.1.20-30',
    }),
  },
  'two-networks': {
    kind: 'two-networks',
    sentence: text('finding_two_networks', 'This range goes from one network into another.'),
    action: text('finding_two_networks_do', 'Change the last number only, such as {range}.', {
      range: '192.168.1.20-30',
    }),
  },
  'not-a-range': {
    kind: 'not-a-range',
    sentence: text('finding_not_a_range', 'This is no range of IP addresses.'),
    action: text('finding_not_a_range_do', 'Write a range such as {range}, or a network such as {network}.', {
      range: '192.168.1.20-30',
      network: '192.168.1.0/24',
    }),
  },
  'network-too-large': {
    kind: 'network-too-large',
    sentence: text('finding_network_too_large', 'This network has more than {most} addresses.', {
      most: longestList,
    }),
    action: text('finding_network_too_large_do', 'Write a part of it, such as {network}.', {
      network: '192.168.1.0/24',
    }),
  },
  'too-many': {
    kind: 'too-many',
    sentence: text(
      'finding_too_many',
      'The list has {most} addresses already, which is the most there can be.',
      {
        most: longestList,
      },
    ),
    action: text('finding_too_many_do', 'Work through this list first, and then through the rest.'),
  },
};
