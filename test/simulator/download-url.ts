/** Where the downloader connects to, and what it asks for. */
export interface DownloadTarget {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

const scheme = 'http://';
const maxPath = 128;

/**
 * Takes a `downloadUrl` apart as the firmware does (DLSRC `iotgo_upgrade.c`, protocol §4.2): plain http only, a
 * slash after the host is needed, and the colon of the port is searched in all that follows the scheme, so a
 * colon in the path is read as one. Undefined when the firmware can make nothing of it.
 */
export function readDownloadUrl(url: string): DownloadTarget | undefined {
  if (!url.startsWith(scheme)) return undefined;
  const rest = url.slice(scheme.length);
  const slash = rest.indexOf('/');
  if (slash < 1) return undefined;
  const path = rest.slice(slash);
  if (path.length > maxPath || path.length < 2) return undefined;
  const colon = rest.indexOf(':');
  if (colon < 0) return { host: rest.slice(0, slash), port: 80, path };
  const digits = rest.slice(colon + 1, Math.max(slash, colon + 1));
  const port = Number(digits);
  if (!/^\d{1,5}$/.test(digits) || port < 1 || port > 65_535) return undefined;
  return { host: rest.slice(0, colon), port, path };
}
