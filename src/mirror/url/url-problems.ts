import type { Failure } from '../../core/result.ts';
import { type Text, text } from '../../core/text.ts';
import { blockedPorts } from './blocked-ports.ts';

/** What can be wrong with an address that the device is to download from. */
export type UrlProblem =
  | 'empty'
  | 'whitespace'
  | 'not-a-url'
  | 'no-scheme'
  | 'refused-host'
  | 'https'
  | 'scheme'
  | 'credentials'
  | 'query'
  | 'fragment'
  | 'ipv6'
  | 'host-characters'
  | 'host-too-long'
  | 'blocked-port'
  | 'colon'
  | 'escape'
  | 'path-too-long'
  | 'folder'
  | 'outside';

/** Why an address cannot be used, in words for a person. */
export type UrlFailure = Failure<UrlProblem>;

/** Longest path, in characters, with its leading `/` (sonoff-diy-protocol §4.2: 512-byte request buffer). */
export const maxPathLength = 128;

/** Longest host name, in characters, without the port (sonoff-diy-protocol §4.2). */
const maxHostLength = 50;

/** One rule: `broken` tells whether the parsed address breaks it, `why` says where the rule comes from. */
export interface UrlRule {
  readonly problem: UrlProblem;
  readonly broken: (url: URL) => boolean;
  readonly sentence: (url: URL) => Text;
  readonly action: Text;
  readonly why: string;
}

/** A percent sign that begins no escape, or an escape that servers read differently: controls, `/`, `\`. */
const badEscape = /%(?![0-9a-f]{2})|%[01][0-9a-f]|%7f|%2f|%5c/i;

/** The rules for every address, first come first told. */
export const urlRules: readonly UrlRule[] = [
  {
    problem: 'https',
    broken: ({ protocol }) => protocol === 'https:',
    sentence: () =>
      text(
        'mirror_url_https',
        'This address begins with https://, and the device can only download over plain http://.',
      ),
    action: text('mirror_url_https_do', 'Choose a mirror that offers the file over plain http.'),
    why: 'The downloader accepts only http:// (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'scheme',
    broken: ({ protocol }) => protocol !== 'http:',
    sentence: ({ protocol }) =>
      text('mirror_url_scheme', 'The device cannot download from a {protocol} address, only from {plain}.', {
        protocol,
        plain: 'http://',
      }),
    action: text('mirror_url_scheme_do', 'Type an address that begins with http://.'),
    why: 'The downloader accepts only http:// (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'credentials',
    broken: ({ username, password }) => username !== '' || password !== '',
    sentence: () =>
      text(
        'mirror_url_credentials',
        'This address contains a user name or a password, and the device cannot log in anywhere.',
      ),
    action: text('mirror_url_credentials_do', 'Use a mirror that needs no password.'),
    why: 'The downloader searches for ":" and sends no Authorization header (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'query',
    broken: ({ href }) => href.includes('?'),
    sentence: () =>
      text(
        'mirror_url_query',
        'This address has a "?" in it, and the device always adds its own "?deviceid=…" at the end.',
      ),
    action: text('mirror_url_query_do', 'Use an address without a "?".'),
    why: 'The query is always appended to the path (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'fragment',
    broken: ({ href }) => href.includes('#'),
    sentence: () =>
      text(
        'mirror_url_fragment',
        'This address has a "#" in it, and the device would send it to the server as it is.',
      ),
    action: text('mirror_url_fragment_do', 'Use an address without a "#".'),
    why: 'The downloader sends everything after the host (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'ipv6',
    broken: ({ hostname }) => hostname.startsWith('['),
    sentence: () =>
      text(
        'mirror_url_ipv6',
        'This is an IPv6 address, and the device takes its first ":" for the beginning of the port.',
      ),
    action: text('mirror_url_ipv6_do', 'Use the IPv4 address or the name of the mirror.'),
    why: 'The downloader searches for ":" in all of the address (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'host-characters',
    broken: ({ hostname }) => !hostname.startsWith('[') && !/^[a-z0-9._-]+$/.test(hostname),
    sentence: ({ hostname }) =>
      text('mirror_url_host_characters', '{hostname} is not the name of a server.', { hostname }),
    action: text(
      'mirror_url_host_characters_do',
      'Use a name of letters, digits, dots and dashes, or the IPv4 address of the mirror.',
    ),
    why: 'A browser would read a "*" in a permission as every server there is; DNS names have none of the others.',
  },
  {
    problem: 'host-too-long',
    broken: ({ hostname }) => hostname.length > maxHostLength,
    sentence: ({ hostname }) =>
      text(
        'mirror_url_host_too_long',
        'The name of this mirror has {length} characters, and the device may not have room for more than {most}.',
        { length: hostname.length, most: maxHostLength },
      ),
    action: text('mirror_url_host_too_long_do', 'Use a shorter name, or the IPv4 address of the mirror.'),
    why: 'Fixed buffers in the downloader (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'blocked-port',
    broken: ({ port }) => port !== '' && blockedPorts.has(Number(port)),
    sentence: ({ port }) =>
      text(
        'mirror_url_blocked_port',
        'Browsers refuse to fetch from port {port}, so the file could not be checked.',
        { port },
      ),
    action: text('mirror_url_blocked_port_do', 'Let the mirror listen on another port, such as 8080.'),
    why: 'https://fetch.spec.whatwg.org/#port-blocking',
  },
  {
    problem: 'colon',
    broken: ({ pathname }) => pathname.includes(':'),
    sentence: () =>
      text(
        'mirror_url_colon',
        'There is a ":" in the path, and the device would take what follows for a port.',
      ),
    action: text('mirror_url_colon_do', 'Rename the file or the folder on the mirror.'),
    why: 'The downloader searches for ":" in all of the address (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'escape',
    broken: ({ pathname }) => badEscape.test(pathname),
    sentence: () =>
      text(
        'mirror_url_escape',
        'There is a "%" in the path that servers read differently, and the device sends the path as it is.',
      ),
    action: text(
      'mirror_url_escape_do',
      'Rename the file on the mirror to letters, digits, dots and dashes.',
    ),
    why: 'The device sends the path as it is; %2F, %5C, controls and broken escapes depend on the server.',
  },
  {
    problem: 'path-too-long',
    broken: ({ pathname }) => pathname.length > maxPathLength,
    sentence: ({ pathname }) =>
      text(
        'mirror_url_path_too_long',
        'The path has {length} characters, and the device has room for no more than {most}.',
        { length: pathname.length, most: maxPathLength },
      ),
    action: text('mirror_url_path_too_long_do', 'Put the file into a folder with a shorter name.'),
    why: 'A 512-byte request buffer; a related downloader caps the path at 128 (sonoff-diy-protocol §4.2).',
  },
];

