/** A firmware version as three numbers. */
export type Version = readonly [major: number, minor: number, patch: number];

const pattern = /^v?(\d{1,5})\.(\d{1,5})(?:\.(\d{1,5}))?(?![\d.])/i;

/** Reads "3.6.0", "3.6" or "3.6.0-beta"; null for anything else. */
export function parseVersion(text: string | null): Version | null {
  const found = text === null ? null : pattern.exec(text.trim());
  return found ? [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] : null;
}

/** Negative when `a` is older than `b`, 0 when they are the same, positive when it is newer. */
export function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Whether `version` lies between `from` and `to`, both included. */
export function isWithin(version: Version, from: Version, to: Version): boolean {
  return compareVersions(version, from) >= 0 && compareVersions(version, to) <= 0;
}
