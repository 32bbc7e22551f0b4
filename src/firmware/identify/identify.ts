import { stringsIn } from '../parse/bytes.ts';
import type { Inspection } from '../parse/inspect.ts';
import { isTasmota, readTasmota, saysMinimal } from './tasmota.ts';

/** Whose firmware a file holds, by its contents alone: the name of the file does not count. */
export interface Identity {
  readonly family: 'tasmota' | 'esphome' | 'espurna' | 'unknown';
  /** "Tasmota 8.2.0 lite", as far as it is known. */
  readonly title: string;
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
  /** Why this is a minimal build of Tasmota; null when it is not one. */
  readonly minimalBecause: string | null;
}

const nobody: Identity = {
  family: 'unknown',
  title: 'Unknown firmware',
  version: null,
  variant: null,
  language: null,
  built: null,
  core: null,
  project: null,
  board: null,
  minimalBecause: null,
};

const esphomeVersions: readonly RegExp[] = [
  /(?:ESPHome|esphome) version (\d[\w.+-]{0,30})/,
  /\(esphome v(\d[\w.+-]{0,30})\)/,
];

function readEsphome(text: string): Identity | null {
  const version = esphomeVersions
    .map((pattern) => pattern.exec(text)?.[1])
    .find((found) => found !== undefined);
  if (version === undefined && !text.includes('_esphomelib')) return null;
  const project = /Project ([\w-]+(?:\.[\w-]+)+) version /.exec(text)?.[1] ?? null;
  const board = /\0(esp8285|esp01(?:_1m)?|esp8266\w*|nodemcuv2|d1_mini\w*|sonoff_\w+)\0/.exec(text);
  return {
    ...nobody,
    family: 'esphome',
    title: ['ESPHome', version, project === null ? null : `(${project})`].filter(Boolean).join(' '),
    version: version ?? null,
    project,
    board: board?.[1] ?? null,
  };
}

function readEspurna(text: string): Identity | null {
  if (!text.includes('ESPURNA')) return null;
  const version = /ESPURNA (\d+\.\d+\.\d+[\w.-]{0,20})/.exec(text)?.[1] ?? null;
  return {
    ...nobody,
    family: 'espurna',
    title: version === null ? 'ESPurna' : `ESPurna ${version}`,
    version,
  };
}

function readTasmotaIdentity(bytes: Uint8Array, text: string): Identity | null {
  if (!isTasmota(text)) return null;
  const traits = readTasmota(bytes, text);
  const variant = traits.variant === 'full' ? null : traits.variant;
  return {
    ...nobody,
    ...traits,
    family: 'tasmota',
    title: ['Tasmota', traits.version, variant].filter(Boolean).join(' '),
  };
}

/** Says whose firmware `bytes` hold. Only ESP8266 files are looked into. */
export function identify(bytes: Uint8Array, { kind, what }: Inspection): Identity {
  if (kind !== 'esp8266' && kind !== 'esp8266-without-eboot') {
    return { ...nobody, title: `${what.charAt(0).toUpperCase()}${what.slice(1)}` };
  }
  const text = stringsIn(bytes);
  const identity = readEsphome(text) ?? readTasmotaIdentity(bytes, text) ?? readEspurna(text) ?? nobody;
  if (identity.minimalBecause !== null) return identity;
  // Whoever wrote it, whatever else it says: a file with Tasmota's strings is judged by Tasmota's rules too.
  const minimalBecause =
    saysMinimal(text) ?? (isTasmota(text) ? readTasmota(bytes, text).minimalBecause : null);
  return { ...identity, minimalBecause };
}
