import { type Text, text } from '../../core/text.ts';

/** What a Tasmota file tells about itself. */
export interface TasmotaTraits {
  readonly version: string | null;
  readonly variant: string;
  readonly language: string | null;
  readonly built: string | null;
  readonly core: string | null;
  /** Why this is the minimal build, which cannot be a first installation; null when it is not. */
  readonly minimalBecause: Text | null;
}

/** The mark of Tasmota's settings, which every release has kept (`CFG_HOLDER`, my_user_config.h). */
const settingsMark = 4617;

/** Releases up to 8 write their version between these two words (`VERSION_MARKER`, tasmota.ino). */
const markers = { before: 0x5aa55aa5, after: 0xa55aa55a } as const;

/** Bytes below which a Tasmota that cannot fetch a minimal build is one: the six known are 376,720 to 387,472. */
const largestMinimal = 430_000;

const builtPattern = /\0((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d 20\d\d)\0/;
const otaPattern =
  /https?:\/\/[\x21-\x7e]{1,120}\/(?:tasmota|sonoff)(?:-([A-Za-z0-9]{1,16}))?\.bin(?:\.gz)?\0/;
const corePatterns: readonly RegExp[] = [
  /"Core":"([A-Za-z0-9_]{1,16})"/,
  /Version %s%s-([A-Za-z0-9_]{1,16})/,
  /\0([23]_\d{1,2}_\d{1,2}(?:_\d{1,2})?)\0/,
];

interface Version {
  readonly major: number;
  readonly text: string;
}

/** Tasmota packs a version into a word: 0x0E010000 is 14.1.0. The last byte numbers development builds. */
function unpack(word: number): Version | null {
  const major = word >>> 24;
  const minor = (word >>> 16) & 255;
  const patch = (word >>> 8) & 255;
  const build = word & 255;
  if (major < 5 || major > 40 || minor > 30 || patch > 30 || build > 99) return null;
  return { major, text: `${major}.${minor}.${patch}${build > 0 ? `.${build}` : ''}` };
}

/**
 * The version: between the markers, or (they are blank since 9) the word after the settings' mark, which is how
 * the compiler lays out the constants of the function that writes both. Two different finds count as none.
 */
function findVersion(bytes: Uint8Array): Version | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = new Map<string, Version>();
  let previous = 0;
  for (let at = 0x1000; at + 8 <= bytes.length; at += 4) {
    const word = view.getUint32(at, true);
    if (previous === markers.before && view.getUint32(at + 4, true) === markers.after) {
      const version = unpack(word);
      if (version !== null) return version;
    }
    if (previous === settingsMark) {
      const version = unpack(word);
      if (version !== null) found.set(version.text, version);
    }
    previous = word;
  }
  const [only] = found.values();
  return found.size === 1 && only !== undefined ? only : null;
}

/** `CODE_IMAGE_STR` of the builds that can be told apart by it since 8.2 (tasmota_configurations.h). */
const imageNames = ['lite', 'sensors', 'knx', 'display', 'zbbridge'] as const;

function findVariant(text: string, size: number, version: Version | null): string {
  const url = otaPattern.exec(text)?.[1];
  // A build that is not minimal may still be set to fetch a minimal one.
  if (url !== undefined && url.toLowerCase() !== 'minimal') return url;
  const named = imageNames.find((name) => text.includes(`\0${name}\0`));
  if (named !== undefined) return named;
  // Before 8.2 nothing names the build, but only lite leaves out both of these; it was 473,856 bytes then.
  const isOld = version !== null && version.major < 9 && size < 500_000;
  return isOld && !text.includes('omoticz') && !text.includes('homeassistant') ? 'lite' : 'full';
}

const itSays = (words: string) => text('firmware_minimal_says', 'it says "{words}"', { words });
const noMinimal = text(
  'firmware_minimal_fetch',
  'it does not know how to fetch a minimal build, as every other build does',
);

/** Says so where a file calls itself minimal in English, whoever wrote it: 68 of 68 such builds do, and no other. */
export function saysMinimal(strings: string): Text | null {
  return strings.includes('MINIMAL firmware') ? itSays('MINIMAL firmware') : null;
}

/** `D_WARNING_MINIMAL_VERSION` in English: only a minimal build keeps no settings. */
const forgetful = ['does not support persistent settings', 'does not save settings'] as const;

function findMinimal(strings: string, size: number, version: Version | null): Text | null {
  const said = saysMinimal(strings);
  if (said !== null) return said;
  const forgets = forgetful.find((words) => strings.includes(words));
  if (forgets !== undefined) return itSays(forgets);
  const fetchesMinimal = strings.includes('%s-minimal%s');
  if (fetchesMinimal) return null;
  if (size < largestMinimal)
    return text(
      'firmware_minimal_small',
      'it is small and does not know how to fetch a minimal build, as every other build does',
    );
  if (version !== null && version.major >= 6) return noMinimal;
  return null;
}

/**
 * True for the program itself, in any language and under any name: its answer to `Status` (support_command.ino) is in
 * every build since 5, minimal ones too. Others that write about Tasmota do not have it (KAUF, Owie).
 */
export function isTasmota(text: string): boolean {
  return text.includes('"StatusFWR"') || (text.includes('asmota') && text.includes('DVES_%06X'));
}

/** True where a file that nobody else claims may be Tasmota all the same. `Project` is translated in some builds. */
export function looksLikeTasmota(text: string): boolean {
  return text.includes('asmota') && (text.includes('Project %s') || text.includes('Theo Arends'));
}

/** Reads what Tasmota's own strings and constants tell. */
export function readTasmota(bytes: Uint8Array, text: string): TasmotaTraits {
  const version = findVersion(bytes);
  const minimalBecause = findMinimal(text, bytes.length, version);
  const variant = minimalBecause === null ? findVariant(text, bytes.length, version) : 'minimal';
  const core = corePatterns.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined);
  return {
    version: version?.text ?? null,
    variant,
    language: /<html lang="([a-z]{2})"/.exec(text)?.[1] ?? null,
    built: builtPattern.exec(text)?.[1] ?? null,
    core: core?.replaceAll('_', '.') ?? null,
    minimalBecause,
  };
}
