import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inEnglish } from '../../../src/core/render-text.ts';
import { longestList, parseAddressList } from '../../../src/finding/address-list.ts';
import { parseAddress } from '../../../src/zeroconf/device/address.ts';

const read = (text: string) => {
  const { addresses, leftOut } = parseAddressList(text, parseAddress);
  return {
    hosts: addresses.map(({ host }) => host),
    leftOut: leftOut.map(({ piece, failure }) => [piece, failure.kind]),
  };
};

it.each([
  ['nothing', '  \n , ;', []],
  ['one', '192.168.1.7', ['192.168.1.7']],
  [
    'any separators',
    '192.168.1.7,192.168.1.8;\t192.168.1.9\n\n• 192.168.1.10 | "192.168.1.11"',
    ['7', '8', '9', '10', '11'].map((n) => `192.168.1.${n}`),
  ],
  [
    'lines of a list',
    '- 192.168.1.7\n- eWeLink_1000e4c17c.local\n* http://192.168.1.9:8081/zeroconf/info',
    ['192.168.1.7', 'ewelink_1000e4c17c.local', '192.168.1.9'],
  ],
  ['names and IPv6', 'sonoff [fe80::1]', ['sonoff', '[fe80::1]']],
  [
    'what is there twice',
    '192.168.1.7 192.168.1.6-8 SONOFF sonoff',
    ['7', '6', '8'].map((n) => `192.168.1.${n}`).concat('sonoff'),
  ],
  ['a range', '192.168.1.20-22', ['192.168.1.20', '192.168.1.21', '192.168.1.22']],
  ['a range of one', '192.168.1.20-20', ['192.168.1.20']],
  ['a range of whole addresses', '10.0.0.9-10.0.0.11', ['10.0.0.9', '10.0.0.10', '10.0.0.11']],
  ['a range with room', '10.0.0.9 – 11', ['10.0.0.9', '10.0.0.10', '10.0.0.11']],
  ['a part of a network', '192.168.1.77/30', ['192.168.1.77', '192.168.1.78']],
  ['two', '192.168.1.4/31', ['192.168.1.4', '192.168.1.5']],
  ['one as a network', '192.168.1.4/32', ['192.168.1.4']],
])('reads %s', (_what, text, hosts) => {
  expect(read(text)).toEqual({ hosts, leftOut: [] });
});

it('reads a whole network without its own address and that of broadcasts', () => {
  const { hosts, leftOut } = read('192.168.1.0/24');
  expect(leftOut).toEqual([]);
  expect(hosts).toHaveLength(254);
  expect([hosts[0], hosts.at(-1)]).toEqual(['192.168.1.1', '192.168.1.254']);
  expect(read('192.168.1.200/24').hosts).toEqual(hosts);
});

it.each([
  ['192.168.1.30-20', 'backwards'],
  ['192.168.1.20-192.168.2.20', 'two-networks'],
  ['192.168.1.250-256', 'not-a-range'],
  ['192.168.1.20-', 'not-a-range'],
  ['192.168.1-5', 'not-a-range'],
  ['192.168.1.0/33', 'not-a-range'],
  ['192.168.1.0/2x', 'not-a-range'],
  ['192.168.0.0/16', 'network-too-large'],
  ['0.0.0.0/0', 'network-too-large'],
  ['192.168.1.256', 'not-ipv4'],
  ['192.168.1.5:80', 'port'],
  ['https://192.168.1.5', 'https'],
  ['224.0.0.1-1', 'multicast'],
  ['äöü', 'not-an-address'],
])('names %s as left out, and takes the rest', (piece, kind) => {
  const { hosts, leftOut } = read(`10.0.0.1 ${piece}, 10.0.0.2`);
  expect(hosts).toEqual(['10.0.0.1', '10.0.0.2']);
  expect(leftOut.map(([, why]) => why)).toEqual([kind]);
});

it('stops at 254, and says so once', () => {
  const { hosts, leftOut } = read('10.0.0.0/24 10.0.0.7 10.0.1.1-9 10.0.2.1 10.0.3.0/24');
  expect(hosts).toHaveLength(longestList);
  expect(leftOut).toEqual([['10.0.1.1-9', 'too-many']]);
});

it('takes a text of any length', () => {
  const { hosts, leftOut } = read(
    `${'"'.repeat(1_000_000)}x ${'1 '.repeat(1000)}${' '.repeat(1_000_000)}10.0.0.1`,
  );
  expect(hosts).toEqual(['10.0.0.1']);
  expect(leftOut).toHaveLength(1000);
});

it('has words for all of it', () => {
  const { leftOut } = parseAddressList('10.0.0.0/8', parseAddress);
  const [first] = leftOut;
  if (!first) throw new Error('It was taken.');
  expect(inEnglish(first.failure.sentence)).toBe('This network has more than 254 addresses.');
  expect(inEnglish(first.failure.action)).toBe('Write a part of it, such as 192.168.1.0/24.');
});

it('takes any text, and gives every host once', () => {
  const shaped = fc.string({
    unit: fc.constantFrom('1', '25', '255', '.', '-', '/', '24', ' ', ',', 'a', '\n', ':', '[', '–'),
    maxLength: 60,
  });
  fc.assert(
    fc.property(fc.oneof(shaped, fc.string()), (text) => {
      const { hosts } = read(text);
      expect(new Set(hosts).size).toBe(hosts.length);
      expect(hosts.length).toBeLessThanOrEqual(longestList);
      expect(read(hosts.join(' ')).hosts).toEqual(hosts);
    }),
    { numRuns: 300 },
  );
});
