/** A release on the way to today's, and where it lies. */
export interface Stop {
  /** "8.5.1"; null for today's release. */
  readonly version: string | null;
  /** What is set by `OtaUrl` before `Upgrade 1`. */
  readonly url: string;
}

interface Hurdle extends Stop {
  /** The version as one number, as `numberOf` makes it. */
  readonly number: number;
}

const server = 'http://ota.tasmota.com/tasmota';

/**
 * The releases that none may be left out of, since the settings changed there. In between only lite builds go, which
 * fit beside each other without the detour over minimal (Tasmota RELEASENOTES.md; tasmota/docs Upgrading).
 */
const hurdles: readonly Hurdle[] = [
  { number: 7_002_000, version: '7.2.0', url: `${server}/release-7.2.0/tasmota-lite.bin` },
  { number: 8_005_001, version: '8.5.1', url: `${server}/release-8.5.1/tasmota-lite.bin` },
  { number: 9_001_000, version: '9.1.0', url: `${server}/release-9.1.0/tasmota-lite.bin.gz` },
];

/** Today's full build. */
const today: Stop = { version: null, url: `${server}/release/tasmota.bin.gz` };

/** Before this release, more stops would be needed than are known here (6.7.1). */
const oldest = 6_007_001;

/** The way from `version` of Tasmota to today's full build; null for one that cannot be read or is too old. */
export function upgradePath(version: string): Stop[] | null {
  const number = numberOf(version);
  if (number === null || number < oldest) return null;
  const before = hurdles.filter((hurdle) => hurdle.number > number);
  return [...before.map(({ version: stop, url }) => ({ version: stop, url })), today];
}

function numberOf(version: string): number | null {
  const found = /^v?(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?!\d)/.exec(version.trim());
  return found && Number(found[1]) * 1_000_000 + Number(found[2]) * 1000 + Number(found[3]);
}