/** One more rule for what is downloaded: a file, not a folder. */
export const fileRule: UrlRule = {
  problem: 'folder',
  broken: ({ pathname }) => pathname.endsWith('/'),
  sentence: () =>
    text('mirror_url_folder', 'This is the address of a folder, and the device needs the address of a file.'),
  action: text('mirror_url_folder_do', 'Add the name of the firmware file.'),
  why: 'ota_flash downloads one file (sonoff-diy-protocol §4.2).',
};

/** What stands before any rule: texts that are no address at all. */
export const textFailures = {
  empty: {
    kind: 'empty',
    sentence: text('mirror_url_empty', 'There is no address yet.'),
    action: text('mirror_url_empty_do', 'Type the name of a firmware file.'),
  },
  whitespace: {
    kind: 'whitespace',
    sentence: text(
      'mirror_url_whitespace',
      'There is a space or an invisible character in the middle of this address.',
    ),
    action: text('mirror_url_whitespace_do', 'Remove it.'),
  },
  'not-a-url': {
    kind: 'not-a-url',
    sentence: text('mirror_url_not_a_url', 'This is not a web address.'),
    action: text(
      'mirror_url_not_a_url_do',
      'Type an address such as http://192.168.1.10:8080/tasmota-lite.bin.',
    ),
  },
  'no-scheme': {
    kind: 'no-scheme',
    sentence: text('mirror_url_no_scheme', 'This looks like an address, but it does not begin with http://.'),
    action: text('mirror_url_no_scheme_do', 'Put http:// in front of it.'),
  },
  outside: {
    kind: 'outside',
    sentence: text('mirror_url_outside', 'This name leads out of the folder of the mirror.'),
    action: text(
      'mirror_url_outside_do',
      'Type the name of a file on the mirror, or a whole address that begins with http://.',
    ),
  },
} as const satisfies Partial<Record<UrlProblem, UrlFailure>>;
