import { against, type Check } from '../../core/check.ts';
import { type Text, text } from '../../core/text.ts';
import type { Identity } from '../identify/identify.ts';
import { named } from '../identify/name.ts';
import { readAssetName, titleOfAsset } from './asset-names.ts';
import { fileName, readSidecar } from './digest-line.ts';
import { findKnownImage } from './known-images.ts';
import { proofObjections } from './proof-objections.ts';
import type { Release, ReleaseAsset, Releases } from './releases.ts';

/** What is known besides the bytes. */
export interface Evidence {
  readonly digest: string;
  readonly size: number;
  /** The name of the file, as it is on the mirror or the disk. */
  readonly name: string;
  /** The text of `<name>.sha256` beside the file, where there is one. */
  readonly sidecar?: string | null;
  readonly releases?: Releases | null;
  /** Whether it comes from a server on the Internet, which anybody may have filled. */
  readonly isFromInternet?: boolean;
}

/** What the digest proves, and no more. */
export interface Proof {
  readonly checks: readonly Check[];
  /** True when somebody other than the file and the server that it lies on vouches for its digest. */
  readonly isConfirmed: boolean;
  /** What the file is for certain: "Tasmota 14.1.0 lite"; null when nobody says so. */
  readonly title: Text | null;
}

/** Whoever can replace a file can replace what lies beside it: this shows only that the file arrived whole. */
function proveBySidecar({ digest, name, sidecar }: Evidence): Check | null {
  if (sidecar === undefined || sidecar === null) return null;
  const check = { id: 'image-digest-sidecar', title: text('firmware_sidecar_title', 'Digest on the mirror') };
  const lines = readSidecar(sidecar);
  if (lines.some((line) => line.digest === digest)) {
    return {
      ...check,
      answer: 'pass',
      sentence: text(
        'firmware_sidecar_right',
        'The digest is the one that lies beside the file on the mirror. So the file arrived whole; who made it, this does not show.',
      ),
    };
  }
  const own = fileName(name);
  if (lines.some((line) => line.name === null || line.name === own)) {
    return { ...check, ...against(proofObjections.sidecar, {}) };
  }
  return {
    ...check,
    answer: 'unknown',
    sentence: text('firmware_sidecar_other', 'The digest file on the mirror says nothing about {file}.', {
      file: own,
    }),
  };
}

interface Official {
  readonly release: Release;
  readonly asset: ReleaseAsset;
}

function allAssets(releases: Releases): Official[] {
  return releases.releases.flatMap((release) => release.assets.map((asset) => ({ release, asset })));
}

/**
 * The official file that this one claims to be, or null. A name alone is not a claim: every release has a
 * `tasmota-lite.bin`. The release comes from the name where it says one, else from the contents, so that an
 * older or newer good file of the same name is not taken for a forged one, nor a development build.
 */
function findClaimed({ name }: Evidence, identity: Identity, releases: Releases): Official | null {
  const claimed = readAssetName(name);
  if (claimed === null) return null;
  const version = claimed.version ?? (identity.family === 'tasmota' ? identity.version : null);
  const matches = ({ release, asset }: Official) =>
    release.version === version && asset.name.toLowerCase() === claimed.asset;
  return allAssets(releases).find(matches) ?? null;
}

/** What official releases and known images say; null where neither has anything to do with the file. */
function proveByRelease(evidence: Evidence, identity: Identity): { check: Check; title: Text | null } | null {
  const { digest, size, releases = null } = evidence;
  const check = { id: 'image-release', title: text('firmware_release_title', 'Release') };
  const official =
    releases && allAssets(releases).find(({ asset }) => asset.digest === digest && asset.size === size);
  if (official) {
    const title = titleOfAsset(official.release.version, official.asset.name);
    const sentence = text(
      'firmware_release_official',
      'This is {title}, identical to the official release.',
      { title },
    );
    return { check: { ...check, answer: 'pass', sentence }, title };
  }
  const known = findKnownImage(digest, size);
  if (known !== null) {
    const title = named(known.title);
    return {
      check: {
        ...check,
        answer: 'pass',
        sentence: text('firmware_release_known', 'This is {title}, {standing}.', {
          title: title,
          standing: known.standing,
        }),
      },
      title,
    };
  }
  const claimed = releases && findClaimed(evidence, identity, releases);
  if (claimed && claimed.asset.digest !== null) {
    const title = titleOfAsset(claimed.release.version, claimed.asset.name);
    return {
      check: { ...check, ...against(proofObjections.forged, { title }) },
      title: null,
    };
  }
  const isClaim = identity.family === 'tasmota' || readAssetName(evidence.name) !== null;
  if (!isClaim) return null;
  const sentence = sayUnproved(evidence, claimed);
  if (!evidence.isFromInternet) {
    return identity.family === 'tasmota'
      ? { check: { ...check, answer: 'unknown', sentence }, title: null }
      : null;
  }
  return {
    check: { ...check, ...against(proofObjections.unproved, { title: identity.title, sentence }) },
    title: null,
  };
}

function sayUnproved({ size, releases = null }: Evidence, claimed: Official | null): Text {
  if (releases === null)
    return text(
      'firmware_release_offline',
      'GitHub could not be asked for the official releases, so this digest is compared with none.',
    );
  if (releases.isOutdated)
    return text(
      'firmware_release_outdated',
      'No official release that GitHub named earlier has this digest, and GitHub could not be asked again.',
    );
  if (claimed === null) return text('firmware_release_none', 'No official release has this digest.');
  const { release, asset } = claimed;
  return asset.size === size
    ? text(
        'firmware_release_no_digest',
        'GitHub has no digest of {file} of release {version}; the size is the same.',
        { file: asset.name, version: release.version },
      )
    : text(
        'firmware_release_other_size',
        'No official release has this digest. {file} of release {version} has {size}.',
        { file: asset.name, version: release.version, size: { bytes: asset.size } },
      );
}

/** Puts together what the digest beside the file, the official releases and the known images prove. */
export function proveDigest(evidence: Evidence, identity: Identity): Proof {
  const sidecar = proveBySidecar(evidence);
  const release = proveByRelease(evidence, identity);
  const checks = [sidecar, release?.check ?? null].filter((check) => check !== null);
  return {
    checks,
    isConfirmed: release?.check.answer === 'pass',
    title: release?.title ?? null,
  };
}
