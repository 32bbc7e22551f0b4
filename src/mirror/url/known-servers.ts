/** What is known of a kind of server in the things that a browser cannot see. */
export interface KnownServer {
  readonly name: string;
  /** Matches the `Server` response header. */
  readonly header: RegExp;
  /** Whether its status line, header names and header size suit the device, and its connections stay open. */
  readonly verdict: 'right' | 'wrong' | 'contradictory';
  /** What follows the name in a sentence. */
  readonly note: string;
  readonly source: string;
}

/**
 * Servers and what a browser cannot see of them: the literal status line, the case of the header names, the
 * size of the header, and how long a connection is kept. "Measured" is test/unit/mirror/servers.test.ts.
 */
export const knownServers: readonly KnownServer[] = [
  {
    name: 'nginx',
    header: /^nginx\b/i,
    verdict: 'right',
    note: 'is known to work with these devices',
    source: 'measured with 1.22; njh/sonoff-ota-flash-cli nginx.conf; itead#97',
  },
  {
    name: 'lighttpd',
    header: /^lighttpd\b/i,
    verdict: 'right',
    note: 'writes its answers as these devices need them',
    source: 'measured with 1.4.69 (it closes after 100 answers; the device may reconnect three times)',
  },
  {
    name: 'darkhttpd',
    header: /^darkhttpd\b/i,
    verdict: 'right',
    note: 'is known to work with these devices',
    source: 'kein0r/EnvironmentalMonitoringSystem Readme_SonOff.md; emikulic/darkhttpd darkhttpd.c',
  },
  {
    name: 'webfs',
    header: /^webfs\b/i,
    verdict: 'right',
    note: 'writes its answers as these devices need them',
    source: 'measured with 1.21',
  },
  {
    name: 'Apache',
    header: /^apache\b/i,
    verdict: 'contradictory',
    note: 'worked for one person, while another got a damaged file from it',
    source: 'cgomesu.com/blog/ota-tasmota-sonoff; itead#97',
  },
  {
    name: 'mini_httpd',
    header: /^mini_httpd\b/i,
    verdict: 'wrong',
    note: 'sends no parts of files and closes the connection after every answer',
    source: 'measured with 1.30',
  },
  {
    name: "Python's http.server",
    header: /^SimpleHTTP\b/i,
    verdict: 'wrong',
    note: 'speaks an older HTTP and closes the connection after every answer',
    source: 'measured with Python 3.11; kein0r/EnvironmentalMonitoringSystem Readme_SonOff.md',
  },
];

/** The row for a `Server` response header, or null. */
export function knownServer(header: string | null): KnownServer | null {
  return knownServers.find((row) => row.header.test(header?.trim() ?? '')) ?? null;
}
