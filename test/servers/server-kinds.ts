/** What starting a server needs: where its files are, a directory of its own, and its port on 127.0.0.1. */
export interface Place {
  readonly root: string;
  readonly work: string;
  readonly port: number;
}

/** How to start a server: its command and, where it needs one, its configuration file. */
export interface ServerKind {
  /** Debian's package, for the sentence that says why a test was skipped. */
  readonly package: string;
  readonly command: string;
  readonly arguments: (place: Place) => readonly string[];
  readonly configuration?: (place: Place) => string;
}

const asRoot = process.getuid?.() === 0;

/** An nginx whose `http` block holds `servers`; runs as whoever started it, in the foreground. */
export function nginx(servers: (place: Place) => string): ServerKind {
  return {
    package: 'nginx-light',
    command: 'nginx',
    arguments: ({ work }) => ['-p', work, '-c', `${work}/configuration`, '-e', `${work}/error.log`],
    configuration: (place) => `daemon off; ${asRoot ? 'user root;' : ''} pid ${place.work}/pid; events {}
http {
  access_log off;
  default_type application/octet-stream;
  client_body_temp_path ${place.work}/a; proxy_temp_path ${place.work}/b; fastcgi_temp_path ${place.work}/c;
  uwsgi_temp_path ${place.work}/d; scgi_temp_path ${place.work}/e;
  ${servers(place)}
}`,
  };
}

/** A lighttpd with the given configuration, in the foreground. */
export function lighttpd(configuration: (place: Place) => string): ServerKind {
  return {
    package: 'lighttpd',
    command: 'lighttpd',
    arguments: ({ work }) => ['-D', '-f', `${work}/configuration`],
    configuration,
  };
}

const files = ({ root }: Place) => `root ${root}; autoindex on;`;

/** An nginx that serves by the name 127.0.0.1 only and does `otherwise` for every other name. */
const nameBased = (otherwise: string) =>
  nginx(
    (place) => `server { listen 127.0.0.1:${place.port} default_server; ${otherwise} }
  server { listen 127.0.0.1:${place.port}; server_name 127.0.0.1; ${files(place)} }`,
  );

/** The servers people use, and the ways to set them up right and wrong. */
export const serverKinds = {
  nginx: nginx((place) => `server { listen 127.0.0.1:${place.port}; ${files(place)} }`),
  'nginx-gzip': nginx(
    (place) => `server { listen 127.0.0.1:${place.port}; ${files(place)}
    gzip on; gzip_types *; gzip_min_length 1; gzip_http_version 1.0; gzip_proxied any; }`,
  ),
  'nginx-keepalive-1': nginx(
    (place) => `server { listen 127.0.0.1:${place.port}; keepalive_requests 1; ${files(place)} }`,
  ),
  'nginx-keepalive-2': nginx(
    (place) => `server { listen 127.0.0.1:${place.port}; keepalive_requests 2; ${files(place)} }`,
  ),
  'nginx-name-based': nameBased('return 404;'),
  'nginx-other-name-redirects': nameBased('return 301 https://127.0.0.1$request_uri;'),
  'nginx-other-name-dropped': nameBased('return 444;'),
  'nginx-redirect': nginx(
    (place) => `server { listen 127.0.0.1:${place.port}; return 301 https://$host$request_uri; }`,
  ),
  lighttpd: lighttpd(
    ({ root, port }) => `server.document-root = "${root}"
server.bind = "127.0.0.1"
server.port = ${port}
server.modules = ("mod_dirlisting")
dir-listing.activate = "enable"
mimetype.assign = ("" => "application/octet-stream")
`,
  ),
  busybox: {
    package: 'busybox',
    command: 'busybox',
    arguments: ({ root, port }) => ['httpd', '-f', '-p', `127.0.0.1:${port}`, '-h', root],
  },
  webfs: {
    package: 'webfs',
    command: 'webfsd',
    arguments: ({ root, port }) => ['-F', '-i', '127.0.0.1', '-p', `${port}`, '-r', root],
  },
  'mini-httpd': {
    package: 'mini-httpd',
    command: 'mini_httpd',
    arguments: ({ root, port }) => [
      ...['-D', '-h', '127.0.0.1', '-p', `${port}`, '-d', root],
      ...(asRoot ? ['-u', 'root'] : []),
    ],
  },
  python: {
    package: 'python3',
    command: 'python3',
    arguments: ({ root, port }) => ['-m', 'http.server', `${port}`, '--bind', '127.0.0.1', '-d', root],
  },
} as const satisfies Record<string, ServerKind>;

/** The name of a kind of server. */
export type ServerName = keyof typeof serverKinds;
