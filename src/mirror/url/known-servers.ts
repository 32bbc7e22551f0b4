import { type Text, text } from '../../core/text.ts';

/** What is known of a kind of server in the things that a browser cannot see. */
export interface KnownServer {
  readonly name: string;
  /** Matches the `Server` response header. */
  readonly header: RegExp;
  /** Whether its status line, header names and header size suit the device, and its connections stay open. */
  readonly verdict: 'right' | 'wrong' | 'contradictory';
  /** What is known of it, in a sentence about the mirror at `host`. */
  readonly said: (host: string) => Text;
  readonly source: string;
}

const works = (server: string) => (host: string) =>
  text('mirror_server_works', '{host} runs {server}, which is known to work with these devices.', {
    host,
    server,
  });
const writesRight = (server: string) => (host: string) =>
  text(
    'mirror_server_writes_right',
    '{host} runs {server}, which writes its answers as these devices need them.',
    { host, server },
  );
const damagedOnce = (server: string) => (host: string) =>
  text(
    'mirror_server_contradictory',
    '{host} runs {server}, which worked for one person, while another got a damaged file from it.',
    { host, server },
  );
const sendsNoParts = (server: string) => (host: string) =>
  text(
    'mirror_server_no_parts',
    '{host} runs {server}, which sends no parts of files and closes the connection after every answer.',
    { host, server },
  );
const speaksOldHttp = (server: string) => (host: string) =>
  text(
    'mirror_server_old_http',
    '{host} runs {server}, which speaks an older HTTP and closes the connection after every answer.',
    { host, server },
  );

/**
 * Servers and what a browser cannot see of them: the literal status line, the case of the header names, the
 * size of the header, and how long a connection is kept. "Measured" is test/unit/mirror/servers.test.ts.
 */
const knownServers: readonly KnownServer[] = [
  {
    name: 'nginx',
    header: /^nginx\b/i,
    verdict: 'right',
    said: works('nginx'),
    source: 'measured with 1.22; njh/sonoff-ota-flash-cli nginx.conf; itead#97',
  },
  {
    name: 'lighttpd',
    header: /^lighttpd\b/i,
    verdict: 'right',
    said: writesRight('lighttpd'),
    source: 'measured with 1.4.69 (it closes after 100 answers; the device may reconnect three times)',
  },
  {
    name: 'darkhttpd',
    header: /^darkhttpd\b/i,
    verdict: 'right',
    said: works('darkhttpd'),
    source: 'kein0r/EnvironmentalMonitoringSystem Readme_SonOff.md; emikulic/darkhttpd darkhttpd.c',
  },
  {
    name: 'webfs',
    header: /^webfs\b/i,
    verdict: 'right',
    said: writesRight('webfs'),
    source: 'measured with 1.21',
  },
  {
    name: 'Apache',
    header: /^apache\b/i,
    verdict: 'contradictory',
    said: damagedOnce('Apache'),
    source: 'cgomesu.com/blog/ota-tasmota-sonoff; itead#97',
  },
  {
    name: 'mini_httpd',
    header: /^mini_httpd\b/i,
    verdict: 'wrong',
    said: sendsNoParts('mini_httpd'),
    source: 'measured with 1.30',
  },
  {
    name: "Python's http.server",
    header: /^SimpleHTTP\b/i,
    verdict: 'wrong',
    said: speaksOldHttp("Python's http.server"),
    source: 'measured with Python 3.11; kein0r/EnvironmentalMonitoringSystem Readme_SonOff.md',
  },
];

/** The row for a `Server` response header, or null. */
export function knownServer(header: string | null): KnownServer | null {
  return knownServers.find((row) => row.header.test(header?.trim() ?? '')) ?? null;
}
