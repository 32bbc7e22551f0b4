import { type Failure, failed, type Result, success } from '../../core/result.ts';
import { blockedPorts } from './blocked-ports.ts';
import { refusedHost } from './refused-hosts.ts';

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

/**
 * An address that the device can download from. `href` is the one spelling used everywhere: what the browser
 * fetches is what the device is told, letter by letter. `host` has the port unless it is 80; `path` begins
 * with `/`; `file` is the last part of the path, percent-encoded as in `href`.
 */
export interface DownloadUrl {
  readonly href: string;
  readonly origin: string;
  readonly host: string;
  readonly path: string;
  readonly file: string;
}

/** Longest path, in characters, with its leading `/` (sonoff-diy-protocol §4.2: 512-byte request buffer). */
export const maxPathLength = 128;

/** Longest host name, in characters, without the port (sonoff-diy-protocol §4.2). */
export const maxHostLength = 50;

/** One rule: `broken` tells whether the parsed address breaks it, `why` says where the rule comes from. */
export interface UrlRule {
  readonly problem: UrlProblem;
  readonly broken: (url: URL) => boolean;
  readonly sentence: (url: URL) => string;
  readonly action: string;
  readonly why: string;
}

/** A percent sign that begins no escape, or an escape that servers read differently: controls, `/`, `\`. */
const badEscape = /%(?![0-9a-f]{2})|%[01][0-9a-f]|%7f|%2f|%5c/i;

/** The rules for every address, first come first told. */
export const urlRules: readonly UrlRule[] = [
  {
    problem: 'https',
    broken: ({ protocol }) => protocol === 'https:',
    sentence: () => 'This address begins with https://, and the device can only download over plain http://.',
    action: 'Choose a mirror that offers the file over plain http.',
    why: 'The downloader accepts only http:// (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'scheme',
    broken: ({ protocol }) => protocol !== 'http:',
    sentence: ({ protocol }) => `The device cannot download from a ${protocol} address, only from http://.`,
    action: 'Type an address that begins with http://.',
    why: 'The downloader accepts only http:// (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'credentials',
    broken: ({ username, password }) => username !== '' || password !== '',
    sentence: () => 'This address contains a user name or a password, and the device cannot log in anywhere.',
    action: 'Use a mirror that needs no password.',
    why: 'The downloader searches for ":" and sends no Authorization header (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'query',
    broken: ({ href }) => href.includes('?'),
    sentence: () =>
      'This address has a "?" in it, and the device always adds its own "?deviceid=…" at the end.',
    action: 'Use an address without a "?".',
    why: 'The query is always appended to the path (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'fragment',
    broken: ({ href }) => href.includes('#'),
    sentence: () => 'This address has a "#" in it, and the device would send it to the server as it is.',
    action: 'Use an address without a "#".',
    why: 'The downloader sends everything after the host (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'ipv6',
    broken: ({ hostname }) => hostname.startsWith('['),
    sentence: () =>
      'This is an IPv6 address, and the device takes its first ":" for the beginning of the port.',
    action: 'Use the IPv4 address or the name of the mirror.',
    why: 'The downloader searches for ":" in all of the address (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'host-characters',
    broken: ({ hostname }) => !hostname.startsWith('[') && !/^[a-z0-9._-]+$/.test(hostname),
    sentence: ({ hostname }) => `${hostname} is not the name of a server.`,
    action: 'Use a name of letters, digits, dots and dashes, or the IPv4 address of the mirror.',
    why: 'A browser would read a "*" in a permission as every server there is; DNS names have none of the others.',
  },
  {
    problem: 'host-too-long',
    broken: ({ hostname }) => hostname.length > maxHostLength,
    sentence: ({ hostname }) =>
      `The name of this mirror has ${hostname.length} characters, and the device may not have room for more than ${maxHostLength}.`,
    action: 'Use a shorter name, or the IPv4 address of the mirror.',
    why: 'Fixed buffers in the downloader (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'blocked-port',
    broken: ({ port }) => port !== '' && blockedPorts.has(Number(port)),
    sentence: ({ port }) => `Browsers refuse to fetch from port ${port}, so the file could not be checked.`,
    action: 'Let the mirror listen on another port, such as 8080.',
    why: 'https://fetch.spec.whatwg.org/#port-blocking',
  },
  {
    problem: 'colon',
    broken: ({ pathname }) => pathname.includes(':'),
    sentence: () => 'There is a ":" in the path, and the device would take what follows for a port.',
    action: 'Rename the file or the folder on the mirror.',
    why: 'The downloader searches for ":" in all of the address (sonoff-diy-protocol §4.2).',
  },
  {
    problem: 'escape',
    broken: ({ pathname }) => badEscape.test(pathname),
    sentence: () =>
      'There is a "%" in the path that servers read differently, and the device sends the path as it is.',
    action: 'Rename the file on the mirror to letters, digits, dots and dashes.',
    why: 'The device sends the path as it is; %2F, %5C, controls and broken escapes depend on the server.',
  },
  {
    problem: 'path-too-long',
    broken: ({ pathname }) => pathname.length > maxPathLength,
    sentence: ({ pathname }) =>
      `The path has ${pathname.length} characters, and the device has room for no more than ${maxPathLength}.`,
    action: 'Put the file into a folder with a shorter name.',
    why: 'A 512-byte request buffer; a related downloader caps the path at 128 (sonoff-diy-protocol §4.2).',
  },
];

