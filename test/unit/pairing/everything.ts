import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Text } from '../../../src/core/text.ts';
import { afterwards } from '../../../src/pairing/afterwards/afterwards.ts';
import type { Beat } from '../../../src/pairing/afterwards/power-cycles.ts';
import {
  afterCycles,
  beats,
  beforeCycles,
  lostBeat,
  momentAt,
} from '../../../src/pairing/afterwards/power-cycles.ts';
import { templates } from '../../../src/pairing/afterwards/templates.ts';
import { devices, standings } from '../../../src/pairing/devices.ts';
import { guides } from '../../../src/pairing/guides.ts';
import { ledPatterns } from '../../../src/pairing/led.ts';
import { questions } from '../../../src/pairing/questions.ts';
import { roads } from '../../../src/pairing/road.ts';
import type { Step } from '../../../src/pairing/step.ts';
import { stateTexts } from '../../../src/pairing/trouble.ts';
import { troubles } from '../../../src/pairing/troubles.ts';

const room = join(import.meta.dirname, '../../../src/pairing');

/** The source files of the room. */
export const files: readonly string[] = readdirSync(room, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => join(room, name));

/** Every step of every guide, each once. */
export const steps: readonly Step[] = [
  ...new Set([...Object.values(guides), ...Object.values(afterwards)].flat()),
];

/** When each beat of the metronome begins. */
export const beginnings: readonly (Beat & { readonly at: number })[] = beats.map((beat, index) => ({
  ...beat,
  at: beats.slice(0, index).reduce((sum, { lasts }) => sum + (lasts ?? 0), 0),
}));

/** All data of the room. */
export const everything = {
  steps,
  troubles,
  devices,
  templates,
  standings,
  ledPatterns,
  questions,
  roads,
  stateTexts,
  power: [beforeCycles, afterCycles, lostBeat, beginnings.map(({ at }) => momentAt(at))],
};

/** A text and the name of the field it stands in. */
export interface Found {
  readonly field: string;
  readonly text: Text;
}

/** Every text in `value`. */
export function textsIn(value: unknown, field = ''): Found[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isText(value)) return [{ field, text: value }];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(inner, Array.isArray(value) ? field : key));
}

/** Every source that a row names. */
export function sourcesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || isText(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'sources' && Array.isArray(inner)) return inner.filter((item) => typeof item === 'string');
    return sourcesIn(inner);
  });
}

function isText(value: object): value is Text {
  return 'id' in value && typeof value.id === 'string' && value.id.startsWith('pairing_');
}
