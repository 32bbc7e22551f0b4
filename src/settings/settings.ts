/*
 * What a person can choose, as a schema with migrations. Imports core and the spelling of mirrors.
 */
import * as v from 'valibot';
import { type Text, text } from '../core/text.ts';
import { builtInMirrors, type Mirror, mirrorSchema } from '../mirror/url/catalogue.ts';
import { maxMirrors, withoutClaims } from './mirror-list.ts';

/** Bounds for the time-outs that a person may set, in milliseconds. */
export const timeoutBounds = {
  info: { least: 1_000, most: 30_000, usual: 5_000 },
  ota_unlock: { least: 10_000, most: 300_000, usual: 150_000 },
} as const;

/** What a person can choose in the options. The first mirror's first file is not special: both are named. */
export interface Settings {
  readonly version: 2;
  readonly mirrors: readonly Mirror[];
  readonly defaultMirror: string;
  readonly defaultFirmware: string;
  /** Milliseconds. */
  readonly timeouts: { readonly info: number; readonly ota_unlock: number };
  /** Whether the last runs are kept on disk. */
  readonly keepRuns: boolean;
}

export const defaultSettings: Settings = {
  version: 2,
  mirrors: builtInMirrors,
  defaultMirror: builtInMirrors[0].id,
  defaultFirmware: 'tasmota-latest-lite.bin',
  timeouts: { info: timeoutBounds.info.usual, ota_unlock: timeoutBounds.ota_unlock.usual },
  keepRuns: true,
};

const timeout = ({ least, most }: { readonly least: number; readonly most: number }) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const parts = {
  defaultMirror: v.string(),
  defaultFirmware: v.pipe(v.string(), v.minLength(1), v.maxLength(2000)),
  timeouts: v.object({ info: timeout(timeoutBounds.info), ota_unlock: timeout(timeoutBounds.ota_unlock) }),
  keepRuns: v.boolean(),
};

type PartName = keyof typeof parts;

const partNames: Readonly<Record<PartName, Text>> = {
  defaultMirror: text('settings_default_mirror', 'the default mirror'),
  defaultFirmware: text('settings_default_firmware', 'the default firmware'),
  timeouts: text('settings_timeouts', 'the time-outs'),
  keepRuns: text('settings_keep_runs', 'whether a record is kept'),
};

/**
 * Settings as read, and in words what of them could not be used: a damaged mirror is left out, everything else
 * is replaced by its default.
 */
export interface ReadSettings {
  readonly settings: Settings;
  readonly replaced: readonly Text[];
}

/**
 * Reads stored or imported settings. Nothing stored gives the defaults; anything damaged or from a later
 * version is replaced, part by part, and named in `replaced`.
 */
export function readSettings(stored: unknown): ReadSettings {
  if (stored === undefined || stored === null) return { settings: defaultSettings, replaced: [] };
  const migrated = v.safeParse(v.looseObject({ version: v.literal(2) }), migrate(stored));
  if (!migrated.success)
    return { settings: defaultSettings, replaced: [text('settings_all', 'all settings')] };
  const lost = new Set<PartName>();
  const read = <Name extends PartName>(name: Name): v.InferOutput<(typeof parts)[Name]> | null => {
    const part = v.safeParse(parts[name], migrated.output[name]);
    if (part.success) return part.output;
    lost.add(name);
    return null;
  };
  const { mirrors, damaged } = readMirrors(migrated.output.mirrors);
  const defaultMirror = read('defaultMirror') ?? defaultSettings.defaultMirror;
  const settings: Settings = {
    version: 2,
    mirrors,
    defaultMirror: mirrors.some(({ id }) => id === defaultMirror)
      ? defaultMirror
      : (mirrors[0]?.id ?? defaultMirror),
    defaultFirmware: read('defaultFirmware') ?? defaultSettings.defaultFirmware,
    timeouts: read('timeouts') ?? defaultSettings.timeouts,
    keepRuns: read('keepRuns') ?? defaultSettings.keepRuns,
  };
  if (settings.defaultMirror !== defaultMirror) lost.add('defaultMirror');
  return { settings, replaced: [...damaged, ...[...lost].map((name) => partNames[name])] };
}

const anyName = v.looseObject({ name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)) });

/** Keeps every mirror that is whole and the only one of its id, so that one damaged row costs no other. */
function readMirrors(stored: unknown): {
  readonly mirrors: readonly Mirror[];
  readonly damaged: readonly Text[];
} {
  const damaged: Text[] = [];
  const mirrors: Mirror[] = [];
  const rows: readonly unknown[] = Array.isArray(stored) ? stored : [];
  if (rows.length > maxMirrors)
    damaged.push(text('settings_mirrors_after', 'all mirrors after the first {most}', { most: maxMirrors }));
  for (const row of rows.slice(0, maxMirrors)) {
    const mirror = v.safeParse(mirrorSchema, row);
    if (mirror.success && mirrors.every(({ id }) => id !== mirror.output.id)) mirrors.push(mirror.output);
    else
      damaged.push(
        v.is(anyName, row)
          ? text('settings_a_mirror', 'the mirror “{name}”', { name: row.name })
          : text('settings_nameless_mirror', 'a mirror without a name'),
      );
  }
  if (mirrors.length === 0)
    return { mirrors: defaultSettings.mirrors, damaged: [text('settings_mirrors', 'the list of mirrors')] };
  return { mirrors, damaged };
}

/** Steps from one version of the settings to the next; row n turns version n into n + 1. */
const migrations: readonly ((older: Record<string, unknown>) => Record<string, unknown>)[] = [
  (older) => ({ ...older, version: 2, keepRuns: defaultSettings.keepRuns }),
];

function migrate(stored: unknown): unknown {
  const versioned = v.safeParse(
    v.looseObject({ version: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    stored,
  );
  if (!versioned.success) return stored;
  const { version } = versioned.output;
  return migrations
    .slice(version - 1)
    .reduce<Record<string, unknown>>((older, step) => step(older), versioned.output);
}

const exportSchema = v.looseObject({ application: v.literal('sonoff-diy-flasher'), settings: v.unknown() });

/** The settings as a JSON text for a file. */
export function exportSettings(settings: Settings): string {
  return `${JSON.stringify({ application: 'sonoff-diy-flasher', settings }, null, 2)}\n`;
}

/**
 * Reads a file made by {@link exportSettings}; null when it is something else. What the file claims to know
 * about mirrors is not taken over.
 */
export function importSettings(file: string): ReadSettings | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(file);
  } catch {
    return null;
  }
  const exported = v.safeParse(exportSchema, parsed);
  if (!exported.success) return null;
  const { settings, replaced } = readSettings(exported.output.settings);
  return { settings: { ...settings, mirrors: withoutClaims(settings.mirrors) }, replaced };
}

/** The settings with other mirrors; a default mirror that is gone is followed by the first one. */
export function withMirrors(settings: Settings, mirrors: readonly Mirror[]): Settings {
  const { defaultMirror } = settings;
  const stays = mirrors.some(({ id }) => id === defaultMirror);
  return { ...settings, mirrors, defaultMirror: stays ? defaultMirror : (mirrors[0]?.id ?? defaultMirror) };
}