/** One more rule for what is downloaded: a file, not a folder. */
export const fileRule: UrlRule = {
  problem: 'folder',
  broken: ({ pathname }) => pathname.endsWith('/'),
  sentence: () => 'This is the address of a folder, and the device needs the address of a file.',
  action: 'Add the name of the firmware file.',
  why: 'ota_flash downloads one file (sonoff-diy-protocol §4.2).',
};

/** What stands before any rule: texts that are no address at all. */
const textFailures = {
  empty: { kind: 'empty', sentence: 'There is no address yet.', action: 'Type the name of a firmware file.' },
  whitespace: {
    kind: 'whitespace',
    sentence: 'There is a space or an invisible character in the middle of this address.',
    action: 'Remove it.',
  },
  'not-a-url': {
    kind: 'not-a-url',
    sentence: 'This is not a web address.',
    action: 'Type an address such as http://192.168.1.10:8080/tasmota-lite.bin.',
  },
  'no-scheme': {
    kind: 'no-scheme',
    sentence: 'This looks like an address, but it does not begin with http://.',
    action: 'Put http:// in front of it.',
  },
  outside: {
    kind: 'outside',
    sentence: 'This name leads out of the folder of the mirror.',
    action: 'Type the name of a file on the mirror, or a whole address that begins with http://.',
  },
} as const satisfies Partial<Record<UrlProblem, UrlFailure>>;

// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what this looks for
const blank = /[\s\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2060\ufeff]/;
const scheme = /^[a-z][a-z0-9+.-]*:/i;
/** `name.tld/…`, `1.2.3.4/…` or `host:8080/…`: an address whose `http://` was forgotten. */
const hostFirst = /^(?:[^/:]*\.[a-z]{2,}|\d{1,3}(?:\.\d{1,3}){3}|[^/:]+(?=:\d+\/))(?::\d+)?\//i;

/** Parses `text` and tells the first thing that is wrong with it by `rules`. Never throws. */
export function parseByRules(
  text: string,
  rules: readonly UrlRule[],
  base?: string,
): Result<URL, UrlFailure> {
  const typed = text.trim();
  if (typed === '') return failed(textFailures.empty);
  if (blank.test(typed)) return failed(textFailures.whitespace);
  if (!URL.canParse(typed, base)) return failed(textFailures['not-a-url']);
  const url = new URL(typed, base);
  const refused = refusedHost(url.hostname);
  if (refused) return failed({ kind: 'refused-host', sentence: refused.sentence, action: refused.action });
  const rule = rules.find(({ broken }) => broken(url));
  if (!rule) return success(url);
  return failed({ kind: rule.problem, sentence: rule.sentence(url), action: rule.action });
}

const fileRules = [...urlRules, fileRule];

function downloadUrl(url: URL): DownloadUrl {
  return {
    href: url.href,
    origin: url.origin,
    host: url.host,
    path: url.pathname,
    file: url.pathname.slice(url.pathname.lastIndexOf('/') + 1),
  };
}

/** Reads a whole address. The value is what the device can be told; the failure says why it cannot. */
export function parseDownloadUrl(text: string): Result<DownloadUrl, UrlFailure> {
  if (hostFirst.test(text.trim())) return withoutScheme(text);
  const parsed = parseByRules(text, fileRules);
  return parsed.ok ? success(downloadUrl(parsed.value)) : parsed;
}

/** An address without `http://`: says what is wrong with its host, where that is known, or asks for http://. */
function withoutScheme(text: string): Result<never, UrlFailure> {
  const parsed = parseByRules(`http://${text.trim()}`, fileRules);
  return failed(
    !parsed.ok && parsed.failure.kind === 'refused-host' ? parsed.failure : textFailures['no-scheme'],
  );
}

/**
 * Reads what was typed or picked as the firmware: the name of a file in the folder `mirrorBase`
 * (`http://host[:port]/dir/`), or a whole address.
 */
export function resolveFirmware(text: string, mirrorBase: string): Result<DownloadUrl, UrlFailure> {
  const typed = text.trim();
  if (scheme.test(typed) || hostFirst.test(typed)) return parseDownloadUrl(typed);
  const parsed = parseByRules(typed, fileRules, mirrorBase);
  if (!parsed.ok) return parsed;
  if (!parsed.value.href.startsWith(mirrorBase)) return failed(textFailures.outside);
  return success(downloadUrl(parsed.value));
}
