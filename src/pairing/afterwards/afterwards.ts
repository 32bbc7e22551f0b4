import type { Step } from '../step.ts';
import { esphomeSteps } from './esphome.ts';
import { otherSteps } from './other.ts';
import { tasmotaSteps } from './tasmota.ts';

/** What was flashed, as far as it decides what comes next. */
export type Flashed = 'tasmota' | 'esphome' | 'other';

/** What comes next, by what was flashed. */
export const afterwards: Readonly<Record<Flashed, readonly Step[]>> = {
  tasmota: tasmotaSteps,
  esphome: esphomeSteps,
  other: otherSteps,
};
