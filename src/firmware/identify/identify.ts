/*
 * Whose firmware a file holds. Imports core and `parse`.
 */
import { type Text, text } from '../../core/text.ts';
import { stringsIn } from '../parse/bytes.ts';
import type { Inspection } from '../parse/inspect.ts';
import { named } from './name.ts';
import { findNamed, type NamedFamily } from './named.ts';
import { isTasmota, looksLikeTasmota, readTasmota, saysMinimal } from './tasmota.ts';

/** Whose firmware a file holds, by its contents alone: the name of the file does not count. */
export interface Identity {
  readonly family: 'tasmota' | 'esphome' | NamedFamily | 'unknown';
  /** "Tasmota 8.2.0 lite", as far as it is known; "a gzip archive" for what is no firmware. */
  readonly title: Text;
  readonly version: string | null;
  /** For Tasmota: `full`, `lite`, `minimal`, `sensors`, `ir`, a language such as `DE`, …. */
  readonly variant: string | null;
  readonly language: string | null;
  /** The date of the build, as the compiler wrote it. */
  readonly built: string | null;
  /** The version of the Arduino core. */
  readonly core: string | null;
  /** ESPHome: the project, or else the name of the node. */
  readonly project: string | null;
  readonly board: string | null;
  /** What the firmware is made for, where that is no switch: "a garage door opener". */
  readonly madeFor: Text | null;
  /** Why this is a minimal build of Tasmota; null when it is not one. */
  readonly minimalBecause: Text | null;
}

const nobody: Identity = {
  family: 'unknown',
  title: text('firmware_unknown', 'unknown firmware'),
  version: null,
  variant: null,
  language: null,
  built: null,
  core: null,
  project: null,
  board: null,
  madeFor: null,
  minimalBecause: null,
};

const esphomeVersions: readonly RegExp[] = [
  /(?:ESPHome|esphome) version (\d[\w.+-]{0,30})/,
  /\(esphome v(\d[\w.+-]{0,30})\)/,
  // A build that logs nothing still tells its version over the network, as a string of its own.
  /\0(20[12]\d\.\d{1,2}\.\d{1,2}(?:b\d{1,2}|-dev)?)\0/,
];

/** Any of these is in ESPHome alone, also where it logs nothing. Others only write about it. */
const esphomeMarks = /(?:ESPHome|esphome) version \d|\(esphome v\d|_esphomelib|esp8266\.preferences/;

function readEsphome(strings: string): Identity | null {
  if (!esphomeMarks.test(strings)) return null;
  const version = esphomeVersions
    .map((pattern) => pattern.exec(strings)?.[1])
    .find((found) => found !== undefined);
  const project = /\0Project ([^\0%]{1,80}?) version /.exec(strings)?.[1] ?? null;
  return {
    ...nobody,
    family: 'esphome',
    title: named('ESPHome', version, project === null ? null : `(${project})`),
    version: version ?? null,
    project,
    board: boards.exec(strings)?.[1] ?? null,
  };
}

/** Boards of PlatformIO with an ESP8266 or ESP8285 that ESPHome's configurations name. */
const boards =
  /\0(esp8285|esp01(?:_1m)?|esp0[27]|esp12e|esp_wroom_02|esp8266\w*|nodemcu(?:v2)?|d1(?:_mini\w*|_wroom_02)?|huzzah|modwifi|sonoff_\w+)\0/;

function readNamed(strings: string): Identity | null {
  const found = findNamed(strings);
  if (found === null) return null;
  const { firmware, version } = found;
  return {
    ...nobody,
    family: firmware.family,
    title: named(firmware.name, version),
    version,
    madeFor: firmware.madeFor ?? null,
  };
}

function readTasmotaIdentity(bytes: Uint8Array, strings: string): Identity {
  const traits = readTasmota(bytes, strings);
  const variant = traits.variant === 'full' ? null : traits.variant;
  return {
    ...nobody,
    ...traits,
    family: 'tasmota',
    title: named('Tasmota', traits.version, variant),
  };
}

/** Says whose firmware `bytes` hold. Only ESP8266 files are looked into. */
export function identify(bytes: Uint8Array, { kind, what }: Inspection): Identity {
  if (kind !== 'esp8266' && kind !== 'esp8266-without-eboot') {
    return { ...nobody, title: what };
  }
  const strings = stringsIn(bytes);
  const identity =
    readEsphome(strings) ??
    (isTasmota(strings) ? readTasmotaIdentity(bytes, strings) : null) ??
    readNamed(strings) ??
    (looksLikeTasmota(strings) ? readTasmotaIdentity(bytes, strings) : nobody);
  if (identity.minimalBecause !== null) return identity;
  // Whoever wrote it, whatever else it says: a file with Tasmota's strings is judged by Tasmota's rules too.
  const minimalBecause =
    saysMinimal(strings) ?? (isTasmota(strings) ? readTasmota(bytes, strings).minimalBecause : null);
  return { ...identity, minimalBecause };
}
