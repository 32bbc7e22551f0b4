import { isWithin, parseVersion, type Version } from './firmware-version.ts';

/** How firmware of one version differs from what the protocol says. */
export interface Quirks {
  /**
   * What the device sends as `Host` when it downloads: `known` and `assumed` mean `dl.itead.cn` whatever the
   * URL says, seen or feared; `no-host` means none at all.
   */
  readonly hostBug: 'known' | 'assumed' | 'no-host';
  /** Compares the digest letter by letter with lower-case hex. */
  readonly lowerCaseDigest: 'known' | 'assumed';
  /** Resets the connection on `"deviceid":""`. */
  readonly emptyDeviceidResets: 'known' | 'assumed' | 'no';
  /** Asks for `name.bin` without a slash, which most servers refuse. */
  readonly malformedDownload: boolean;
  /** DIY mode needs the OTA jumper and the Wi-Fi `sonoffDiy`. */
  readonly jumper: boolean;
  /** Some units cannot be unlocked before they are removed from the eWeLink app. */
  readonly unlockMayFail: boolean;
  /** Where each value comes from. */
  readonly sources: Readonly<Record<QuirkName, string>>;
}

/** The names of the quirks. */
export type QuirkName = Exclude<keyof Quirks, 'sources'>;

interface Quirk<Value> {
  /** What is taken for true of a version that no row speaks of, or that is not told. */
  readonly otherwise: Value;
  readonly rows: readonly {
    readonly from: Version;
    readonly to: Version;
    readonly value: Value;
    readonly source: string;
  }[];
}

const quirks: { readonly [Name in QuirkName]: Quirk<Quirks[Name]> } = {
  hostBug: {
    otherwise: 'assumed',
    rows: [
      { from: [3, 5, 0], to: [3, 5, 0], value: 'known', source: 'njh website/build-index.rb' },
      { from: [3, 6, 0], to: [3, 6, 0], value: 'known', source: 'tasmota/docs#1388' },
      { from: [1, 4, 1], to: [1, 4, 1], value: 'no-host', source: 'itead#129' },
    ],
  },
  lowerCaseDigest: {
    otherwise: 'assumed',
    rows: [{ from: [3, 6, 0], to: [3, 6, 0], value: 'known', source: 'itead#102' }],
  },
  emptyDeviceidResets: {
    otherwise: 'assumed',
    rows: [
      { from: [3, 3, 0], to: [3, 6, 0], value: 'no', source: 'njh README; itead#10' },
      { from: [3, 7, 6], to: [3, 7, 6], value: 'known', source: 'itead#128, itead#95, njh cli#18' },
    ],
  },
  malformedDownload: {
    otherwise: false,
    rows: [{ from: [1, 4, 1], to: [1, 4, 1], value: true, source: 'itead#129 (B02-BL-A60)' }],
  },
  jumper: {
    otherwise: false,
    rows: [{ from: [3, 0, 0], to: [3, 4, 99999], value: true, source: 'tasmota/docs Sonoff-DIY' }],
  },
  unlockMayFail: {
    otherwise: false,
    rows: [{ from: [3, 7, 3], to: [3, 7, 6], value: true, source: 'itead#137, njh cli#15' }],
  },
};

/** The quirks of a firmware version. A version that is not told, or makes no sense, gets the careful ones. */
export function quirksOf(fwVersion: string | null): Quirks {
  const version = parseVersion(fwVersion);
  const hostBug = valueFor(quirks.hostBug, version);
  const lowerCaseDigest = valueFor(quirks.lowerCaseDigest, version);
  const emptyDeviceidResets = valueFor(quirks.emptyDeviceidResets, version);
  const malformedDownload = valueFor(quirks.malformedDownload, version);
  const jumper = valueFor(quirks.jumper, version);
  const unlockMayFail = valueFor(quirks.unlockMayFail, version);
  return {
    hostBug: hostBug.value,
    lowerCaseDigest: lowerCaseDigest.value,
    emptyDeviceidResets: emptyDeviceidResets.value,
    malformedDownload: malformedDownload.value,
    jumper: jumper.value,
    unlockMayFail: unlockMayFail.value,
    sources: {
      hostBug: hostBug.source,
      lowerCaseDigest: lowerCaseDigest.source,
      emptyDeviceidResets: emptyDeviceidResets.source,
      malformedDownload: malformedDownload.source,
      jumper: jumper.source,
      unlockMayFail: unlockMayFail.source,
    },
  };
}

function valueFor<Value>({ otherwise, rows }: Quirk<Value>, version: Version | null) {
  const row = version === null ? undefined : rows.find(({ from, to }) => isWithin(version, from, to));
  return row ?? { value: otherwise, source: 'no report: the careful assumption' };
}
